"use strict";
// All ways to read the time or to sleep without a timer: Date, performance, hrtime, uptime, Atomics.wait. They all read the
// virtual clock. Code that reads it over and over within a turn is waiting for a time, and then each read passes 1 ms.

const { performance } = require("node:perf_hooks");
const { syncBuiltinESMExports } = require("node:module");
const { http } = require("./internals.cjs");

// Saved, because the learner's code may replace them.
const { BigInt, Math, Number, Promise, Reflect, clearTimeout, setTimeout } = globalThis;

/** Each scenario begins at this instant, off the whole second, and off midnight in every zone. */
const epoch = Date.UTC(2026, 0, 5, 9, 0, 0, 250);
/** The process seems to have started this many ms before. */
const upMs = 1000;
/** Reads within a turn after which code counts as waiting. */
const usualMostReads = 50_000;

/**
 * @param clock.now absolute virtual ms
 * @param clock.creep passes 1 ms
 * @param clock.waited passes that many ms
 * @param clock.busy true while another thread computes
 */
exports.createReading = function createReading({ shared, now, creep, waited, busy }) {
  const RealDate = globalThis.Date;
  const real = { wait: Atomics.wait, waitAsync: Atomics.waitAsync };
  let reads = 0;
  let mostReads = usualMostReads;

  const read = () => {
    if (++reads > mostReads) creep();
    return now() - shared.base + upMs;
  };
  const epochMs = () => now() - shared.base + epoch;
  const wall = () => read() - upMs + epoch;

  // A proxy, so that Date stays one function with all its properties, and classes can extend it.
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
    // The wait may be for another thread that computes: it gets its real time first.
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
  // The Date header of Node's own servers. Node makes it from a Date saved earlier, and keeps it with a timer of its own.
  http.utcDate = () => new RealDate(epochMs()).toUTCString();
  formats(wall);
  syncBuiltinESMExports();

  return {
    epochMs,
    /** The clock has jumped: code that reads it again is not spinning. */
    fresh: () => void (reads = 0),
    creeping: () => reads > mostReads,
    mostReads: () => mostReads,
    limitReads: (value) => void (mostReads = value ?? usualMostReads),
  };
};

/** Intl.DateTimeFormat's `format()` without an argument formats the present time. */
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
