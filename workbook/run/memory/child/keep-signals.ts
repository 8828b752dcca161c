/**
 * Node may garbage-collect an `AbortSignal.any([AbortSignal.timeout(ms)])` that no variable holds, and then it never fires.
 * That depends on when V8 collects garbage. So that a run repeats exactly, signals live as long as their scenario.
 */
const kept: AbortSignal[] = [];

/** From now on every composed or timed signal is held. */
export function keepSignals(): void {
  for (const name of ["any", "timeout"] as const) {
    const make = AbortSignal[name] as (argument: never) => AbortSignal;
    const keep = { [name]: (argument: never) => keepOne(make.call(AbortSignal, argument)) };
    Object.defineProperty(AbortSignal, name, {
      value: keep[name],
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
}

function keepOne(signal: AbortSignal): AbortSignal {
  kept.push(signal);
  return signal;
}

/** The scenario is over: its signals may be collected. */
export function dropSignals(): void {
  kept.length = 0;
}
