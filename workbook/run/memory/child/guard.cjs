"use strict";
// The first preload: what must not be lost is told here, synchronously. Here too are the ways in which a program
// ends itself, errors that nobody caught, and the start of the watchdog thread. Nothing of it applies to worker threads:
// their process.exit ends only themselves, and their errors come to the main thread by their `error` event.

const fs = require("node:fs");
const { Worker, isMainThread } = require("node:worker_threads");
const path = require("node:path");
const line = require("./tell.cjs");

// The learner's code may put something else in the place of these.
const { Error, JSON, Number, Object, Promise, String, setImmediate } = globalThis;
const { apply } = Reflect;
const real = { exit: process.reallyExit.bind(process), emit: process.emit, kill: process.kill, _kill: process._kill };
const machine = (globalThis[Symbol.for("accepted")] ??= {});

function tell(message) {
  if (!machine.guard.muted) line.write(message);
}

function record(message) {
  if (!machine.guard.muted) line.record(message);
}

/** The frames of a stack's text: url, function, line and column from 1. */
function frames(stack) {
  const found = [];
  for (const line of String(stack ?? "").split("\n")) {
    const match = /^\s*at (?:async )?(?:(.*?) \()?([^()\s][^()]*?):(\d+):(\d+)\)?$/.exec(line);
    if (match) found.push({ url: match[2], name: match[1] ?? "", line: Number(match[3]), column: Number(match[4]) });
  }
  return found;
}

