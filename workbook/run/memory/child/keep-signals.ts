/**
 * Node may collect `AbortSignal.any([AbortSignal.timeout(ms)])` that nobody holds, and then it never fires. Whether it
 * does depends on when memory is cleaned up; so that a run repeats exactly, signals live as long as their scenario.
 */
const kept: AbortSignal[] = [];

/** From here on every composed or timed signal is held. */
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

/** The scenario is over: what it made may go. */
export function dropSignals(): void {
  kept.length = 0;
}
