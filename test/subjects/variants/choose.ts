import { swap, type Variant } from "../mutants/cases.ts";

const waits = "await settledWithin(runJob(job, params), windowMs);";
const quick = "if (isSettled(job)) return c.json(envelope(job), 200, statusHeaders(job));";
const on = { exercise: "05-when-to-use-202", side: "server" } as const;

/** Other right ways to choose between 200 and 202. */
export const choosers: readonly Variant[] = [
  {
    ...on,
    name: "a-shorter-window",
    when: "A second is all that the gateway leaves.",
    edits: [swap("const windowMs = 2000;", "const windowMs = 1000;")],
  },
  {
    ...on,
    name: "failures-as-422",
    when: "A failure that is known at once is an ordinary error answer.",
    edits: [
      swap(quick, `if (job.state.status === "failed") return c.json({ error: job.state.error }, 422);\n  ${quick}`),
    ],
  },
  {
    ...on,
    name: "200-with-a-location",
    when: "The finished job can be read again under its URL.",
    edits: [
      swap(
        quick,
        "if (isSettled(job)) return c.json(envelope(job), 200, { ...statusHeaders(job), Location: `/reports/${job.id}` });",
      ),
    ],
  },
  {
    ...on,
    name: "quick-work-one-at-a-time",
    when: "The work needs the whole machine, and quick work is quick even in a queue.",
    edits: [
      swap("const app = new Hono();", "let queue = Promise.resolve();\n\nconst app = new Hono();"),
      swap(
        waits,
        'const done = queue.then(() => runJob(job, params));\n  if (params.kind === "summary") queue = done;\n  await settledWithin(done, windowMs);',
      ),
    ],
  },
];
