"use strict";
// The virtual clock, under Node's timers and not over them. Preloaded with --expose-internals; worker threads inherit both.
//
// Every timer of Node (global, node:timers, timers/promises, AbortSignal.timeout, an HTTP library's own, references that
// were captured before) asks one binding for the time and for the next wake-up. That binding is replaced here, so libuv
// has no timer at all, and time stands still while anything real is under way. The loop is then alive if and only if real
// work is; the moment it is not, Node emits `beforeExit`, and there the clock jumps to the next timer.

const { isMainThread } = require("node:worker_threads");

// The learner's code may put something else in the place of these.
const { Math, Number, Object, clearTimeout } = globalThis;
const { apply } = Reflect;

const machine = (globalThis[Symbol.for("accepted")] ??= {});
const random = require("./random.cjs");
machine.random = random;

const internals = reach();
if (internals) install(internals);
else if (isMainThread) machine.clock = require("./fallback.cjs").install("Node's timers cannot be reached here");

/** What of Node's inside the clock needs; undefined where it is not there, or not what it was. */
function reach() {
  try {
    const { internalBinding } = require("internal/test/binding");
    const timers = require("internal/timers");
    const binding = internalBinding("timers");
    const known =
      typeof binding.getLibuvNow === "function" &&
      typeof binding.scheduleTimer === "function" &&
      typeof binding.toggleTimerRef === "function" &&
      binding.timeoutInfo?.length > 0 &&
      typeof timers.getTimerCallbacks === "function" &&
      typeof timers.timerListQueue?.peek === "function" &&
      typeof timers.timerListMap === "object";
    return known ? { timers, binding } : undefined;
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function install({ timers, binding }) {
  const threads = require("./threads.cjs");
  const { createReading } = require("./reading.cjs");
  const { pauseOf } = require("./pause.cjs");
  const real = {
    immediate: setImmediate,
    emit: process.emit,
    now: process.hrtime.bigint,
    libuvNow: binding.getLibuvNow,
    schedule: binding.scheduleTimer,
    toggle: binding.toggleTimerRef,
  };
  const { shared } = threads;

  let now = isMainThread ? (shared.now = Math.ceil(binding.getLibuvNow())) : shared.now;
  binding.getLibuvNow = () => now;
  binding.scheduleTimer = () => {};
  binding.toggleTimerRef = () => {};
  // Node's own firing, in Node's own order. What it returns is not to be trusted: after a timer that threw it is Infinity.
  const { processTimers } = timers.getTimerCallbacks(() => process._tickCallback());
  const { timerListQueue, timerListMap } = timers;
  function nextTimer() {
    for (;;) {
      const list = timerListQueue.peek();
      if (!list) return Infinity;
      if (list._idlePrev !== list) return list.expiry;
      // Node keeps an empty list of unref'ed timers until its time has come; here it would pass time for nobody.
      timerListQueue.shift();
      delete timerListMap[list.msecs];
    }
  }

  const reading = createReading({
    shared,
    now: () => now,
    /** Code that reads the clock and does nothing else passes time by 1 ms a read. */
    creep: () => (isMainThread ? (now += 1) : threads.sleepUntil(now + 1, set)),
    waited: (ms) => (isMainThread ? (now += ms) : threads.sleepUntil(now + ms, set)),
    busy: () => isMainThread && threads.busy(),
  });
  const set = (value) => (now = value);

  if (!isMainThread) return threads.follow({ binding, nextTimer, processTimers, set, fresh: reading.fresh });

  // Sorted by time; what the grader waits for is no timer of Node's, so nobody sees, counts or clears it.
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

  /** libuv has nothing to do: the clock jumps to what is next, or there is nothing left. */
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
    // At one instant: worker threads first, then timers when those are quiet again, then the grader.
    if (threads.wakeDue(now)) real.immediate(() => {});
    // In a turn of its own: after a beforeExit of C++ neither ticks nor microtasks would run.
    else if (timer <= now) real.immediate(() => processTimers(now));
    else real.immediate(fireAlarms);
  }

  function jump(at) {
    clock.jumps++;
    turns = 0;
    reading.fresh();
    now = Math.max(now, at);
    shared.now = now;
  }

  /**
   * Once a turn. Code that spins over many turns without reading the clock is taken to wait for a timer; and where a spin
   * on the clock has passed time, what is due meanwhile happens too.
   */
  function turn(during) {
    if (running !== during) return;
    machine.guard?.beat();
    onTurn?.();
    const spins = !during.onQuiet && ++turns > (spinning ? reading.patience() / 10 : 4 * reading.patience());
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
    waits: "ok",
    jumps: 0,
    /** Virtual ms since the last `rebase`. */
    now: () => now - shared.base,
    /** ms since 1970, as Date says. */
    epochMs: () => reading.epochMs(),
    /** Real ms. */
    realNow: () => Number(real.now()) / 1e6,
    /** The scenario begins: every clock stands where it stood at the start of any other. */
    rebase: () => void (shared.base = now),
    /** Time runs. `onDry` is called whenever nothing is left that could happen. */
    start: (onDry) => run({ onDry }),
    /** Time stands still. `onQuiet` is called when nothing real is under way. */
    quiet: (onQuiet) => run({ onQuiet }),
    /** Time stands still until nothing real is under way, or for so many turns of the loop; then it runs as before. */
    pause: pauseOf({ running: () => running, run, onTurn: (listener) => void (onTurn = listener) }),
    stop() {
      running = null;
      onTurn = null;
      alarms = [];
    },
    /** Rings at `at` (as `now` counts). A `limit` is nothing to wait for: if nothing else is left, the loop is dry. */
    alarm(at, ring, limit = false) {
      const alarm = { at: Math.max(at + shared.base, now), ring, limit };
      const index = alarms.findIndex((other) => other.at > alarm.at);
      alarms.splice(index < 0 ? alarms.length : index, 0, alarm);
      return () => void (alarms = alarms.filter((other) => other !== alarm));
    },
    /** Ref'd timers, as Node counts them. */
    refdTimers: () => binding.timeoutInfo[0],
    /** The timers themselves, ref'd ones only. */
    liveTimers: () => allTimers().filter((timer) => timer.hasRef?.()),
    refdPorts: () => threads.refdPorts(),
    refdWorkers: () => threads.refdWorkers(),
    /** Forgets every timer, whosever it is. @returns whether there was one */
    clearTimers() {
      const found = allTimers();
      for (const timer of found) clearTimeout(timer);
      return found.length > 0;
    },
    endThreads: () => threads.endAll(),
    hasThreads: () => threads.any(),
    /** Reads of the clock without a jump that count as waiting; undefined: the default. */
    patience: (reads) => reading.setPatience(reads),
    /** Called once a turn of the event loop; null: no more. */
    onTurn: (listener) => void (onTurn = listener),
    /** Where the self-test of the waits fails: everything back as it was, and fake timers over Node's. */
    fallBack(why) {
      clock.stop();
      [binding.getLibuvNow, binding.scheduleTimer, binding.toggleTimerRef] = [
        real.libuvNow,
        real.schedule,
        real.toggle,
      ];
      process.emit = real.emit;
      reading.undo();
      return (machine.clock = require("./fallback.cjs").install(why));
    },
  };
  machine.clock = clock;
  threads.lead({
    turn: () => real.immediate(() => {}),
    forThread: random.forThread,
    began: () => machine.guard?.offspring(null),
  });
}
