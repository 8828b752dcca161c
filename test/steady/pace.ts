/** How long the rest will take, from what was played so far. */

/** What a round under load takes, against a calm one, until one of each was seen. */
const loadedOverCalm = 1.6;

export interface Pace {
  /** A round begins: this one, and the ones to come, each true if it is under load. */
  begin(loaded: boolean, toCome: readonly boolean[]): void;
  /** So much of the round is done, 0 to 1. @returns real ms that are left, about; null: too early to say */
  left(done: number): number | null;
}

/** @param now real ms of a clock that only grows */
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
