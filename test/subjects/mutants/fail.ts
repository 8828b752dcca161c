import { swap, type Mutant } from "./cases.ts";

const appLine = "const app = new Hono();";
const run = "void runJob(job, params);";
const answer = "return c.json(envelope(job), 200, statusHeaders(job));";
const completes = 'job.state = { status: "completed", result: await makeReport(params) };';
const fails = 'job.state = { status: "failed", error: describeFailure(error) };';
const body = `  try {
    ${completes}
  } catch (error) {
    ${fails}
  }
`;
const on = { exercise: "04-failing", side: "server" } as const;

/** Replaces the response about a failed job. */
function whenFailed(then: string) {
  return swap(answer, `if (job.state.status === "failed") ${then}\n  ${answer}`);
}

/** Replaces the text of the error. */
function told(text: string) {
  return swap(fails, `job.state = { status: "failed", error: ${text} };`);
}

/** Mistakes about work that fails. */
export const fail: readonly Mutant[] = [
  {
    ...on,
    name: "refused-at-once",
    clause: "fail.accepted",
    remark: "Accepting cannot look into the warehouse. (Where it can, refusing early is the better design.)",
    edits: [
      swap(
        "const { params } = order;",
        "const { params } = order;\n  const { genre } = params;\n  if (genre !== undefined && !books.some((book) => book.genre === genre)) return c.json({ error: `No book has the genre ${genre}.` }, 400);",
      ),
    ],
  },
  {
    ...on,
    name: "no-catch",
    clause: "fail.survives",
    remark: "Nobody catches what the work throws: an unhandled rejection ends the process, and all other jobs with it.",
    edits: [swap(body, `  ${completes}\n`), swap("function describeFailure", "export function describeFailure")],
  },
  {
    ...on,
    name: "try-around-a-call-not-awaited",
    clause: "fail.survives",
    remark: "try/catch sees only what is awaited inside it.",
    edits: [
      swap(
        body,
        `  try {\n    void makeReport(params).then((result) => (job.state = { status: "completed", result }));\n  } catch (error) {\n    ${fails}\n  }\n`,
      ),
    ],
  },
  {
    ...on,
    name: "the-catch-throws",
    clause: "fail.survives",
    remark: "The error is logged and thrown again, and there is nobody above.",
    edits: [swap(fails, `${fails}\n    throw error;`)],
  },
  {
    ...on,
    name: "catch-only-logs",
    clause: "fail.reported",
    remark: "The log knows that the job failed. The client polls for ever.",
    edits: [swap(fails, "console.error(describeFailure(error));")],
  },
  {
    ...on,
    name: "finally-completes",
    clause: "fail.reported",
    remark: "`finally` runs after a failure too: the job is called completed, with no result.",
    edits: [
      swap(
        body,
        `  let result: Report | undefined;
  try {
    result = await makeReport(params);
  } catch (error) {
    console.error(describeFailure(error));
  } finally {
    job.state = { status: "completed", result };
  }
`,
      ),
    ],
  },
  {
    ...on,
    name: "error-as-an-object",
    clause: "fail.reported",
    remark: "JSON has no word for an Error: it becomes {}.",
    edits: [told("error")],
  },
  {
    ...on,
    name: "throws-text",
    clause: "fail.reported",
    remark: "What is thrown is a string; its `message` is undefined, and JSON leaves that out.",
    edits: [
      swap("throw new ReportError(`No book has the genre ${genre}.`)", "throw `No book has the genre ${genre}.`"),
      told("error.message"),
    ],
  },
  {
    ...on,
    name: "completed-with-an-error",
    clause: "fail.reported",
    remark: "Completed, with an error beside it: a client takes the missing result.",
    edits: [swap(fails, 'job.state = { status: "completed", error: describeFailure(error) };')],
  },
  {
    ...on,
    name: "stale-result-kept",
    clause: "fail.reported",
    remark: "A result beside the error: which of the two holds?",
    edits: [
      swap(
        fails,
        'job.state = { status: "failed", error: describeFailure(error), result: { totalBooks: { count: 0 } } };',
      ),
    ],
  },
  {
    ...on,
    name: "error-under-another-name",
    clause: "fail.reported",
    remark: "The agreed field is `error`.",
    edits: [
      whenFailed('return c.json({ id: job.id, status: "failed", reason: job.state.error }, 200, statusHeaders(job));'),
    ],
  },
  {
    ...on,
    name: "failure-written-elsewhere",
    clause: "fail.reported",
    remark: "The catch writes its record under the genre, not under the job's id.",
    edits: [
      swap(
        fails,
        'jobs.set(params.genre ?? "", { ...job, state: { status: "failed", error: describeFailure(error) } });',
      ),
    ],
  },
  {
    ...on,
    name: "says-error",
    clause: "fail.reported",
    remark: '"error" for "failed": a client compares letter by letter.',
    edits: [whenFailed('return c.json({ ...envelope(job), status: "error" }, 200, statusHeaders(job));')],
  },
  {
    ...on,
    name: "rejections-swallowed",
    clause: "fail.reported",
    remark: "A listener for unhandled rejections keeps the process alive, and the job at work for ever.",
    edits: [
      swap(body, `  ${completes}\n`),
      swap("function describeFailure", "export function describeFailure"),
      swap(appLine, `process.on("unhandledRejection", () => {});\n\n${appLine}`),
    ],
  },
  ...[500, 424, 404, 422].map((code): Mutant => ({
    ...on,
    name: `failed-is-${code}`,
    clause: "fail.ok-status",
    remark: `Asking for the status succeeded; ${code} says that it did not.`,
    edits: [whenFailed(`return c.json(envelope(job), ${code}, statusHeaders(job));`)],
  })),
  {
    ...on,
    name: "internal-error",
    clause: "fail.says-why",
    remark: "The client cannot tell what to do better. Name what was wrong with its order.",
    edits: [told('"Internal error"')],
  },
  {
    ...on,
    name: "object-object",
    clause: "fail.says-why",
    remark: "An object was made into text.",
    edits: [told("`Failed: ${{ error }}`")],
  },
  {
    ...on,
    name: "undefined-as-error",
    clause: "fail.says-why",
    remark: "A missing message was made into the word undefined.",
    edits: [told("String(undefined)")],
  },
  {
    ...on,
    name: "error-as-empty-json",
    clause: "fail.says-why",
    remark: "JSON.stringify of an Error is {}.",
    edits: [told("JSON.stringify(error)")],
  },
  {
    ...on,
    name: "shows-the-stack",
    clause: "fail.discreet",
    remark: "The stack trace shows the inside of your machine to everyone.",
    edits: [told("error.stack")],
  },
  {
    ...on,
    name: "shows-a-path",
    clause: "fail.discreet",
    remark: "The path of the file that was read is nobody's business.",
    edits: [told("`${describeFailure(error)} (looked in ${process.cwd()}/lessons/books.json)`")],
  },
  {
    ...on,
    name: "stack-beside-the-error",
    clause: "fail.discreet",
    remark: "The error is well said; the field beside it shows the stack.",
    edits: [swap(fails, 'job.state = { status: "failed", error: describeFailure(error), debug: error.stack };')],
  },
  {
    ...on,
    name: "one-failure-fails-all",
    clause: "fail.isolated",
    remark: "The catch marks every job that is at work.",
    edits: [
      swap(
        fails,
        `${fails}\n    for (const other of jobs.values()) if (other.state.status === "processing") other.state = job.state;`,
      ),
    ],
  },
  {
    ...on,
    name: "queue-stops-after-a-failure",
    clause: "fail.isolated",
    remark: "One rejected link breaks the chain: nothing behind it is ever done.",
    edits: [
      swap(appLine, `let queue: Promise<unknown> = Promise.resolve();\n\n${appLine}`),
      swap(run, "queue = queue.then(() => runJob(job, params));\n  queue.catch(() => {});"),
      swap(fails, `${fails}\n    throw error;`),
    ],
  },
  {
    ...on,
    name: "failed-is-retried",
    clause: "status.settled",
    remark: "Failed, then processing again: a client that has read `failed` has told its user.",
    edits: [swap(fails, `${fails}\n    setTimeout(() => (job.state = { status: "processing" }), 8000).unref();`)],
  },
  {
    ...on,
    name: "failed-forgets-its-error",
    clause: "status.settled",
    remark: "The error can be read once.",
    edits: [
      swap(
        answer,
        `const shown = envelope(job);\n  if (job.state.status === "failed") job.state = { status: "failed", error: "It failed." };\n  return c.json(shown, 200, statusHeaders(job));`,
      ),
    ],
  },
  {
    ...on,
    name: "exits",
    clause: "fail.survives",
    remark: "A failed job is no reason to end the process: all other jobs end with it.",
    edits: [swap(fails, `${fails}\n    process.exit(1);`)],
  },
  {
    ...on,
    name: "throws-in-a-callback",
    clause: "fail.survives",
    remark: "What is thrown in a timer's callback passes every try: it is an uncaught exception.",
    edits: [swap(fails, `${fails}\n    setTimeout(() => {\n      throw error;\n    });`)],
  },
  {
    ...on,
    name: "inspected-error",
    clause: "fail.discreet",
    remark: "util.inspect shows all that the Error holds, its stack too.",
    edits: [
      swap('import { Hono } from "hono";\n', 'import { inspect } from "node:util";\nimport { Hono } from "hono";\n'),
      told("inspect(error)"),
    ],
  },
  {
    ...on,
    name: "the-running-ones-wait-for-the-failed-one",
    clause: "fail.isolated",
    remark: "Jobs are awaited together: Promise.all rejects for all when one of them fails.",
    edits: [
      swap(appLine, `const together: Promise<Report>[] = [];\n\n${appLine}`),
      swap(
        completes,
        `const work = makeReport(params);
    together.push(work);
    const result = await work;
    await Promise.all(together);
    job.state = { status: "completed", result };`,
      ),
    ],
  },
  {
    ...on,
    name: "says-where-it-was-thrown",
    clause: "fail.discreet",
    remark: "The first frame of the stack, put behind the sentence, is still the inside of the machine.",
    edits: [told('`${describeFailure(error)} ${error.stack.split("\\n")[1].trim()}`')],
  },
  {
    ...on,
    name: "failed-without-the-id",
    clause: "fail.reported",
    remark: "The failed answer is the state alone; the id that the other answers have is missing.",
    edits: [whenFailed("return c.json(job.state);")],
  },
  {
    ...on,
    name: "path-in-a-header",
    clause: "fail.discreet",
    remark: "A header for debugging tells where the log is.",
    edits: [whenFailed('c.header("X-Log", `${process.cwd()}/reports.log`);')],
  },
  {
    ...on,
    name: "looks-for-ever",
    clause: "fail.survives",
    remark: "The work looks for a book until it finds one, and never gives the turn back.",
    edits: [
      swap(
        "if (found.length === 0) throw new ReportError(`No book has the genre ${genre}.`);",
        "while (found.length === 0) {\n    // look again\n  }",
      ),
    ],
  },
];
