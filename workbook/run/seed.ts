/**
 * A generator of numbers in [0, 1) that gives the same row for the same seed and name (mulberry32 over an FNV-1a hash).
 * Good enough to choose a genre; not for secrets.
 */
export function seeded(seed: number, name: string): () => number {
  let state = 0x811c9dc5 ^ seed;
  for (const char of name) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
