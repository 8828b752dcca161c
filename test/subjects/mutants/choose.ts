import { swap, type Mutant } from "./cases.ts";

const waits = "await settledWithin(runJob(job, params), windowMs);";
const quick = "if (isSettled(job)) return c.json(envelope(job), 200, statusHeaders(job));";
const on = { exercise: "05-when-to-use-202", side: "server" } as const;

/** Mistakes in choosing between 200 and 202. */
export const choose: readonly Mutant[] = [
  {
    ...on,
    name: "always-202",
    clause: "choose.fast",
    remark: "The work was over, and the client is sent to poll for it.",
    edits: [swap(`${quick}\n`, "")],
  },
  {
    ...on,
    name: "202-at-once",
    clause: "choose.fast",
    remark: "Nobody waits for the quick work.",
    edits: [swap(waits, "void runJob(job, params);")],
  },
  {
    ...on,
    name: "always-sleeps-the-window",
    clause: "choose.fast",
    remark: "The answer is ready after half a second and is held back until two are over.",
    edits: [swap(waits, "void runJob(job, params);\n  await wait(windowMs);")],
  },
  {
    ...on,
    name: "answers-the-bare-report",
    clause: "choose.fast",
    remark: "The report without its envelope: a client must know two shapes.",
    edits: [
      swap(
        quick,
        'if (job.state.status === "completed") return c.json(job.state.result);\n  if (job.state.status === "failed") return c.json(envelope(job));',
      ),
    ],
  },
  {
    ...on,
    name: "only-id-and-status",
    clause: "choose.fast",
    remark: "It says completed, and keeps the result to itself.",
    edits: [
      swap(
        quick,
        'if (job.state.status === "completed") return c.json({ id: job.id, status: "completed" });\n  if (job.state.status === "failed") return c.json(envelope(job));',
      ),
    ],
  },
  {
    ...on,
    name: "waits-four-seconds",
    clause: "choose.slow",
    remark: "Four seconds are too long for a request that could have been answered after two.",
    edits: [swap("const windowMs = 2000;", "const windowMs = 4000;")],
  },
  {
    ...on,
    name: "waits-for-the-end",
    clause: "choose.slow",
    remark: "The window never closes.",
    edits: [swap(waits, "await runJob(job, params);")],
  },
  {
    ...on,
    name: "begins-again",
    clause: "choose.one-job",
    remark: "What was begun in the window is thrown away, and begun again after the 202.",
    edits: [
      swap(
        waits,
        'const attempt: Job = { ...job };\n  await settledWithin(runJob(attempt, params), windowMs);\n  job.state = attempt.state;\n  if (job.state.status === "processing") void runJob(job, params);',
      ),
    ],
  },
  {
    ...on,
    name: "two-jobs-in-one",
    clause: "choose.one-job",
    remark: "The work is started a second time when the window closes; its result replaces the first.",
    edits: [swap(quick, `${quick}\n  void runJob(job, params);`)],
  },
  {
    ...on,
    name: "failure-swallowed",
    clause: "choose.failed",
    remark: "The work failed within the window, and the answer says completed.",
    edits: [
      swap(
        quick,
        'if (job.state.status === "failed") return c.json({ id: job.id, status: "completed", result: null });\n  if (isSettled(job)) return c.json(envelope(job), 200, statusHeaders(job));',
      ),
    ],
  },
  {
    ...on,
    name: "202-for-a-known-failure",
    clause: "choose.failed",
    remark: "The failure is known, and the client is sent to poll for it.",
    edits: [
      swap(quick, 'if (job.state.status === "completed") return c.json(envelope(job), 200, statusHeaders(job));'),
    ],
  },
  {
    ...on,
    name: "late-failure-unhandled",
    clause: "fail.survives",
    remark: "The window catches what is thrown in it; what is thrown later has nobody.",
    edits: [
      swap(waits, "const work = runJob(job, params);\n  await settledWithin(work, windowMs);"),
      swap(quick, `${quick}\n  void work.then(() => console.log(job.id, "is done"));`),
      swap(
        'job.state = { status: "failed", error: describeFailure(error) };',
        'job.state = { status: "failed", error: describeFailure(error) };\n    throw error;',
      ),
      swap("await Promise.race([work, timeout]);", "await Promise.race([work.catch(() => {}), timeout]);"),
    ],
  },
  {
    ...on,
    name: "late-failure-never-told",
    clause: "choose.failed",
    remark: "A failure after the 202 is only logged: the status says processing for ever.",
    edits: [
      swap(
        'job.state = { status: "failed", error: describeFailure(error) };',
        'if (params.kind === "summary") job.state = { status: "failed", error: describeFailure(error) };',
      ),
    ],
  },
  {
    ...on,
    name: "sleeps-three-seconds",
    clause: "choose.slow",
    remark: "Three seconds for everybody: a full report is answered too late, and a summary with it.",
    edits: [
      swap(waits, "void runJob(job, params);\n  await wait(windowMs);"),
      swap("const windowMs = 2000;", "const windowMs = 3000;"),
      swap("async function settledWithin", "export async function settledWithin"),
    ],
  },
  {
    ...on,
    name: "all-for-race",
    clause: "choose.slow",
    remark: "Promise.all waits for both, for the work and for the window: race is meant.",
    edits: [swap("await Promise.race([work, timeout]);", "await Promise.all([work, timeout]);")],
  },
  {
    ...on,
    name: "one-order-at-a-time",
    clause: "choose.slow",
    remark: "An order waits until the window of the one before it has closed: the third is answered after six seconds.",
    edits: [
      swap("const app = new Hono();", "let turn: Promise<void> = Promise.resolve();\n\nconst app = new Hono();"),
      swap(waits, "turn = turn.then(() => settledWithin(runJob(job, params), windowMs));\n  await turn;"),
    ],
  },
  {
    ...on,
    name: "the-latest-result",
    clause: "choose.fast",
    remark: "The answer takes its result from a variable of the module: of three at once two get another's report.",
    edits: [
      swap("const app = new Hono();", "let latest: Report | undefined;\n\nconst app = new Hono();"),
      swap(
        'job.state = { status: "completed", result: await makeReport(params) };',
        'latest = await makeReport(params);\n    job.state = { status: "completed", result: latest };\n    await wait(1);',
      ),
      swap(
        quick,
        'if (job.state.status === "completed") return c.json({ ...envelope(job), result: latest });\n  if (isSettled(job)) return c.json(envelope(job));',
      ),
    ],
  },
];
