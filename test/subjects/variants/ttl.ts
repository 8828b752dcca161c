import { swap, type Variant } from "../mutants/cases.ts";

const expires = "expiries.set(job.id, Date.now() + keepMs);";
const timer = "setInterval(sweep, sweepMs).unref();";
const unknown =
  'if (job === undefined) return c.json({ error: "There is no report with this id, or it has expired." }, 404);';
const noSweep = [swap("function sweep", "export function sweep"), swap("const sweepMs", "export const sweepMs")];
const on = { exercise: "06-cleaning-up", side: "server" } as const;

/** Other right ways to delete old jobs. */
export const forgetters: readonly Variant[] = [
  {
    ...on,
    name: "sweeps-each-second",
    when: "Memory is short.",
    edits: [swap("const sweepMs = 10 * 60_000;", "const sweepMs = 1000;")],
  },
  {
    ...on,
    name: "sweeps-each-hour",
    when: "A sweep has a cost, and nobody minds an hour.",
    edits: [swap("const sweepMs = 10 * 60_000;", "const sweepMs = 59 * 60_000;")],
  },
  {
    ...on,
    name: "gone-is-410",
    when: "Clients want to tell `expired` from `never was`. The tombstones are kept apart, and few.",
    edits: [
      swap("const expiries =", "const tombstones = new Set<string>();\n\nconst expiries ="),
      swap("    jobs.delete(id);\n", "    jobs.delete(id);\n    tombstones.add(id);\n"),
      swap(
        unknown,
        `if (job === undefined && tombstones.has(c.req.param("id"))) return c.json({ error: "It has expired." }, 410);\n  ${unknown}`,
      ),
    ],
  },
  {
    ...on,
    name: "the-sweep-sleeps-when-nothing-is-kept",
    when: "An idle process shall have no timer at all.",
    edits: [
      swap(timer, ""),
      swap(expires, `${expires}\n  sweeper ??= setInterval(sweep, sweepMs).unref();`),
      swap("const expiries =", "let sweeper: NodeJS.Timeout | undefined;\n\nconst expiries ="),
      swap(
        "  const now = Date.now();\n",
        "  const now = Date.now();\n  if (expiries.size === 0) {\n    clearInterval(sweeper);\n    sweeper = undefined;\n  }\n",
      ),
    ],
  },
  {
    ...on,
    name: "a-store-of-its-own",
    when: "The store forgets by itself, and shall be exchanged for a library's.",
    edits: [
      swap(
        "export const jobs = new Map<string, Job>();",
        `class Store {
  readonly #all = new Map<string, Job>();

  get size(): number {
    return this.#all.size;
  }

  get(id: string): Job | undefined {
    return this.#all.get(id);
  }

  set(id: string, job: Job): void {
    this.#all.set(id, job);
  }

  delete(id: string): void {
    this.#all.delete(id);
  }
}

export const jobs = new Store();`,
      ),
    ],
  },
  {
    ...on,
    name: "a-new-map-each-time",
    when: "The store is never changed, only replaced.",
    edits: [
      swap("export const jobs =", "export let jobs: ReadonlyMap<string, Job> ="),
      swap("jobs.set(job.id, job);", "jobs = new Map([...jobs, [job.id, job]]);"),
      swap("    jobs.delete(id);\n", "    jobs = new Map([...jobs].filter(([other]) => other !== id));\n"),
    ],
  },
  {
    ...on,
    name: "a-queue-with-a-head",
    when: "An array of what expires next, read from its head.",
    edits: [
      swap("const expiries = new Map<string, number>();", "let expiries: { id: string; expiresAt: number }[] = [];"),
      swap(expires, "expiries.push({ id: job.id, expiresAt: Date.now() + keepMs });"),
      swap(
        `  for (const [id, expiresAt] of expiries) {
    if (expiresAt > now) return;
    expiries.delete(id);
    jobs.delete(id);
  }
`,
        `  let head = 0;
  for (const { id, expiresAt } of expiries) {
    if (expiresAt > now) break;
    jobs.delete(id);
    head += 1;
  }
  if (head > 0) expiries = expiries.slice(head);
`,
      ),
    ],
  },
  {
    ...on,
    name: "one-worker",
    when: "The work needs the whole machine: one job after the other, also behind one that takes 30 hours.",
    edits: [
      swap("const app = new Hono();", "let queue: Promise<void> = Promise.resolve();\n\nconst app = new Hono();"),
      swap("void runJob(job, params);", "queue = queue.then(() => runJob(job, params));"),
    ],
  },
  {
    ...on,
    name: "failure-at-once",
    when: "The server knows its genres, and the day of a failed job begins when it is ordered.",
    edits: [
      ...noSweep,
      swap(timer, ""),
      swap(expires, "setTimeout(() => jobs.delete(job.id), keepMs).unref();"),
      swap(
        "  await wait(workMs[kind]);\n",
        "  if (genre !== undefined && !books.some((book) => book.genre === genre)) throw new ReportError(`No book has the genre ${genre}.`);\n  await wait(workMs[kind]);\n",
      ),
    ],
  },
];
