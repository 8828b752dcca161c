import { swap, type Mutant } from "./cases.ts";

const keep = "const keepMs = 24 * 3_600_000;";
const expires = "expiries.set(job.id, Date.now() + keepMs);";
const timer = "setInterval(sweep, sweepMs).unref();";
const loop = `  for (const [id, expiresAt] of expiries) {
    if (expiresAt > now) return;
    expiries.delete(id);
    jobs.delete(id);
  }
`;
const read = 'const job = jobs.get(c.req.param("id"));';
const on = { exercise: "06-cleaning-up", side: "server" } as const;

/** Mistakes in cleaning up. */
export const ttl: readonly Mutant[] = [
  {
    ...on,
    name: "cutoff-in-seconds",
    clause: "ttl.keeps",
    remark: "24 hours in seconds, taken for milliseconds: the job lives 86 seconds.",
    edits: [swap(keep, "const keepMs = 24 * 3_600;")],
  },
  {
    ...on,
    name: "comparison-turned-round",
    clause: "ttl.keeps",
    remark: "It deletes what has not expired, and keeps what has.",
    edits: [swap("if (expiresAt > now) return;", "if (expiresAt < now) continue;")],
  },
  {
    ...on,
    name: "24-minutes",
    clause: "ttl.keeps",
    remark: "Minutes for hours.",
    edits: [swap(keep, "const keepMs = 24 * 60_000;")],
  },
  {
    ...on,
    name: "clears-once-a-day",
    clause: "ttl.keeps",
    remark: "What finished a minute before the daily clearing lives a minute.",
    edits: [
      swap(
        timer,
        "setInterval(() => {\n  for (const [id, job] of jobs) if (job.state.status !== 'processing') jobs.delete(id);\n}, 24 * 3_600_000).unref();",
      ),
      swap("function sweep", "export function sweep"),
      swap("const sweepMs", "export const sweepMs"),
    ],
  },
  {
    ...on,
    name: "12-hours",
    clause: "ttl.keeps",
    remark: "Half a day is not a day: a client that comes back tomorrow finds nothing.",
    edits: [swap(keep, "const keepMs = 12 * 3_600_000;")],
  },
  {
    ...on,
    name: "never",
    clause: "ttl.expires",
    remark: "The sweep is written and never called.",
    edits: [
      swap(timer, ""),
      swap("function sweep", "export function sweep"),
      swap("const sweepMs", "export const sweepMs"),
    ],
  },
  {
    ...on,
    name: "sweeps-once-a-day",
    clause: "ttl.expires",
    remark: "With a sweep a day a job lives up to two days.",
    edits: [swap("const sweepMs = 10 * 60_000;", "const sweepMs = 24 * 3_600_000;")],
  },
  {
    ...on,
    name: "reading-prolongs-life",
    clause: "ttl.expires",
    remark: "Each GET begins the day anew: a client that looks in daily keeps its job for ever.",
    edits: [swap(read, `${read}\n  if (job && expiries.delete(job.id)) expiries.set(job.id, Date.now() + keepMs);`)],
  },
  {
    ...on,
    name: "a-week",
    clause: "ttl.expires",
    remark: "Kept far longer than promised: memory fills with what nobody reads.",
    edits: [swap(keep, "const keepMs = 7 * 24 * 3_600_000;")],
  },
  {
    ...on,
    name: "sweeps-by-age",
    clause: "ttl.spares-running",
    remark: "Age says nothing about the state: a job that runs longer than a day vanishes while it runs.",
    edits: [
      swap(`  ${expires}\n`, ""),
      swap("  jobs.set(job.id, job);\n", "  jobs.set(job.id, job);\n  expiries.set(job.id, Date.now() + keepMs);\n"),
    ],
  },
  {
    ...on,
    name: "from-creation",
    clause: "ttl.from-finish",
    remark: "A job that took 30 hours is deleted when it finishes: count from finishing.",
    edits: [
      swap("  readonly dueAt: number;\n", "  readonly dueAt: number;\n  readonly createdAt: number;\n"),
      swap('state: { status: "processing" },', 'createdAt: Date.now(),\n    state: { status: "processing" },'),
      swap(expires, "expiries.set(job.id, job.createdAt + keepMs);"),
      swap("if (expiresAt > now) return;", "if (expiresAt > now) continue;"),
    ],
  },
  {
    ...on,
    name: "only-on-read",
    clause: "ttl.reclaims",
    remark: "An expired job is deleted when somebody asks for it. Nobody asks for most of them.",
    edits: [
      swap(timer, ""),
      swap("function sweep", "export function sweep"),
      swap("const sweepMs", "export const sweepMs"),
      swap(
        read,
        'const id = c.req.param("id");\n  if ((expiries.get(id) ?? Infinity) <= Date.now()) jobs.delete(id);\n  const job = jobs.get(id);',
      ),
    ],
  },
  {
    ...on,
    name: "only-inside-post",
    clause: "ttl.reclaims",
    remark: "Orders sweep what is old. When no order comes, nothing expires from memory.",
    edits: [
      swap(timer, ""),
      swap("const sweepMs", "export const sweepMs"),
      swap("  jobs.set(job.id, job);\n", "  sweep();\n  jobs.set(job.id, job);\n"),
      swap(
        read,
        'const id = c.req.param("id");\n  const job = (expiries.get(id) ?? Infinity) <= Date.now() ? undefined : jobs.get(id);',
      ),
    ],
  },
  {
    ...on,
    name: "hides-and-keeps",
    clause: "ttl.reclaims",
    remark: "Expired jobs are hidden, not forgotten: the memory grows all the same.",
    edits: [
      swap("    expiries.delete(id);\n    jobs.delete(id);\n", "    hidden.add(id);\n"),
      swap("/** Forgets the jobs", "const hidden = new Set<string>();\n\n/** Forgets the jobs"),
      swap(read, 'const id = c.req.param("id");\n  const job = hidden.has(id) ? undefined : jobs.get(id);'),
    ],
  },
  {
    ...on,
    name: "no-unref",
    clause: "ttl.lets-exit",
    remark: "The interval keeps the process alive: a test run or a script that imports this module never ends.",
    edits: [swap(timer, "setInterval(sweep, sweepMs);")],
  },
  {
    ...on,
    name: "a-timer-a-job",
    clause: "ttl.lets-exit",
    remark: "A timer for each job, and none is unref'd: the process lives a day longer than its work.",
    edits: [
      swap(timer, ""),
      swap("function sweep", "export function sweep"),
      swap("const sweepMs", "export const sweepMs"),
      swap(expires, "setTimeout(() => jobs.delete(job.id), keepMs);"),
    ],
  },
  {
    ...on,
    name: "walks-all",
    clause: "ttl.gentle",
    remark: "Every sweep looks at every job: with a hundred thousand of them requests wait meanwhile.",
    edits: [
      swap(
        loop,
        `  for (const id of jobs.keys()) {
    const expiresAt = expiries.get(id);
    if (expiresAt === undefined || expiresAt > now) continue;
    expiries.delete(id);
    jobs.delete(id);
  }
`,
      ),
    ],
  },
  {
    ...on,
    name: "sorts-all",
    clause: "ttl.gentle",
    remark: "The jobs are sorted by age at every sweep, though they finish in order anyway.",
    edits: [swap("of expiries) {", "of [...expiries].sort(([, a], [, b]) => a - b)) {")],
  },
  {
    ...on,
    name: "failed-jobs-stay",
    clause: "ttl.reclaims",
    remark: "Only completed jobs are forgotten. Failed ones are finished too.",
    edits: [swap(expires, 'if (job.state.status === "completed") expiries.set(job.id, Date.now() + keepMs);')],
  },
  {
    ...on,
    name: "failed-jobs-an-hour",
    clause: "ttl.keeps",
    remark: "Failures are forgotten after an hour: who looks tomorrow learns that there never was such a job.",
    edits: [
      swap(
        expires,
        `${expires}\n  if (job.state.status === "failed") setTimeout(() => jobs.delete(job.id), 3_600_000).unref();`,
      ),
    ],
  },
  {
    ...on,
    name: "unref-only-the-first-time",
    clause: "ttl.lets-exit",
    remark: "The first timer is unref'd, those that the sweep sets after it are not.",
    edits: [
      swap(
        timer,
        "function sweepLater() {\n  return setTimeout(() => {\n    sweep();\n    sweepLater();\n  }, sweepMs);\n}\nsweepLater().unref();",
      ),
    ],
  },
  {
    ...on,
    name: "stops-at-the-first-that-runs",
    clause: "ttl.expires",
    remark: "The sweep goes by the order of creation and stops at a job that still runs: all behind it stay.",
    edits: [
      swap(
        loop,
        `  for (const id of jobs.keys()) {
    if ((expiries.get(id) ?? Infinity) > now) return;
    expiries.delete(id);
    jobs.delete(id);
  }
`,
      ),
    ],
  },
];
