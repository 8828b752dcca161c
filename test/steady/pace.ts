/** Estimates how long the rest takes, from the rounds so far. */

/** How much longer a round takes under load. Used until both kinds have been measured. */
const loadedOverCalm = 1.6;

export interface Pace {
  /** Call this when a round begins. True for each round that runs under load. */
  begin(loaded: boolean, toCome: readonly boolean[]): void;
  /** @param done the part of the round that is done, 0 to 1. @returns about how many ms are left; null: too early */
  left(done: number): number | null;
}

/** @param now a clock that never goes back, ms */
export function newPace(now: () => number): Pace {
  const last = new Map<boolean, number>();
  let current = { loaded: false, startedAt: now(), done: 0 };
  let rest: readonly boolean[] = [];
  const roundMs = (loaded: boolean): number => {
    const known = last.get(loaded);
    if (known !== undefined) return known;
    if (current.loaded === loaded) return (now() - current.startedAt) / current.done;
    return loaded ? roundMs(false) * loadedOverCalm : roundMs(true) / loadedOverCalm;
  };
  return {
    begin(loaded, toCome) {
      if (current.done > 0) last.set(current.loaded, now() - current.startedAt);
      current = { loaded, startedAt: now(), done: 0 };
      rest = toCome;
    },
    left(done) {
      current.done = done;
      if (done === 0) return null;
      const here = Math.max(0, roundMs(current.loaded) - (now() - current.startedAt));
      return rest.reduce((sum, loaded) => sum + roundMs(loaded), here);
    },
  };
}

/** "about 12 minutes left", "about 40 s left". */
export function leftWords(ms: number | null): string {
  if (ms === null) return "";
  const seconds = Math.max(5, Math.ceil(ms / 5_000) * 5);
  return seconds < 100 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} minutes left`;
}
