"use strict";
// A thread beside the learner's code, with real timers. It looks every 10 ms: no turn of the event loop for a second is a
// loop (or a real wait), too much memory is a bomb, a child process that sleeps is work on another clock. What it finds it
// tells by itself, on fd 3, and ends the process: the main thread may never run again.

const { workerData, parentPort } = require("node:worker_threads");
const { readFileSync, writeSync } = require("node:fs");
const { Session } = require("node:inspector");

const ints = new Int32Array(workerData.memory, 0, 8);
const floats = new Float64Array(workerData.memory, 32, 2);
const letters = new Uint8Array(workerData.memory, 64);
const tickMs = 10;
/** Real ms over which it is looked whether the process works or waits. */
const windowMs = 200;
/** Who uses less of a core than this waits. */
const idleShare = 0.03;
/** Real ms without a turn, spent in nothing of JavaScript, that count as a wait without end. */
const idleMs = 5000;
/** A loop has worked for so much of the time without a turn: on a busy machine a process gets none, and loops nowhere. */
const loopShare = 0.6;
/** Real ms in which the learner's own frames are looked for, once it is clear that JavaScript runs. */
const huntMs = 1500;
/** Real ms that a child process may sleep: node itself needs some to start. */
const sleepMs = 300;
/** The same where it cannot be told whether a process sleeps. */
const lifeMs = 1500;

const clock = () => Number(process.hrtime.bigint()) / 1e6;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const children = new Map();
parentPort.on("message", (message) => {
  if ("over" in message) children.delete(message.over);
  else children.set(message.began, { ...message, since: clock() });
});

/** One line on fd 3, behind the token that the parent gave for this order. */
function tell(message) {
  const token = Buffer.from(letters.filter((letter) => letter > 0)).toString();
  writeSync(3, `${token}${JSON.stringify(message)}\n`);
}

function end(kind, message, frames = []) {
  if (Atomics.load(ints, 0) === 0) return;
  const problem = { kind, message, frames };
  tell({ is: "problem", order: ints[7], atMs: floats[0], problem });
  process.kill(process.pid, "SIGKILL");
}

/**
 * Stops the main thread where it is: `frames` if it runs JavaScript (the learner's, if it was met in so many tries),
 * `idle` if it runs none, `native` if it is in one call that does not return. It stays stopped until `release`.
 */
function look(patienceMs, mostTries) {
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
      if (frames.some((frame) => frame.url.startsWith("learner:"))) return done({ is: "frames", frames });
      last = frames;
      if (++tries > mostTries) return done({ is: "frames", frames, resources: resources ?? [] });
      session.post("Debugger.resume");
    });
    // Not at once: while it is still paused, a pause is ignored.
    session.on("Debugger.resumed", () => session.post("Debugger.pause"));
    const late = () => {
      if (resources === null) return done({ is: "native" });
      if (tries === 0) return done({ is: "idle", resources });
      timer = setTimeout(() => done({ is: "frames", frames: last, resources }), huntMs);
    };
    let timer = setTimeout(late, patienceMs);
    // The evaluation first: a pause would stop within it, and a mere wait would look like a loop.
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

/** Turns the inspector's call frames into ours. */
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

/** Tells where things are thrown that nobody catches: what is no Error has no stack of its own. */
async function traceThrows(watch) {
  const order = ints[7];
  const session = new Session();
  session.connectToMainThread();
  const framesOf = reader(session);
  const post = (method, params) => new Promise((resolve) => session.post(method, params, resolve));
  session.on("Debugger.paused", ({ params }) => {
    const frames = framesOf(params.callFrames);
    if (frames.some(({ url }) => url.startsWith("learner:"))) {
      tell({ is: "traced", order, what: "thrown", frames });
    }
    session.post("Debugger.resume");
  });
  await post("Debugger.enable");
  await post("Debugger.setPauseOnExceptions", { state: "uncaught" });
  Atomics.store(ints, 6, watch);
  return () => session.disconnect();
}

/** How long the process has slept, ms: its life less what it ran and waited for a core; undefined where that is not told. */
function slept(pid, lived) {
  try {
    const [ran = 0, queued = 0] = readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ").map(Number);
    return lived - (ran + queued) / 1e6;
  } catch {
    return undefined; // No Linux, or it has just ended.
  }
}

