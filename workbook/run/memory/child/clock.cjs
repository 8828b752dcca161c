"use strict";
// The virtual clock. It works underneath Node's timers and does not replace them. Preloaded with --expose-internals;
// worker threads inherit both.
//
// Every timer in Node (global, node:timers, timers/promises, AbortSignal.timeout, those inside an HTTP library, references
// saved earlier) asks one internal binding for the time and for the next wake-up. That binding is replaced here. libuv then
// has no timers, and virtual time stands still while real work is under way. The event loop stays alive only for real work;
// when there is none left, Node emits `beforeExit`, and here the clock jumps to the next timer.

const { isMainThread } = require("node:worker_threads");
const internals = require("./internals.cjs");

// Saved, because the learner's code may replace them.
const { Math, Number, Object, clearTimeout } = globalThis;
const { apply } = Reflect;

const machine = (globalThis[Symbol.for("accepted")] ??= {});
const random = require("./random.cjs");
machine.random = random;
machine.missing = internals.missing;
if (internals.missing === null) install(internals);

function install({ timers, timersBinding: binding }) {
  const threads = require("./threads.cjs");
  const { createReading } = require("./reading.cjs");
  const { pauseOf } = require("./pause.cjs");
  const real = {
    immediate: setImmediate,
    emit: process.emit,
    now: process.hrtime.bigint,
  };
  const { shared } = threads;

  let now = isMainThread ? (shared.now = Math.ceil(binding.getLibuvNow())) : shared.now;
  binding.getLibuvNow = () => now;
  binding.scheduleTimer = () => {};
  binding.toggleTimerRef = () => {};
  // Node's own function fires timers in Node's own order. Its result is wrong after a timer threw (Infinity), so it is unused.
  const { processTimers } = timers.getTimerCallbacks(() => process._tickCallback());
  const { timerListQueue, timerListMap } = timers;
  function nextTimer() {
    for (;;) {
      const list = timerListQueue.peek();
      if (!list) return Infinity;
      if (list._idlePrev !== list) return list.expiry;
      // Node keeps an empty list of unref'd timers until its time has come; the clock must not jump to that.
      timerListQueue.shift();
      delete timerListMap[list.msecs];
    }
  }

  const reading = createReading({
    shared,
    now: () => now,
    /** For code that only reads the clock, each read takes 1 ms. */
    creep: () => (isMainThread ? (now += 1) : threads.sleepUntil(now + 1, set)),
    waited: (ms) => (isMainThread ? (now += ms) : threads.sleepUntil(now + ms, set)),
    busy: () => isMainThread && threads.busy(),
  });
  const set = (value) => (now = value);

  if (!isMainThread) return threads.follow({ binding, nextTimer, processTimers, set, fresh: reading.fresh });

  // The grader's own waits, sorted by time. As they are no timers of Node's, the subject cannot see, count or clear them.
  let alarms = [];
  let running = null;
  let turns = 0;
  let spinning = false;
  let onTurn = null;

  /** Every timer of Node: one linked list for each length of wait. */
  function allTimers() {
    const found = [];
    for (const list of Object.values(timerListMap)) {
      for (let timer = list._idlePrev; timer && timer !== list; timer = timer._idlePrev) found.push(timer);
    }
    return found;
  }

  function fireAlarms() {
    const due = alarms.filter((alarm) => alarm.at <= now);
    alarms = alarms.filter((alarm) => alarm.at > now);
    for (const alarm of due) alarm.ring();
  }

  /** libuv has nothing to do: the clock jumps to the next timer, alarm or thread, or nothing is left. */
  function step() {
    spinning = false;
    if (!threads.settled()) return;
    if (running.onQuiet) return real.immediate(running.onQuiet);
    const timer = nextTimer();
    const thread = threads.next();
    const alarm = alarms[0]?.at ?? Infinity;
    if (timer === Infinity && thread === Infinity && alarms.every(({ limit }) => limit)) {
      const { onDry } = running;
      return real.immediate(() => onDry());
    }
    jump(Math.min(timer, thread, alarm));
    // At the same instant: worker threads first, then, once these are quiet again, timers, then the grader's alarms.
    if (threads.wakeDue(now)) real.immediate(() => {});
    // In a turn of its own: after `beforeExit`, which C++ emits, neither ticks nor microtasks would run.
    else if (timer <= now) real.immediate(() => processTimers(now));
    else real.immediate(fireAlarms);
  }

  function jump(at) {
    turns = 0;
    reading.fresh();
    now = Math.max(now, at);
    shared.now = now;
  }

  /**
   * Once a turn. Code that spins for many turns without reading the clock counts as waiting for a timer, so the clock jumps.
   * Where a spin on the clock has passed time, timers and alarms that are due by then fire too.
   */
  function turn(during) {
    if (running !== during) return;
    machine.guard?.beat();
    onTurn?.();
    const spins = !during.onQuiet && ++turns > (spinning ? reading.mostReads() / 10 : 4 * reading.mostReads());
    if (spins || reading.creeping()) {
      const next = Math.min(nextTimer(), alarms[0]?.at ?? Infinity);
      if (spins && next < Infinity) {
        jump(next);
        spinning = true;
      }
      shared.now = now;
      if (nextTimer() <= now) processTimers(now);
      if (alarms[0]?.at <= now) fireAlarms();
    }
    real.immediate(turn, during).unref();
  }

  process.emit = function emit(event) {
    if (event !== "beforeExit" || !running) return apply(real.emit, this, arguments);
    machine.guard?.beat();
    step();
    return true;
  };

  function run(mode) {
    running = mode;
    reading.fresh();
    turns = 0;
    spinning = false;
    real.immediate(turn, running).unref();
  }

  const clock = {
    /** Virtual ms since the last `rebase`. */
    now: () => now - shared.base,
    /** ms since 1970, as Date reads it. */
    epochMs: () => reading.epochMs(),
    /** Real ms. */
    realNow: () => Number(real.now()) / 1e6,
    /** The scenario begins: every clock reads what it reads at the start of any other. */
    rebase: () => void (shared.base = now),
    /** Time runs. `onDry` is called whenever nothing is left that could happen. */
    start: (onDry) => run({ onDry }),
    /** Time stands still. `onQuiet` is called once nothing real is under way. */
    quiet: (onQuiet) => run({ onQuiet }),
    /** Time stands still until nothing real is under way, or for this many turns of the loop; then it runs as before. */
    pause: pauseOf({ running: () => running, run, onTurn: (listener) => void (onTurn = listener) }),
    stop() {
      running = null;
      onTurn = null;
      alarms = [];
    },
    /** Calls `ring` at `at`, on the clock of `now`. With only `limit` alarms left, the loop is dry. */
    alarm(at, ring, limit = false) {
      const alarm = { at: Math.max(at + shared.base, now), ring, limit };
      const index = alarms.findIndex((other) => other.at > alarm.at);
      alarms.splice(index < 0 ? alarms.length : index, 0, alarm);
      return () => void (alarms = alarms.filter((other) => other !== alarm));
    },
    /** The number of ref'd timers, as Node counts them. */
    refdTimers: () => binding.timeoutInfo[0],
    /** The ref'd timers themselves. */
    liveTimers: () => allTimers().filter((timer) => timer.hasRef?.()),
    refdPorts: () => threads.refdPorts(),
    refdWorkers: () => threads.refdWorkers(),
    /** Clears every timer, also those of libraries. @returns whether there was one */
    clearTimers() {
      const found = allTimers();
      for (const timer of found) clearTimeout(timer);
      return found.length > 0;
    },
    endThreads: () => threads.endAll(),
    hasThreads: () => threads.any(),
    /** After this many reads of the clock without a jump, code counts as waiting; undefined: the default. */
    limitReads: (reads) => reading.limitReads(reads),
    /** Calls the listener once a turn of the event loop; null: no more. */
    onTurn: (listener) => void (onTurn = listener),
  };
  machine.clock = clock;
  threads.lead({
    turn: () => real.immediate(() => {}),
    forThread: random.forThread,
    started: () => machine.guard?.spawned(null),
  });
}
