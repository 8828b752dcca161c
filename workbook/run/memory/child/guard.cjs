"use strict";
// The first preload. It sends messages to the parent synchronously, so that none is lost. It also guards the ways in which a
// program ends itself, catches uncaught errors, and starts the watchdog thread. None of this applies to worker threads: their
// process.exit ends only themselves, and their errors reach the main thread as `error` events.

const fs = require("node:fs");
const { Worker, isMainThread } = require("node:worker_threads");
const path = require("node:path");
const pipe = require("./parent-pipe.cjs");
const { frames, stackOf, textOf } = require("./thrown.cjs");

// Saved, because the learner's code may replace them.
const { Error, JSON, Number, Object, Promise, setImmediate } = globalThis;
const { apply } = Reflect;
const real = { exit: process.reallyExit.bind(process), emit: process.emit, kill: process.kill, _kill: process._kill };
const machine = (globalThis[Symbol.for("accepted")] ??= {});

function send(message) {
  if (!machine.guard.muted) pipe.send(message);
}

if (isMainThread) {
  Error.stackTraceLimit = 30;
  // Shared with the watchdog. ints: 0 the number of the watch, 0 for none (the same request may come twice in a row, so its
  // id doesn't do), 1 turns of the loop, 2 loopMs, 3 realMs, 4 memoryMb, 5 whether to trace throws, 6 the watch that traces
  // them, 7 the request's id; floats: 0 virtual ms of the scenario, 1 real ms spent on it; then the token of the lines.
  const memory = new SharedArrayBuffer(128);
  const ints = new Int32Array(memory, 0, 8);
  const floats = new Float64Array(memory, 32, 2);
  const letters = new Uint8Array(memory, 64);
  const watchdog = new Worker(path.join(__dirname, "watchdog.cjs"), {
    execArgv: [],
    workerData: { memory },
    resourceLimits: { maxOldGenerationSizeMb: 64 },
    name: "watchdog",
  });
  watchdog.unref();
  watchdog.on("error", (error) => fs.writeSync(2, `The watchdog has ended: ${error?.stack ?? error}\n`));

  /** The current play: { request, now(), onProblem(), onUnhandled(reason) }; null between scenarios. */
  let playing = null;
  let watches = 0;
  let noticed = [];

  const guard = {
    send,
    frames,
    textOf,
    stackOf,
    /** From now on every line starts with this token. */
    seal(token) {
      pipe.seal(token);
      for (let i = 0; i < letters.length; i++) letters[i] = token.charCodeAt(i) || 0;
    },
    /** Sends, once per play, what is no problem but worth knowing. */
    notice(text) {
      const play = playing;
      if (!play || play.ended || noticed.includes(text)) return;
      noticed.push(text);
      send({ is: "notice", request: play.request, text });
    },
    /** The subject has started a process or a thread, which must not outlive this process. */
    spawned: (pid) => send({ is: "spawned", pid }),
    /** The parent is gone: ends this process and its whole group. */
    end() {
      try {
        real.kill.call(process, -process.pid, "SIGKILL");
      } catch {
        // It doesn't lead a group.
      }
      real.exit(0);
    },
    /** From now on the limits hold, and errors belong to this play. */
    async arm(play, { loopMs, realMs, memoryMb, trace }) {
      playing = play;
      noticed = [];
      const unlimited = loopMs === 0 || require("node:inspector").url() !== undefined;
      ints[2] = loopMs;
      ints[3] = realMs;
      ints[4] = memoryMb;
      ints[5] = trace ? 1 : 0;
      ints[7] = play.request;
      floats[0] = floats[1] = 0;
      if (unlimited) return;
      const watch = ++watches;
      Atomics.store(ints, 0, watch);
      Atomics.notify(ints, 0);
      if (!trace) return;
      // Keep the loop turning: the watchdog's inspector can only connect to a thread that runs.
      while (Atomics.load(ints, 6) !== watch) await new Promise((resolve) => setImmediate(resolve));
    },
    /** Real ms spent on the request; see the watchdog's stopwatch. */
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
    /** Sends, once per play, why the subject cannot go on. */
    problem(kind, message, at = [], isRejection = false) {
      const play = playing;
      if (!play || play.ended) return;
      play.ended = true;
      play.onProblem();
      const problem = { kind, message, frames: at, isRejection };
      send({ is: "problem", request: play.request, atMs: play.now(), problem });
    },
    /** Tells the watchdog that a child process started or ended. */
    note(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- it is a thread, not a window
      watchdog.postMessage({ ...message, watch: ints[0] });
    },
    /** Nothing is sent: the child warms up. */
    muted: false,
    /** Why this child may play no other scenario; set by what happens between two of them. */
    dirty: null,
    /** From now on an error outside a scenario comes from the subject. Before, it is our own, and shown. */
    ready: false,
  };
  machine.guard = guard;

  const leave = (call) => {
    const during = playing !== null && !playing.ended;
    guard.problem("exit", call, frames(new Error().stack));
    if (during) real.exit(0);
    // Left over from the last scenario: it must not end the next one.
    guard.dirty = `${call} was called after the scenario`;
    throw new Error(`${call} after the scenario was over`);
  };
  process.exit = (code) => leave(`process.exit(${code ?? ""})`);
  process.reallyExit = (code) => leave(`process.reallyExit(${code ?? ""})`);
  process.abort = () => leave("process.abort()");
  // The subject may signal its own process and those that it has started, but no other, such as the workbook's.
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

  // With a listener of the learner's own the process goes on, as it does outside. Errors are caught at `emit` and not by a
  // listener, so that process.removeAllListeners() doesn't remove ours and process.listenerCount() doesn't count it.
  let rejected = null;
  const uncaught = (error, origin) => {
    if (!playing) {
      if (!guard.ready) fs.writeSync(2, `${error?.stack ?? error}\n`);
      return void (guard.dirty = "an error after the scenario");
    }
    const fromPromise = origin === "unhandledRejection";
    const reason = fromPromise && rejected ? rejected.reason : error;
    if (process.listenerCount("uncaughtException") > 0) return playing.onUnhandled(reason);
    guard.problem("throw", textOf(reason), frames(stackOf(reason)), fromPromise);
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
}