function watchChildren() {
  for (const [pid, child] of children) {
    if (child.watch !== Atomics.load(ints, 0)) {
      children.delete(pid);
      continue;
    }
    const lived = clock() - child.since;
    if (lived < sleepMs) continue;
    const waited = pid === 0 ? undefined : slept(pid, lived);
    if (waited === undefined ? lived < lifeMs : waited < sleepMs) continue;
    end(
      "clock",
      `It waits in a child process (${child.name}), and the workbook's clock does not reach there.`,
      child.frames,
    );
  }
}

const natively = "one call into Node does not return";

/** What the process has worked so far, ms of a core. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * How long an order has taken, real ms, fairly: while the process works, only the time that a core gave it counts, so
 * that on a busy machine no limit is reached by standing in the queue. While it waits, all time counts.
 */
function stopwatch() {
  let [spent, since, cpuThen] = [0, clock(), cpu()];
  return () => {
    const [now, used] = [clock(), cpu()];
    const [wall, worked] = [now - since, used - cpuThen];
    if (wall < windowMs) return spent + Math.min(wall, worked);
    spent += worked < wall * idleShare ? wall : Math.min(wall, worked);
    [since, cpuThen] = [now, used];
    return spent;
  };
}

async function watchOrder() {
  const watch = Atomics.load(ints, 0);
  const [, , loopMs, realMs, memoryMb] = ints;
  const spent = stopwatch();
  let [beat, before, still, lookedAt, idleSince] = [-1, clock(), 0, 0, undefined];
  /** When the last turn was, and what had been worked by then. */
  let [turned, workedBefore] = [clock(), cpu()];
  const stopTrace = ints[5] === 1 ? await traceThrows(watch) : undefined;
  while (Atomics.load(ints, 0) === watch) {
    await sleep(tickMs);
    if (Atomics.load(ints, 0) !== watch) break;
    const now = clock();
    if (Atomics.load(ints, 1) !== beat) [beat, still, turned, workedBefore] = [ints[1], 0, now, cpu()];
    // A machine that gives us no time either must not make a loop of slowness.
    else still += Math.min(now - before, 3 * tickMs);
    before = now;
    floats[1] = spent();
    watchChildren();
    if (memoryMb > 0 && process.memoryUsage.rss() > memoryMb * 1e6) {
      const found = await look(2000, 200);
      end("memory", `more than ${memoryMb} MB`, found.frames);
    } else if (still > loopMs || floats[1] > realMs) {
      const late = floats[1] > realMs;
      // Looking makes a few turns of its own; more of them, and it was another wait.
      if (idleSince === undefined || ints[1] - lookedAt > 20) idleSince = now - still;
      const workedBy = cpu();
      const found = await look(300, 5000);
      lookedAt = ints[1];
      // It was woken only by being looked at: what ran then was nothing but our own turn.
      const idle = found.is === "idle" || (!late && found.frames.length > 0 && found.frames.every(isNodes));
      const works = workedBy - workedBefore >= loopShare * loopMs;
      // Looking is work too, and none of the subject's.
      workedBefore += cpu() - workedBy;
      if (found.is === "frames" && !idle && (late || (works && Atomics.load(ints, 1) === beat))) {
        end("loop", late ? `It took more than ${realMs / 1000} s of real time.` : "", found.frames);
      } else if (found.is === "native" && !children.has(0) && (late || works || clock() - turned >= idleMs)) {
        end("loop", natively);
      } else if (idle && (late || clock() - idleSince >= idleMs)) end("clock", waitsFor(found.resources));
      found.release();
      // Soon again, where it may be a loop that has not had its share yet.
      still = idle ? 0 : loopMs / 2;
    }
  }
  stopTrace?.();
}

const isNodes = ({ url }) => url.startsWith("node:");

function waitsFor(resources) {
  const names = [
    ...new Set(resources.filter((name) => !/^(PipeWrap|TTYWrap|Immediate|Timeout|MessagePort)$/.test(name))),
  ];
  const what = names.length > 0 ? names.join(", ") : "something outside JavaScript";
  return `It waits in real time for ${what}, which never comes, so time cannot be skipped.`;
}

(async () => {
  for (;;) {
    Atomics.wait(ints, 0, 0);
    await watchOrder();
  }
})();
