/** Jobs for the Express, Fastify and Koa servers: a class that fits any framework. */
import books from "../../../lessons/books.json" with { type: "json" };

const workMs = { summary: 500, full: 5000 };

type State =
  | { status: "processing"; result: null; error: null }
  | { status: "completed"; result: { title: string; generatedAt: string; totalBooks: { count: number } }; error: null }
  | { status: "failed"; result: null; error: string };

/** A report in progress. */
export class Job {
  static #last = 0;
  static readonly #all = new Map<string, Job>();
  readonly id = `r${(Job.#last += 1)}`;
  readonly #dueAt: number;
  #state: State = { status: "processing", result: null, error: null };

  constructor({ genre, kind }: { genre: string | undefined; kind: "summary" | "full" }) {
    Job.#all.set(this.id, this);
    this.#dueAt = Date.now() + workMs[kind];
    setTimeout(() => {
      const { length: count } = books.filter((book) => genre === undefined || book.genre === genre);
      this.#state =
        count > 0
          ? {
              status: "completed",
              result: { title: "Books", generatedAt: new Date().toISOString(), totalBooks: { count } },
              error: null,
            }
          : { status: "failed", result: null, error: `The catalogue knows no ${genre}` };
    }, workMs[kind]);
  }

  static find(id: string): Job | undefined {
    return Job.#all.get(id);
  }

  get envelope(): State & { id: string } {
    return { id: this.id, ...this.#state };
  }

  /** Whole seconds until it should be done, at least 1; undefined once it is. */
  get secondsLeft(): number | undefined {
    if (this.#state.status !== "processing") return undefined;
    return Math.max(1, Math.ceil((this.#dueAt - Date.now()) / 1000));
  }
}

/** Checks the parsed body of a POST. @returns what is wrong with it, in a sentence */
export function order(body: unknown): Job | string {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "An order is a JSON object.";
  const { genre, kind = "full" } = body as { genre?: unknown; kind?: unknown };
  if (genre !== undefined && typeof genre !== "string") return "genre is no string.";
  if (kind !== "summary" && kind !== "full") return "kind is neither summary nor full.";
  return new Job({ genre, kind });
}
