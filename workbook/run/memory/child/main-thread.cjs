"use strict";
// The watchdog's view of the main thread, through Node's inspector: what runs there now, and where values are thrown.

const { Session } = require("node:inspector");

/** Real ms to find the learner's own frames in, once JavaScript is known to run. */
const searchMs = 1500;

const isLearners = ({ url }) => url.startsWith("learner:");

/**
 * Pauses the main thread where it is: `frames` if it runs JavaScript (the learner's frames if one of `mostTries` pauses met
 * them), `idle` if it runs none, `native` if it is inside one call that does not return. It stays paused until `release`.
 */
function inspect(waitMs, mostTries) {
  return new Promise((resolve) => {
    const session = new Session();
    session.connectToMainThread();
    const framesOf = reader(session);
    let [over, resources, tries, last] = [false, null, 0, []];
    const done = (found) => {
      over = true;
      clearTimeout(timer);
      session.removeAllListeners();
      resolve({ frames: [], resources: [], ...found, release: () => session.disconnect() });
    };
    session.on("Debugger.paused", ({ params }) => {
      const frames = framesOf(params.callFrames);
      if (frames.some(isLearners)) return done({ is: "frames", frames });
      last = frames;
      if (++tries > mostTries) return done({ is: "frames", frames, resources: resources ?? [] });
      session.post("Debugger.resume");
    });
    // Only after it has resumed: a paused thread ignores a pause.
    session.on("Debugger.resumed", () => session.post("Debugger.pause"));
    const late = () => {
      if (resources === null) return done({ is: "native" });
      if (tries === 0) return done({ is: "idle", resources });
      timer = setTimeout(() => done({ is: "frames", frames: last, resources }), searchMs);
    };
    let timer = setTimeout(late, waitMs);
    // Evaluate first: a pause would stop inside the evaluation, and a mere wait would look like a loop.
    session.post(
      "Runtime.evaluate",
      { expression: "JSON.stringify(process.getActiveResourcesInfo())" },
      (_, result) => {
        if (over) return;
        resources = JSON.parse(result?.result?.value ?? "[]");
        session.post("Debugger.enable");
        session.post("Debugger.pause");
      },
    );
  });
}

/** Converts the inspector's call frames to ours. */
function reader(session) {
  const scripts = new Map();
  session.on("Debugger.scriptParsed", ({ params }) => scripts.set(params.scriptId, params.url));
  return (callFrames) =>
    callFrames.map(({ url, functionName, location }) => ({
      url: url || (scripts.get(location.scriptId) ?? ""),
      name: functionName,
      line: location.lineNumber + 1,
      column: location.columnNumber + 1,
    }));
}

/**
 * Calls `onThrown` with the frames of each place where an uncaught value is thrown: one that is no Error has no stack.
 * @returns ends the tracing
 */
async function traceThrows(onThrown) {
  const session = new Session();
  session.connectToMainThread();
  const framesOf = reader(session);
  const post = (method, params) => new Promise((resolve) => session.post(method, params, resolve));
  session.on("Debugger.paused", ({ params }) => {
    const frames = framesOf(params.callFrames);
    if (frames.some(isLearners)) onThrown(frames);
    session.post("Debugger.resume");
  });
  await post("Debugger.enable");
  await post("Debugger.setPauseOnExceptions", { state: "uncaught" });
  return () => session.disconnect();
}

module.exports = { inspect, traceThrows };
