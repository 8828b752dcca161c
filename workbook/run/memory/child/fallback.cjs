"use strict";
// Where Node's timers cannot be reached (its internals have moved): fake timers over the globals, with the same way of
// jumping. All real work is still waited for; what captured its timers before, and worker threads, live on the real clock.

const { isMainThread } = require("node:worker_threads");
const timersPromises = require("node:timers/promises");
const { syncBuiltinESMExports } = require("node:module");
const { pauseOf } = require("./pause.cjs");

const epoch = Date.UTC(2026, 0, 5, 9, 0, 0, 250);

/** The same shape of clock as clock.cjs has. @param why a sentence's first half, for the person who reads it. */
exports.install = function install(why) {
  const real = { immediate: setImmediate, emit: process.emit, now: process.hrtime.bigint };
  const machine = globalThis[Symbol.for("accepted")];
  const fakes = require("@sinonjs/fake-timers").install({
    now: epoch,
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "hrtime", "performance"],
    ignoreMissingTimers: true,
  });
  const sleep = (ms, value, { signal } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = setTimeout(resolve, ms, value);
      signal?.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
    });
  timersPromises.setTimeout = sleep;
  timersPromises.scheduler.wait = (ms, options) => sleep(ms, undefined, options);
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const late = new DOMException("The operation was aborted due to timeout", "TimeoutError");
    setTimeout(() => controller.abort(late), ms).unref?.();
    return controller.signal;
  };
  syncBuiltinESMExports();

  let base = 0;
  let elapsed = 0;
  let alarms = [];
  let running = null;
  const timers = () => [...(fakes.timers?.values() ?? [])];
  const nextTimer = () => timers().reduce((least, { callAt }) => Math.min(least, callAt - epoch), Infinity);

  function step() {
    if (running.onQuiet) return real.immediate(running.onQuiet);
    const timer = nextTimer();
    const alarm = alarms[0]?.at ?? Infinity;
    if (timer === Infinity && alarms.every(({ limit }) => limit)) {
      const { onDry } = running;
      return real.immediate(() => onDry());
    }
    clock.jumps++;
    const at = Math.max(elapsed, Math.min(timer, alarm));
    real.immediate(() => {
      fakes.tick(at - elapsed);
      elapsed = at;
      const due = alarms.filter((each) => each.at <= elapsed);
      alarms = alarms.filter((each) => each.at > elapsed);
      for (const each of due) each.ring();
    });
  }
  process.emit = function emit(event, ...args) {
    if (event !== "beforeExit" || !running || !isMainThread) return real.emit.call(this, event, ...args);
    step();
    return true;
  };
  let onTurn = null;
  function turn(during) {
    if (running !== during) return;
    machine.guard?.beat();
    onTurn?.();
    real.immediate(turn, during).unref();
  }

  function run(mode) {
    running = mode;
    real.immediate(turn, running).unref();
  }

  const clock = {
    waits: `${why}, so the workbook falls back to fake timers. Rare ways to wait are graded wrongly.`,
    jumps: 0,
    now: () => elapsed - base,
    epochMs: () => epoch + elapsed,
    realNow: () => Number(real.now.call(process.hrtime)) / 1e6,
    rebase: () => void (base = elapsed),
    start: (onDry) => run({ onDry }),
    quiet: (onQuiet) => run({ onQuiet }),
    pause: pauseOf({ running: () => running, run, onTurn: (listener) => void (onTurn = listener) }),
    stop() {
      running = onTurn = null;
      alarms = [];
    },
    alarm(at, ring, limit = false) {
      const alarm = { at: Math.max(at + base, elapsed), ring, limit };
      const index = alarms.findIndex((other) => other.at > alarm.at);
      alarms.splice(index < 0 ? alarms.length : index, 0, alarm);
      return () => void (alarms = alarms.filter((other) => other !== alarm));
    },
    // Which of them are ref'ed cannot be seen: better a stray timer unseen than a right client refused.
    refdTimers: () => 0,
    liveTimers: () => [],
    refdPorts: () => 0,
    refdWorkers: () => 0,
    clearTimers() {
      const found = timers();
      for (const { id } of found) fakes.clearInterval(id);
      return found.length > 0;
    },
    endThreads() {},
    hasThreads: () => false,
    patience() {},
    onTurn: (listener) => void (onTurn = listener),
    fallBack: () => clock,
  };
  return clock;
};
