/** What a client scenario orders and gets. Made from the seed, so that a check can make it again. */
import { sameJson } from "../../http/json.ts";
import type { World } from "../../model/world.ts";

export interface Job {
  readonly id: string;
  readonly params: { readonly genre: string; readonly kind: string };
  readonly result: {
    readonly title: string;
    readonly generatedAt: string;
    readonly totalBooks: { readonly count: number };
    /** A field that was not agreed on: a client may return it or leave it out. */
    readonly shelf: string;
  };
  /** What the server says when the work fails. */
  readonly error: string;
}

/** The job of a scenario. No value is a default, empty, or equal to another. */
export function jobOf(world: World, scenario: string): Job {
  const random = randomFrom(`${world.seed} ${scenario}`);
  const below = (limit: number) => Math.floor(random() * limit);
  const genres = [...new Set(world.books.map((book) => book.genre))];
  const genre = genres[below(genres.length)] ?? "poetry";
  const id = `r-${1_000 + below(9_000)}`;
  const dateTime = () => new Date(Date.UTC(2026, 0, 1) + below(20_000_000) * 1_000 + 1 + below(999)).toISOString();
  return {
    id,
    params: { genre, kind: "summary" },
    result: {
      title: `Sales of ${genre}, sheet ${10_000 + below(90_000)}`,
      generatedAt: dateTime(),
      totalBooks: { count: 201 + below(700) },
      shelf: `shelf ${910_000 + below(80_000)}`,
    },
    error: `shelf ${200_000 + below(700_000)} of the warehouse is empty`,
  };
}

/** True for the job's result: the agreed fields are equal, `shelf` is equal or absent, and there is nothing else. */
export function isResultOf(job: Job, value: unknown): boolean {
  const { shelf, ...agreed } = job.result;
  return sameJson(value, agreed) || sameJson(value, { ...agreed, shelf });
}

/** A generator of numbers in [0, 1), the same for the same text: FNV-1a seeds mulberry32. */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
