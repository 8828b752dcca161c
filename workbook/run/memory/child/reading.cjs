"use strict";
// All the ways to read the time or to sleep without a timer: Date, performance, hrtime, uptime, Atomics.wait. They all show
// the same virtual clock. Code that reads it over and over without a turn is waiting, and then each read passes 1 ms.

const { performance } = require("node:perf_hooks");
const { syncBuiltinESMExports } = require("node:module");

// The learner's code may put something else in the place of these.
const { BigInt, Math, Number, Promise, Reflect, clearTimeout, setTimeout } = globalThis;

/** Each scenario begins at this instant, off the whole second, and off midnight in every zone. */
const epoch = Date.UTC(2026, 0, 5, 9, 0, 0, 250);
/** The process seems to have started so many ms before. */
const upMs = 1000;
const patienceByDefault = 50_000;

/**
 * @param clock.now absolute virtual ms
 * @param clock.creep passes 1 ms
 * @param clock.waited passes so many ms
 * @param clock.busy true while another thread computes
 */
exports.createReading = function createReading({ shared, now, creep, waited, busy }) {
  const RealDate = globalThis.Date;
  const real = {
    dateNow: RealDate.now,
    performanceNow: Object.getOwnPropertyDescriptor(performance, "now"),
    timeOrigin: Object.getOwnPropertyDescriptor(performance, "timeOrigin"),
    uptime: process.uptime,
    hrtime: process.hrtime,
    wait: Atomics.wait,
    waitAsync: Atomics.waitAsync,
  };
  let reads = 0;
  let patience = patienceByDefault;

  const read = () => {
    if (++reads > patience) creep();
    return now() - shared.base + upMs;
  };
  const epochMs = () => now() - shared.base + epoch;
  const wall = () => read() - upMs + epoch;

  // A proxy, so that Date stays one function with all its properties, and classes may extend it.
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [wall()], newTarget === VirtualDate ? target : newTarget),
    apply: () => new RealDate(wall()).toString(),
  });
  RealDate.now = wall;
  RealDate.prototype.constructor = VirtualDate;
  globalThis.Date = VirtualDate;

  Object.defineProperty(performance, "now", { value: read, configurable: true, writable: true });
  Object.defineProperty(performance, "timeOrigin", { value: epoch - upMs, configurable: true });
  process.uptime = () => read() / 1000;
  const hrtime = (before) => {
    const ms = read();
    let seconds = Math.floor(ms / 1000);
    let nanos = (ms % 1000) * 1e6;
    if (before) {
      seconds -= before[0];
      nanos -= before[1];
      if (nanos < 0) [seconds, nanos] = [seconds - 1, nanos + 1e9];
    }
    return [seconds, nanos];
  };
  hrtime.bigint = () => BigInt(read()) * 1_000_000n;
  process.hrtime = hrtime;

  Atomics.wait = (array, index, value, ms = Infinity) => {
    const limit = Number(ms);
    if (Number.isNaN(limit) || limit === Infinity) return real.wait(array, index, value);
    // Another thread that computes may be what is waited for: it gets its real time first.
    for (;;) {
      const computes = busy();
      const result = real.wait(array, index, value, computes ? 5 : 0);
      if (result !== "timed-out") return result;
      if (!computes) break;
    }
    waited(Math.ceil(Math.max(0, limit)));
    return "timed-out";
  };
  if (real.waitAsync) {
    Atomics.waitAsync = (array, index, value, ms = Infinity) => {
      const result = real.waitAsync(array, index, value);
      if (!result.async || Number(ms) === Infinity) return result;
      let timer;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, ms, "timed-out")));
      const first = Promise.race([result.value, late]);
      return { async: true, value: first.finally(() => clearTimeout(timer)) };
    };
  }
  dateHeader(() => new RealDate(epochMs()).toUTCString());
  formats(wall);
  syncBuiltinESMExports();

  return {
    epochMs,
    /** The clock has jumped: whoever reads it again is not spinning. */
    fresh: () => void (reads = 0),
    creeping: () => reads > patience,
    patience: () => patience,
    setPatience: (value) => void (patience = value ?? patienceByDefault),
    undo() {
      RealDate.now = real.dateNow;
      RealDate.prototype.constructor = RealDate;
      globalThis.Date = RealDate;
      restore(performance, "now", real.performanceNow);
      restore(performance, "timeOrigin", real.timeOrigin);
      [process.uptime, process.hrtime] = [real.uptime, real.hrtime];
      [Atomics.wait, Atomics.waitAsync] = [real.wait, real.waitAsync];
      syncBuiltinESMExports();
    },
  };
};

/** The Date header of Node's own servers comes from a Date that was captured before us, kept by a timer of its own. */
function dateHeader(text) {
  try {
    require("internal/http").utcDate = text;
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
  }
}

/** `format()` with nothing to format means now. */
function formats(wall) {
  const { prototype } = Intl.DateTimeFormat;
  const { get } = Object.getOwnPropertyDescriptor(prototype, "format");
  Object.defineProperty(prototype, "format", {
    configurable: true,
    get() {
      const format = get.call(this);
      return (date) => format(date === undefined ? wall() : date);
    },
  });
  const { formatToParts } = prototype;
  prototype.formatToParts = function (date) {
    return formatToParts.call(this, date === undefined ? wall() : date);
  };
}

function restore(object, key, descriptor) {
  if (descriptor) Object.defineProperty(object, key, descriptor);
  else delete object[key];
}
