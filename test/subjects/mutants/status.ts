import { swap, type Mutant } from "./cases.ts";

const answer = "return c.json(envelope(job), 200, statusHeaders(job));";
const find = 'const job = jobs.get(c.req.param("id"));';
const unknown = 'if (job === undefined) return c.json({ error: "There is no report with this id." }, 404);';
const work = "await wait(workMs[kind]);";
const completes = 'job.state = { status: "completed", result: await makeReport(params) };';
const appLine = "const app = new Hono();";
const run = "void runJob(job, params);";
const on = { exercise: "04-failing", side: "server" } as const;
const on2 = { exercise: "02-accepted", side: "server" } as const;

/** Changes the responses to polls. The response to the POST stays as it is. */
function whileProcessing(then: string) {
  return swap(answer, `if (job.state.status === "processing") ${then}\n  ${answer}`);
}

/** Replaces the response about a completed job. */
function whenCompleted(then: string) {
  return swap(answer, `if (job.state.status === "completed") ${then}\n  ${answer}`);
}

/** Mistakes in the status resource: while the work runs, when it is done, with many jobs, with an unknown id. */
export const status: readonly Mutant[] = [
  {
    ...on,
    name: "processing-is-202",
    clause: "status.processing",
    remark: "The question for the status was answered: 200. (Some APIs say 202 here; this contract does not.)",
    edits: [whileProcessing("return c.json(envelope(job), 202, statusHeaders(job));")],
  },
  {
    ...on,
    name: "processing-is-204",
    clause: "status.processing",
    remark: "204 has no body, so the client learns nothing.",
    edits: [whileProcessing("return c.body(null, 204, statusHeaders(job));")],
  },
  {
    ...on,
    name: "processing-is-404",
    clause: "status.processing",
    remark: "404 says that there is no such job, and a client gives up.",
    edits: [whileProcessing('return c.json({ error: "Not ready yet." }, 404);')],
  },
  {
    ...on,
    name: "pending-in-polls",
    clause: "status.processing",
    remark: "The agreed word is `processing`, here as in the answer to the POST.",
    edits: [whileProcessing('return c.json({ id: job.id, status: "pending" }, 200, statusHeaders(job));')],
  },
  {
    ...on,
    name: "result-too-early",
    clause: "status.processing",
    remark: "A result beside `processing`: which of the two shall the client believe?",
    edits: [whileProcessing("return c.json({ ...envelope(job), result: {} }, 200, statusHeaders(job));")],
  },
  {
    ...on2,
    name: "stored-when-done",
    clause: "status.processing",
    remark: "The record is stored when the work ends. Until then the status is 404.",
    edits: [swap("jobs.set(job.id, job);\n", "")],
  },
  {
    ...on,
    name: "seconds-for-milliseconds",
    clause: "status.processing",
    remark: "setTimeout counts in milliseconds: the work of 5 s was done in 5 ms.",
    edits: [swap("{ summary: 500, full: 5000 }", "{ summary: 0.5, full: 5 }")],
  },
  {
    ...on,
    name: "polls-without-the-id",
    clause: "status.processing",
    remark: "The answer does not say which job it speaks of.",
    edits: [whileProcessing("return c.json(job.state, 200, statusHeaders(job));")],
  },
  {
    ...on,
    name: "polls-in-text",
    clause: "status.processing",
    remark: "The content type says text/plain.",
    edits: [whileProcessing("return c.text(JSON.stringify(envelope(job)), 200, statusHeaders(job));")],
  },
  {
    ...on,
    name: "never-completes",
    clause: "status.completed",
    remark: "The result is made and thrown away: nobody writes it into the record.",
    edits: [swap(completes, "await makeReport(params);")],
  },
  {
    ...on2,
    name: "copy-completes",
    clause: "status.completed",
    remark: "A copy of the record is completed; the one in the Map is not.",
    edits: [
      swap(
        'jobs.set(id, { id, status: "completed", result });',
        'Object.assign({ ...jobs.get(id) }, { status: "completed", result });',
      ),
    ],
  },
  ...["done", "complete", "Completed", "success"].map((word): Mutant => ({
    ...on,
    name: `says-${word === "Completed" ? "completed-with-a-capital" : word}`,
    clause: "status.completed",
    remark: `"${word}" for "completed": a client compares letter by letter.`,
    edits: [whenCompleted(`return c.json({ ...envelope(job), status: "${word}" }, 200, statusHeaders(job));`)],
  })),
  {
    ...on,
    name: "completed-is-201",
    clause: "status.completed",
    remark: "The report was created, but this answers a GET: 200.",
    edits: [whenCompleted("return c.json(envelope(job), 201, statusHeaders(job));")],
  },
  {
    ...on,
    name: "result-spread",
    clause: "status.completed",
    remark: "The result's fields lie beside the id and the status; the agreed place is `result`.",
    edits: [
      whenCompleted(
        'return c.json({ id: job.id, status: "completed", ...job.state.result }, 200, statusHeaders(job));',
      ),
    ],
  },
  {
    ...on,
    name: "result-under-data",
    clause: "status.completed",
    remark: "`data.result` is not `result`.",
    edits: [
      whenCompleted(
        'return c.json({ id: job.id, status: "completed", data: { result: job.state.result } }, 200, statusHeaders(job));',
      ),
    ],
  },
  {
    ...on,
    name: "completed-is-303",
    clause: "status.completed",
    remark: "A redirect to the result is the other design; lesson 10 shows it.",
    edits: [
      whenCompleted("return c.redirect(`/results/${job.id}`, 303);"),
      swap(
        'app.get("/reports/:id",',
        'app.get("/results/:id", (c) => c.json(jobs.get(c.req.param("id"))?.state));\n\napp.get("/reports/:id",',
      ),
    ],
  },
  {
    ...on,
    name: "starts-with-the-next-order",
    clause: "status.completed",
    remark: "Each order starts the work of the one before: the last is never done.",
    edits: [
      swap(appLine, `let next: (() => void) | undefined;\n\n${appLine}`),
      swap(run, "next?.();\n  next = () => void runJob(job, params);"),
    ],
  },
  {
    ...on,
    name: "count-off-by-one",
    clause: "status.result",
    remark: "One book too many.",
    edits: [swap("count: found.length", "count: found.length + 1")],
  },
  {
    ...on,
    name: "count-is-text",
    clause: "status.result",
    remark: "A number in quotes is text.",
    edits: [swap("count: found.length", "count: String(found.length)")],
  },
  {
    ...on,
    name: "total-is-a-number",
    clause: "status.result",
    remark: "`totalBooks` is an object with a `count`.",
    edits: [swap("totalBooks: { count: found.length }", "totalBooks: found.length")],
  },
  {
    ...on,
    name: "no-title",
    clause: "status.result",
    remark: "The title is missing.",
    edits: [swap('title: genre === undefined ? "All books" : `Books of the genre ${genre}`,', "")],
  },
  {
    ...on,
    name: "time-is-a-number",
    clause: "status.result",
    remark: "Milliseconds since 1970 are no RFC 3339 date-time.",
    edits: [swap("new Date().toISOString()", "Date.now()")],
  },
  {
    ...on,
    name: "time-in-local-words",
    clause: "status.result",
    remark: "A date as this machine's people write it: others read it as another day.",
    edits: [swap("new Date().toISOString()", "new Date().toLocaleString()")],
  },
  {
    ...on,
    name: "time-without-offset",
    clause: "status.result",
    remark: "Without Z or an offset nobody knows which hour it is.",
    edits: [swap("new Date().toISOString()", "new Date().toISOString().slice(0, 19)")],
  },
  {
    ...on,
    name: "genre-ignored",
    clause: "status.result",
    remark: "All books are counted, whatever the genre.",
    edits: [swap("totalBooks: { count: found.length }", "totalBooks: { count: books.length }")],
  },
  {
    ...on,
    name: "genre-includes",
    clause: "status.result",
    remark: '"science fiction" includes "fiction": compare with ===.',
    edits: [swap("book.genre === genre", "book.genre.includes(genre)")],
  },
  {
    ...on2,
    name: "absent-genre-counts-nothing",
    clause: "status.result",
    remark: "No genre means all books, not those whose genre is undefined.",
    edits: [swap("genre === undefined || book.genre === genre", "book.genre === genre")],
  },
  {
    ...on,
    name: "one-result-for-all",
    clause: "status.isolated",
    remark: "The result lies in one variable for all jobs: each shows what was made last.",
    edits: [
      swap(appLine, `let last: Report;\n\n${appLine}`),
      swap(
        completes,
        'last = await makeReport(params);\n    job.state = { status: "completed", get result() { return last; } };',
      ),
    ],
  },
  {
    ...on,
    name: "params-in-a-module-variable",
    clause: "status.isolated",
    remark: "The params lie in a variable of the module: the next order overwrites them before the work reads them.",
    edits: [
      swap(appLine, `let order: ReportParams;\n\n${appLine}`),
      swap("const order = parseOrder", "const parsed = parseOrder"),
      swap(
        "if (!order.ok) return c.json({ error: order.error }, 400);\n  const { params } = order;",
        "if (!parsed.ok) return c.json({ error: parsed.error }, 400);\n  const { params } = parsed;\n  order = params;",
      ),
      swap(
        "book) => genre === undefined || book.genre === genre",
        "book) => order.genre === undefined || book.genre === order.genre",
      ),
    ],
  },
  {
    ...on,
    name: "first-to-finish-completes-all",
    clause: "status.isolated",
    remark: "Whoever finishes writes into every job that is still at work.",
    edits: [
      swap(
        completes,
        `const result = await makeReport(params);
    for (const other of jobs.values()) if (other.state.status === "processing") other.state = { status: "completed", result };`,
      ),
    ],
  },
  {
    ...on,
    name: "one-state-for-all",
    clause: "status.isolated",
    remark: "All jobs share one state object.",
    edits: [
      swap(appLine, `const shared: { state: JobState } = { state: { status: "processing" } };\n\n${appLine}`),
      swap(run, "shared.state = job.state;\n  void runJob(job, params).then(() => (shared.state = job.state));"),
      swap(
        answer,
        "return c.json({ id: job.id, ...shared.state }, 200, statusHeaders({ ...job, state: shared.state }));",
      ),
    ],
  },
  {
    ...on,
    name: "deleted-when-read",
    clause: "status.settled",
    remark: "The first to read the result is the last. A client whose connection broke never gets it.",
    edits: [swap(answer, `if (job.state.status === "completed") jobs.delete(job.id);\n  ${answer}`)],
  },
  {
    ...on,
    name: "made-anew-at-every-read",
    clause: "status.settled",
    remark: "The report says at every GET that it was made just now.",
    edits: [
      whenCompleted(
        "return c.json({ ...envelope(job), result: { ...job.state.result, generatedAt: new Date().toISOString() } }, 200, statusHeaders(job));",
      ),
    ],
  },
  {
    ...on,
    name: "a-read-starts-the-work-again",
    clause: "status.settled",
    remark: "Reading a finished report orders it anew, and its result changes.",
    edits: [
      swap(appLine, `const orders = new Map<string, ReportParams>();\n\n${appLine}`),
      swap(run, "orders.set(job.id, params);\n  void runJob(job, params);"),
      swap(
        answer,
        `const again = orders.get(job.id);\n  if (job.state.status === "completed" && again) void runJob(job, again);\n  ${answer}`,
      ),
    ],
  },
  {
    ...on,
    name: "interval-for-the-work",
    clause: "status.settled",
    remark: "setInterval where setTimeout was meant: the work is done again every five seconds.",
    edits: [
      swap(
        run,
        "void runJob(job, params);\n  const again = setInterval(() => void runJob(job, params), workMs[params.kind]);\n  again.unref();",
      ),
    ],
  },
  {
    ...on,
    name: "back-to-processing",
    clause: "status.settled",
    remark: "A minute after completion the job is processing again.",
    edits: [
      swap(completes, `${completes}\n    setTimeout(() => (job.state = { status: "processing" }), 55_000).unref();`),
    ],
  },
  {
    ...on,
    name: "gone-within-the-hour",
    clause: "status.settled",
    remark: "The job is forgotten half an hour after it finished: nobody was told.",
    edits: [swap(completes, `${completes}\n    setTimeout(() => jobs.delete(job.id), 1_800_000).unref();`)],
  },
  {
    ...on,
    name: "a-poll-starts-it-again",
    clause: "status.safe",
    remark: "Each GET of a job at work begins the work once more.",
    edits: [
      swap(appLine, `const orders = new Map<string, ReportParams>();\n\n${appLine}`),
      swap(run, "orders.set(job.id, params);\n  void runJob(job, params);"),
      swap(
        answer,
        `const again = orders.get(job.id);\n  if (job.state.status === "processing" && again) void runJob(job, again);\n  ${answer}`,
      ),
    ],
  },
  ...[
    { name: "a-poll-delays-it", by: "500", remark: "Each GET puts the work off: a busy client never sees its end." },
    { name: "a-poll-hastens-it", by: "-100", remark: "Each GET moves the work on: it runs at the clients' pace." },
  ].map(({ name, by, remark }): Mutant => ({
    ...on,
    name,
    clause: "status.safe",
    remark,
    edits: [
      swap("readonly dueAt", "dueAt"),
      swap("await makeReport(params)", "await makeReport(params, job)"),
      swap("makeReport({ genre, kind }: ReportParams)", "makeReport({ genre }: ReportParams, job: Job)"),
      swap(work, "while (Date.now() < job.dueAt) await wait(20);"),
      swap(answer, `job.dueAt += ${by};\n  ${answer}`),
    ],
  })),
  {
    ...on,
    name: "unknown-is-500",
    clause: "status.unknown",
    remark: "The record is read before anybody looks whether there is one.",
    edits: [swap(unknown, 'if (job === undefined) throw new TypeError("Cannot read properties of undefined");')],
  },
  {
    ...on,
    name: "unknown-is-null",
    clause: "status.unknown",
    remark: "200 and null: a client sees a success without a status.",
    edits: [swap(unknown, "if (job === undefined) return c.json(null);")],
  },
  {
    ...on,
    name: "unknown-is-processing",
    clause: "status.unknown",
    remark: "Whatever is no job yet is said to be at work: a client with a wrong id polls for ever.",
    edits: [swap(unknown, 'if (job === undefined) return c.json({ id: c.req.param("id"), status: "processing" });')],
  },
  {
    ...on,
    name: "unknown-in-text",
    clause: "status.unknown",
    remark: "404 is right; the framework's own says it in text/plain.",
    edits: [swap(unknown, "if (job === undefined) return c.notFound();")],
  },
  {
    ...on,
    name: "unknown-in-html",
    clause: "status.unknown",
    remark: "404 is right; its body must be JSON.",
    edits: [swap(unknown, 'if (job === undefined) return c.html("<h1>Not found</h1>", 404);')],
  },
  {
    ...on,
    name: "unknown-is-empty",
    clause: "status.unknown",
    remark: "404 is right; say in JSON what was not found.",
    edits: [swap(unknown, "if (job === undefined) return c.body(null, 404);")],
  },
  {
    ...on,
    name: "jobs-in-an-object",
    clause: "status.unknown",
    remark: "An object inherits `toString` and `constructor`: they are found, though nobody ordered them.",
    edits: [
      swap("const jobs = new Map<string, Job>();", "const jobs: Record<string, Job> = {};"),
      swap("jobs.set(job.id, job);", "jobs[job.id] = job;"),
      swap(find, 'const job = jobs[c.req.param("id")];'),
      swap(
        answer,
        `if (!("state" in job)) return c.json({ id: c.req.param("id"), status: "processing" });\n  ${answer}`,
      ),
    ],
  },
  {
    ...on,
    name: "completed-without-the-id",
    clause: "status.completed",
    remark: "The answer does not say which job it speaks of.",
    edits: [whenCompleted("return c.json(job.state, 200, statusHeaders(job));")],
  },
  {
    ...on,
    name: "result-as-text",
    clause: "status.completed",
    remark: "The result is JSON within JSON: it was stringified twice.",
    edits: [
      whenCompleted(
        "return c.json({ ...envelope(job), result: JSON.stringify(job.state.result) }, 200, statusHeaders(job));",
      ),
    ],
  },
  {
    ...on,
    name: "completed-in-text",
    clause: "status.completed",
    remark: "The content type says text/plain.",
    edits: [whenCompleted("return c.text(JSON.stringify(envelope(job)), 200, statusHeaders(job));")],
  },
  {
    ...on,
    name: "unknown-is-the-first-job",
    clause: "status.unknown",
    remark: "No such job, so it shows another one. Whose?",
    edits: [swap(find, 'const job = jobs.get(c.req.param("id")) ?? [...jobs.values()][0];')],
  },
  {
    ...on,
    name: "unknown-is-200",
    clause: "status.unknown",
    remark: "The error is in the body, and the status line says that all is well.",
    edits: [swap(unknown, 'if (job === undefined) return c.json({ error: "There is no report with this id." });')],
  },
  {
    ...on,
    name: "always-has-a-result",
    clause: "status.processing",
    remark: "An empty result is a result: a client that looks for the field thinks that the report is there.",
    edits: [swap("return { id, ...state };", "return { id, result: {}, ...state };")],
  },
  {
    ...on,
    name: "forgotten-when-over",
    clause: "status.completed",
    remark: "The record is deleted as soon as the work is over: nobody can read how it ended.",
    edits: [
      swap(
        '    job.state = { status: "failed", error: describeFailure(error) };\n  }',
        '    job.state = { status: "failed", error: describeFailure(error) };\n  } finally {\n    jobs.delete(job.id);\n  }',
      ),
    ],
  },
  {
    ...on,
    name: "local-time-as-utc",
    clause: "status.result",
    remark: "The local time with a Z behind it: hours off, wherever it is not UTC.",
    edits: [
      swap(
        "generatedAt: new Date().toISOString(),",
        'generatedAt: `${new Date().toLocaleString("sv-SE").replace(" ", "T")}Z`,',
      ),
    ],
  },
  {
    ...on,
    name: "makes-room-at-the-next-order",
    clause: "status.isolated",
    remark: "Each order throws out the jobs that are done, read or not.",
    edits: [
      swap(
        "jobs.set(job.id, job);",
        'for (const [id, { state }] of jobs) if (state.status !== "processing") jobs.delete(id);\n  jobs.set(job.id, job);',
      ),
    ],
  },
  {
    ...on,
    name: "unknown-token-is-500",
    clause: "status.unknown",
    remark: "The token of the Location is looked up, and nobody asks whether it was found.",
    edits: [
      swap("Location: `/reports/${job.id}`", "Location: `/jobs/${tokenOf(job.id)}/state`"),
      swap('app.get("/reports/:id", (c) => {', 'app.get("/jobs/:token/state", (c) => {'),
      swap(find, 'const job = jobs.get(tokenOf(c.req.param("token")));'),
      swap(unknown, 'if (job === undefined) throw new TypeError("Cannot read properties of undefined");'),
      swap(appLine, `const tokenOf = (id: string) => [...id].reverse().join("");\n${appLine}`),
    ],
  },
  {
    ...on,
    name: "every-answer-is-202",
    clause: "status.processing",
    remark: "The answer of the POST was copied, with its 202: no status is ever answered 200.",
    edits: [swap(answer, "return c.json(envelope(job), 202, statusHeaders(job));")],
  },
  {
    ...on,
    name: "words-in-capitals",
    clause: "status.processing",
    remark: "The view writes the words in capitals: no client knows one of them.",
    edits: [
      swap(
        answer,
        "return c.json({ ...envelope(job), status: job.state.status.toUpperCase() }, 200, statusHeaders(job));",
      ),
    ],
  },
  {
    ...on,
    name: "state-for-status",
    clause: "status.processing",
    remark: "The field is called `state` in the record, and so it went onto the wire.",
    edits: [swap(answer, "return c.json({ id: job.id, state: job.state }, 200, statusHeaders(job));")],
  },
];