if (isMainThread) {
  Error.stackTraceLimit = 30;
  // Shared with the watchdog. ints: 0 the number of the watch or 0 (an order's id may come twice in a row, a watch never),
  // 1 turns of the loop, 2 loopMs, 3 realMs, 4 memoryMb, 5 whether throws are traced, 6 the watch whose throws are,
  // 7 the order's id; floats: 0 virtual ms of the scenario, 1 real ms spent on it.
  // Behind them the token of the lines.
  const memory = new SharedArrayBuffer(128);
  const ints = new Int32Array(memory, 0, 8);
  const floats = new Float64Array(memory, 32, 2);
  const letters = new Uint8Array(memory, 64);
  const dog = new Worker(path.join(__dirname, "watchdog.cjs"), {
    execArgv: [],
    workerData: { memory },
    resourceLimits: { maxOldGenerationSizeMb: 64 },
    name: "watchdog",
  });
  dog.unref();
  dog.on("error", (error) => fs.writeSync(2, `The watchdog has ended: ${error?.stack ?? error}\n`));

  /** What is being played: { order, now(), onProblem(), onUnhandled(reason) }; null between scenarios. */
  let playing = null;
  let watches = 0;
  let noticed = [];

  const guard = {
    tell,
    record,
    frames,
    exit: real.exit,
    /** From here on every line carries this token. */
    seal(token) {
      line.seal(token);
      for (let i = 0; i < letters.length; i++) letters[i] = token.charCodeAt(i) || 0;
    },
    /** Tells, once for a play, of something that is no problem but that a reader should know. */
    notice(text) {
      const play = playing;
      if (!play || play.ended || noticed.includes(text)) return;
      noticed.push(text);
      tell({ is: "notice", order: play.order, text });
    },
    /** The subject has started a process or a thread, which must not outlive this one. */
    offspring: (pid) => tell({ is: "offspring", pid }),
    /** Nobody orders anything any more: this process goes, and all that is in its group. */
    end() {
      try {
        real.kill.call(process, -process.pid, "SIGKILL");
      } catch {
        // It leads no group.
      }
      real.exit(0);
    },
    /** From here on the limits hold, and what happens belongs to this play. */
    async arm(play, { loopMs, realMs, memoryMb, trace }) {
      playing = play;
      noticed = [];
      const unlimited = loopMs === 0 || require("node:inspector").url() !== undefined;
      ints[2] = loopMs;
      ints[3] = realMs;
      ints[4] = memoryMb;
      ints[5] = trace ? 1 : 0;
      ints[7] = play.order;
      floats[0] = floats[1] = 0;
      if (unlimited) return;
      const watch = ++watches;
      Atomics.store(ints, 0, watch);
      Atomics.notify(ints, 0);
      if (!trace) return;
      // Turns of the loop, since the watchdog's inspector speaks only to a thread that runs.
      while (Atomics.load(ints, 6) !== watch) await new Promise((resolve) => setImmediate(resolve));
    },
    /** Real ms spent on the order; see the watchdog's stopwatch. */
    spentMs: () => floats[1],
    disarm() {
      playing = null;
      Atomics.store(ints, 0, 0);
    },
    /** Once a turn of the event loop. */
    beat() {
      ints[1]++;
      if (playing) floats[0] = playing.now();
    },
    /** Tells, once for a play, why the subject cannot go on. */
    problem(kind, message, at = [], isRejection = false) {
      const play = playing;
      if (!play || play.ended) return;
      play.ended = true;
      play.onProblem();
      tell({ is: "problem", order: play.order, atMs: play.now(), problem: { kind, message, frames: at, isRejection } });
    },
    /** A message for the watchdog: a child process began or ended. */
    note(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it is a thread, not a window
      dog.postMessage({ ...message, watch: ints[0] });
    },
    /** Nothing is told: the child warms up. */
    muted: false,
    /** Why this child may play no other scenario, found while none was played. */
    dirty: null,
    /** From here on an error outside a scenario is the subject's, left over; before, it is our own, and shown. */
    ready: false,
  };
  machine.guard = guard;

  const leave = (call) => {
    const during = playing !== null && !playing.ended;
    guard.problem("exit", call, frames(new Error().stack));
    if (during) real.exit(0);
    // Left over from the scenario before: it must not take the next one along.
    guard.dirty = `${call} was called after the scenario`;
    throw new Error(`${call} after the scenario was over`);
  };
  process.exit = (code) => leave(`process.exit(${code ?? ""})`);
  process.reallyExit = (code) => leave(`process.reallyExit(${code ?? ""})`);
  process.abort = () => leave("process.abort()");
  // A signal reaches the subject's own process and those that it has started, and no other: not the workbook's.
  const { pid: self, ppid: parent } = process;
  const { isOwn } = require("./processes.cjs").watch(guard);
  const isAllowed = (pid, signal) => signal === 0 || isOwn(Number(pid));
  const refuse = (pid) => {
    const whom = Number(pid) === parent ? "the workbook" : "a process that it has not started";
    guard.notice(`sent a signal to ${whom}, which was refused`);
  };
  process.kill = (pid, signal) => {
    if (Number(pid) === self && signal !== 0) leave(`process.kill(process.pid, ${JSON.stringify(signal)})`);
    if (isAllowed(pid, signal)) return real.kill.call(process, pid, signal);
    refuse(pid);
    throw Object.assign(new Error("kill EPERM"), { errno: -1, code: "EPERM", syscall: "kill" });
  };
  process._kill = (pid, signal) => {
    if (pid === self && signal !== 0) leave("process._kill(process.pid)");
    if (isAllowed(pid, signal)) return real._kill.call(process, pid, signal);
    refuse(pid);
    return -1;
  };

  // Where the learner's code listens itself, the process goes on, as in life. Caught at `emit`, and not by a listener,
  // so that process.removeAllListeners() does not take it away and process.listenerCount() counts only the learner's.
  let rejected = null;
  const uncaught = (error, origin) => {
    if (!playing) {
      if (!guard.ready) fs.writeSync(2, `${error?.stack ?? error}\n`);
      return void (guard.dirty = "an error after the scenario");
    }
    const fromPromise = origin === "unhandledRejection";
    const reason = fromPromise && rejected ? rejected.reason : error;
    if (process.listenerCount("uncaughtException") > 0) return playing.onUnhandled(reason);
    const text = textOf(reason);
    guard.problem("throw", text, frames(stackOf(reason)), fromPromise);
  };
  process.emit = function emit(event, first, second) {
    if (event === "unhandledRejection") {
      rejected = { reason: first };
      if (process.listenerCount("unhandledRejection") === 0) return false;
      playing?.onUnhandled(first);
    }
    if (event === "uncaughtException") {
      uncaught(first, second);
      rejected = null;
      if (process.listenerCount("uncaughtException") === 0) return true;
    }
    return apply(real.emit, this, arguments);
  };
  guard.textOf = textOf;
  guard.stackOf = stackOf;
}

/** A thrown thing as one line of text; never throws. */
function textOf(thing) {
  try {
    if (thing instanceof Error) return `${thing.name}: ${thing.message}`;
    if (thing === null || typeof thing !== "object") return String(thing);
    return JSON.stringify(thing) ?? Object.prototype.toString.call(thing);
  } catch {
    return "something that cannot be shown as text";
  }
}

function stackOf(thing) {
  try {
    return thing instanceof Error ? thing.stack : "";
  } catch {
    return "";
  }
}
