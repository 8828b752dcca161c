import { swap, type Variant } from "../mutants/cases.ts";
import { whole } from "./whole.ts";

const newId = "id: crypto.randomUUID(),";
const at = "Location: `/reports/${job.id}`";
const accepts = "return c.json(envelope(job), 202, { ...statusHeaders(job), Location: `/reports/${job.id}` });";
const answer = "return c.json(envelope(job), 200, statusHeaders(job));";
const find = 'const job = jobs.get(c.req.param("id"));';
const unknown = 'if (job === undefined) return c.json({ error: "There is no report with this id." }, 404);';
const refuse = "if (!order.ok) return c.json({ error: order.error }, 400);";
const work = "await wait(workMs[kind]);";
const run = "void runJob(job, params);";
const appLine = "const app = new Hono();";
const store = "const jobs = new Map<string, Job>();";
const seconds = "return Math.max(1, Math.ceil((job.dueAt - Date.now()) / 1000));";
const fails = 'job.state = { status: "failed", error: describeFailure(error) };';
const first = 'import { Hono } from "hono";\n';
const on = { exercise: "04-failing", side: "server" } as const;

/** Some work on the processor before the report is generated. */
function really(imports: string, step: string) {
  return [swap(first, `${first}${imports}\n`), swap(work, `${work}\n  ${step}`)];
}

/** Other right servers, with other URLs, ids, headers, stores and ways to work. */
export const servers: readonly Variant[] = [
  {
    ...on,
    name: "location-absolute",
    when: "Clients that cannot resolve a relative URL are to be served too.",
    edits: [swap(at, "Location: new URL(`/reports/${job.id}`, c.req.url).href")],
  },
  {
    ...on,
    name: "location-relative",
    when: "The server may stand behind a path that it does not know.",
    edits: [swap(at, "Location: `reports/${job.id}`")],
  },
  {
    ...on,
    name: "location-with-a-dot",
    when: "The same, written so that nobody takes it for a name.",
    edits: [swap(at, "Location: `./reports/${job.id}#status`")],
  },
  {
    ...on,
    name: "location-without-scheme",
    when: "http and https are both served.",
    edits: [swap(at, "Location: `//${new URL(c.req.url).host}/reports/${job.id}`")],
  },
  {
    ...on,
    name: "location-of-a-public-host",
    when: "A gateway stands before the server, under another name.",
    edits: [swap(at, "Location: `https://reports.example.com/reports/${job.id}`")],
  },
  {
    ...on,
    name: "another-path",
    when: "Jobs of many kinds share one status resource.",
    edits: [
      swap(at, "Location: `/jobs/${job.id}/status`"),
      swap('app.get("/reports/:id",', 'app.get("/jobs/:id/status",'),
    ],
  },
  {
    ...on,
    name: "in-the-query",
    when: "The status is one page with a parameter, as in many older systems.",
    edits: [
      swap(at, "Location: `/status?v=2&job=${job.id}`"),
      swap('app.get("/reports/:id",', 'app.get("/status",'),
      swap(find, 'const job = jobs.get(c.req.query("job") ?? "");'),
    ],
  },
  {
    ...on,
    name: "opaque-location",
    when: "The URL is a secret of its own, which the id in a log does not give away.",
    edits: [
      swap(store, `${store}\nconst tokens = new Map<string, Job>();`),
      swap(
        accepts,
        "const token = crypto.randomUUID().slice(0, 13);\n  tokens.set(token, job);\n  return c.json(envelope(job), 202, { ...statusHeaders(job), Location: `/s/${token}` });",
      ),
      swap('app.get("/reports/:id",', 'app.get("/s/:id",'),
      swap(find, 'const job = tokens.get(c.req.param("id"));'),
    ],
  },
  {
    ...on,
    name: "trailing-slash-redirects",
    when: "A framework puts a slash behind every path.",
    edits: [
      swap(at, "Location: `/reports/${job.id}/`"),
      swap(
        'app.get("/reports/:id",',
        'app.get("/reports/:id/", (c) => c.redirect(`/reports/${c.req.param("id")}`, 308));\n\napp.get("/reports/:id",',
      ),
    ],
  },
  {
    ...on,
    name: "headers-in-capitals",
    when: "A proxy of the old school writes them so.",
    edits: [
      swap(
        accepts,
        'const headers = { ...statusHeaders(job), LOCATION: `/reports/${job.id}`, "CONTENT-TYPE": "application/json" };\n  return new Response(JSON.stringify(envelope(job)), { status: 202, headers });',
      ),
      swap('"Retry-After":', '"RETRY-AFTER":'),
      swap('"Cache-Control":', '"cache-CONTROL":'),
    ],
  },
  {
    ...on,
    name: "with-a-charset",
    when: "The framework writes the charset to every text.",
    edits: [
      swap(
        answer,
        'return c.json(envelope(job), 200, { ...statusHeaders(job), "Content-Type": "application/json; charset=UTF-8" });',
      ),
    ],
  },
  {
    ...on,
    name: "a-media-type-of-its-own",
    when: "The API has a media type of its own.",
    edits: [
      swap(
        accepts,
        'return c.json(envelope(job), 202, { ...statusHeaders(job), Location: `/reports/${job.id}`, "Content-Type": "Application/vnd.report-job+JSON" });',
      ),
      swap(
        answer,
        'return c.json(envelope(job), 200, { ...statusHeaders(job), "Content-Type": "application/vnd.report-job+json; v=1" });',
      ),
    ],
  },
  {
    ...on,
    name: "errors-as-a-list",
    when: "A form shows each error at its field.",
    edits: [
      swap(
        "type Order = { ok: true; params: ReportParams } | { ok: false; error: string };",
        "type Order = { ok: true; params: ReportParams } | { ok: false; error: unknown };",
      ),
      swap(
        'const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);\n  return { ok: false, error: issues.join("; ") };',
        "return { ok: false, error: z.treeifyError(parsed.error) };",
      ),
    ],
  },
  {
    ...on,
    name: "unknown-fields-refused",
    when: "A misspelt field shall not pass in silence.",
    edits: [swap("const paramsSchema = z.object({", "const paramsSchema = z.strictObject({")],
  },
  {
    ...on,
    name: "more-fields-and-headers",
    when: "Clients want links, times and progress.",
    edits: [
      swap(
        "return { id, ...state };",
        "return { id, ...state, links: { self: `/reports/${id}` }, tags: [], attempts: 1, progress: null };",
      ),
      swap(
        answer,
        'return c.json({ ...envelope(job), readAt: Date.now() }, 200, { ...statusHeaders(job), Vary: "Accept", ETag: `"${job.id}-${job.state.status}"`, Link: `</reports/${job.id}>; rel="self"`, "Content-Location": `/reports/${job.id}` });',
      ),
    ],
  },
  {
    ...on,
    name: "null-for-what-is-not-there",
    when: "Every field is in every answer, as typed clients like it.",
    edits: [swap("return { id, ...state };", "return { id, result: null, error: null, ...state };")],
  },
  {
    ...on,
    name: "counter-ids",
    when: "Ids that people can say on the phone.",
    edits: [swap(appLine, `let issued = 41;\n\n${appLine}`), swap(newId, "id: String(++issued),")],
  },
  {
    ...on,
    name: "ulid-ids",
    when: "Ids that sort by time.",
    edits: [
      swap(
        newId,
        'id: `${Date.now().toString(32).padStart(10, "0")}${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`.toUpperCase(),',
      ),
    ],
  },
  {
    ...on,
    name: "hex-ids",
    when: "Ids from a database that makes 12 bytes.",
    edits: [
      swap(
        newId,
        'id: Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join(""),',
      ),
    ],
  },
  {
    ...on,
    name: "ids-to-be-encoded",
    when: "The id names the day and the number, with a slash and a space.",
    edits: [
      swap(newId, "id: `2026/03 ${crypto.randomUUID().slice(0, 8)}+é`,"),
      swap(at, "Location: `/reports/${encodeURIComponent(job.id)}`"),
    ],
  },
  {
    ...on,
    name: "impossible-ids-are-400",
    when: "What is no UUID was never given out, and a look into the store is spared.",
    edits: [
      swap(
        find,
        `const asked = z.uuid().safeParse(c.req.param("id"));\n  if (!asked.success) return c.json({ error: "The id is no UUID." }, 400);\n  const job = jobs.get(asked.data);`,
      ),
    ],
  },
  {
    ...on,
    name: "collection-lists",
    when: "An operator wants to see all jobs.",
    edits: [
      swap(
        "/** The collection takes orders and nothing else",
        'app.get("/reports", (c) => c.json([...jobs.values()].map(envelope)));\n\n/** The collection takes orders and nothing else',
      ),
    ],
  },
  {
    ...on,
    name: "unused-methods-are-404",
    when: "The framework answers so, and nobody minds.",
    edits: [
      swap('app.all("/reports", (c) => c.json({ error: "Only POST is allowed here." }, 405, { Allow: "POST" }));', ""),
    ],
  },
  {
    ...on,
    name: "unused-methods-are-501",
    when: "The server speaks no other methods at all.",
    edits: [
      swap(
        '{ error: "Only POST is allowed here." }, 405, { Allow: "POST" }',
        '{ error: "Only POST is known here." }, 501',
      ),
    ],
  },
  ...["1", "2", "60"].map((text): Variant => ({
    ...on,
    name: `retry-after-${text}`,
    when: "A constant: the server knows how busy it is, not how long a job takes.",
    edits: [swap(seconds, `return job.dueAt > 0 ? ${text} : 1;`)],
  })),
  {
    ...on,
    name: "retry-after-as-a-date",
    when: "The end is known as an instant.",
    edits: [
      swap(
        "String(retryAfterSeconds(job))",
        "new Date(Date.now() + 2000 + 1000 * retryAfterSeconds(job)).toUTCString()",
      ),
    ],
  },
  {
    ...on,
    name: "retry-after-from-the-backlog",
    when: "The wait grows with the number of jobs at work.",
    edits: [
      swap(
        seconds,
        'const busy = [...jobs.values()].filter((one) => one.state.status === "processing").length;\n  return Math.min(60, Math.max(job.dueAt > 0 ? 1 : 2, busy * 5));',
      ),
    ],
  },
  ...["no-cache", "private, max-age=0, must-revalidate", "No-Store, No-Cache"].map((text, index): Variant => ({
    ...on,
    name: `cache-control-${index + 1}`,
    when: `\`${text}\` does the same for this.`,
    edits: [swap('"Cache-Control": "no-store"', `"Cache-Control": "${text}"`)],
  })),
  {
    ...on,
    name: "object-as-store",
    when: "A plain object without a prototype, easy to write to a file.",
    edits: [
      swap(store, "const jobs: Record<string, Job | undefined> = Object.create(null);"),
      swap("jobs.set(job.id, job);", "jobs[job.id] = job;"),
      swap(find, 'const job = jobs[c.req.param("id")];'),
    ],
  },
  {
    ...on,
    name: "frozen-records",
    when: "Records are replaced and never changed.",
    edits: [
      swap("  state: JobState;\n", "  readonly state: JobState;\n"),
      swap(
        'job.state = { status: "completed", result: await makeReport(params) };',
        'const result = await makeReport(params);\n    jobs.set(job.id, Object.freeze({ ...job, state: { status: "completed", result } }));',
      ),
      swap(
        fails,
        'jobs.set(job.id, Object.freeze({ ...job, state: { status: "failed", error: describeFailure(error) } }));',
      ),
    ],
  },
  {
    ...on,
    name: "worker-looks-every-two-seconds",
    when: "The queue is a table, and a worker looks into it now and then.",
    edits: [
      swap(run, "waiting.push({ job, params });"),
      swap(
        appLine,
        `const waiting: { job: Job; params: ReportParams }[] = [];

setInterval(() => {
  for (const { job, params } of waiting.splice(0)) void runJob(job, params);
}, 2000).unref();

${appLine}`,
      ),
    ],
  },
  {
    ...on,
    name: "failure-at-once",
    when: "The work looks for the genre first, before it begins to count.",
    edits: [
      swap("  await wait(workMs[kind]);\n", ""),
      swap(
        "throw new ReportError(`No book has the genre ${genre}.`);\n",
        "throw new ReportError(`No book has the genre ${genre}.`);\n  await wait(workMs[kind]);\n",
      ),
    ],
  },
  {
    ...on,
    name: "error-with-a-code",
    when: "Programs decide on the code, people read the text.",
    edits: [
      swap(
        "return { id, ...state };",
        'return { id, ...state, ...(state.status === "failed" ? { code: "unknown-genre", help: "https://docs.example.com/genres" } : {}) };',
      ),
    ],
  },
  {
    ...on,
    name: "time-with-an-offset",
    when: "Reports carry the shop's own time.",
    edits: [
      swap("new Date().toISOString()", 'new Date(Date.now() + 2 * 3_600_000).toISOString().replace("Z", "+02:00")'),
    ],
  },
  {
    ...on,
    name: "time-in-the-zone-of-the-machine",
    when: "The machine's zone is the shop's, and the offset says which it is.",
    edits: [
      swap("generatedAt: new Date().toISOString(),", "generatedAt: localTime(new Date()),"),
      swap(
        "function wait(",
        'function localTime(date: Date): string {\n  const offset = -date.getTimezoneOffset();\n  const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, "0");\n  const shifted = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);\n  return `${shifted}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;\n}\n\nfunction wait(',
      ),
    ],
  },
  {
    ...on,
    name: "waits-with-timers-promises",
    when: "Node only.",
    edits: really('import { setTimeout as sleep } from "node:timers/promises";', "await sleep(0);").map((one) =>
      one.find === work ? swap(work, "await sleep(workMs[kind]);") : one,
    ),
  },
  {
    ...on,
    name: "waits-with-scheduler",
    when: "Node only.",
    edits: [
      swap(first, `${first}import { scheduler } from "node:timers/promises";\n`),
      swap(work, "await scheduler.wait(workMs[kind]);"),
    ],
  },
  {
    ...on,
    name: "waits-in-steps",
    when: "The work has many small steps.",
    edits: [swap(work, "for (let step = 0; step < 10; step++) await wait(workMs[kind] / 10);")],
  },
  {
    ...on,
    name: "waits-for-an-interval",
    when: "Something else sets a flag; the work looks for it.",
    edits: [
      swap(
        work,
        "const until = Date.now() + workMs[kind];\n  await new Promise<void>((resolve) => {\n    const timer = setInterval(() => {\n      if (Date.now() < until) return;\n      clearInterval(timer);\n      resolve();\n    }, 50);\n  });",
      ),
    ],
  },
  {
    ...on,
    name: "waits-for-an-abort-signal",
    when: "The work has a time limit as its clock.",
    edits: [
      swap(
        work,
        "const over = AbortSignal.timeout(workMs[kind]);\n  const keepAlive = setInterval(() => {}, 1000);\n  await new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));\n  clearInterval(keepAlive);",
      ),
    ],
  },
  {
    ...on,
    name: "reads-a-file",
    when: "The catalogue is read anew for every report.",
    edits: really('import { readFile } from "node:fs/promises";', 'await readFile("lessons/books.json", "utf8");'),
  },
  {
    ...on,
    name: "digests",
    when: "The report is signed.",
    edits: really("", 'await crypto.subtle.digest("SHA-256", new TextEncoder().encode(String(genre)));'),
  },
  {
    ...on,
    name: "derives-a-key",
    when: "The report is sealed with a key.",
    edits: really(
      'import { pbkdf2 } from "node:crypto";\nimport { promisify } from "node:util";',
      'await promisify(pbkdf2)("secret", "salt", 1000, 32, "sha256");',
    ),
  },
  {
    ...on,
    name: "gzips",
    when: "The report is stored packed.",
    edits: really(
      'import { gzip } from "node:zlib";\nimport { promisify } from "node:util";',
      "await promisify(gzip)(JSON.stringify(books));",
    ),
  },
  {
    ...on,
    name: "imports-late",
    when: "A heavy library is loaded when it is needed.",
    edits: really("", 'const { z: late } = await import("zod");\n  late.string().optional().parse(genre);'),
  },
  {
    ...on,
    name: "reads-a-file-before-answering",
    when: "The order is checked against a list on disk.",
    edits: [
      swap(first, `${first}import { readFile } from "node:fs/promises";\n`),
      swap("const { params } = order;", 'const { params } = order;\n  await readFile("lessons/books.json");'),
    ],
  },
  {
    ...on,
    name: "answers-in-a-while",
    when: "A database takes a third of a second to store the job.",
    edits: [swap("  jobs.set(job.id, job);\n", "  await wait(300);\n  jobs.set(job.id, job);\n")],
  },
  {
    ...on,
    name: "refusals-have-a-request-id",
    when: "Support asks for the id of the request that went wrong.",
    edits: [swap(refuse, "if (!order.ok) return c.json({ id: crypto.randomUUID(), error: order.error }, 400);")],
  },
  {
    ...on,
    name: "unknown-repeats-the-id",
    when: "The message shall say what was asked for.",
    edits: [
      swap(
        unknown,
        'if (job === undefined) return c.json({ id: c.req.param("id"), error: { code: 404, message: "not found" } }, 404);',
      ),
    ],
  },
  {
    ...on,
    name: "status-from-a-slow-store",
    when: "The store is across the network.",
    edits: [swap('app.get("/reports/:id", (c) => {', 'app.get("/reports/:id", async (c) => {\n  await wait(40);')],
  },
  {
    ...on,
    name: "middleware",
    when: "The API logs, times and serves pages of other origins.",
    edits: [
      swap(
        first,
        `${first}import { cors } from "hono/cors";\nimport { logger } from "hono/logger";\nimport { secureHeaders } from "hono/secure-headers";\nimport { timing } from "hono/timing";\n`,
      ),
      swap(
        appLine,
        `${appLine}\napp.use(logger(), timing(), secureHeaders(), cors({ origin: "*", exposeHeaders: ["Location", "Retry-After"] }));`,
      ),
    ],
  },
  {
    ...on,
    name: "validator-middleware",
    when: "Validation is the framework's.",
    edits: [
      swap(
        first,
        'import { Hono } from "hono";\nimport { HTTPException } from "hono/http-exception";\nimport { validator } from "hono/validator";\n',
      ),
      swap(
        appLine,
        `${appLine}\napp.onError((error, c) => c.json({ error: error.message }, error instanceof HTTPException ? error.status : 500));`,
      ),
      swap(
        'app.post("/reports", async (c) => {',
        `const check = validator("json", (value, c) => {
  const parsed = paramsSchema.safeParse(value);
  return parsed.success ? parsed.data : c.json({ error: parsed.error.issues }, 422);
});

app.post("/reports", check, async (c) => {`,
      ),
      swap(
        `const order = parseOrder(await c.req.text());\n  ${refuse}\n  const { params } = order;`,
        'const params = c.req.valid("json");',
      ),
    ],
  },
  {
    ...on,
    name: "app-mounted-in-another",
    when: "The reports are one part of a greater API.",
    edits: [
      swap(
        "export default app;",
        'const whole = new Hono().get("/", (c) => c.text("hello")).route("/", app);\n\nexport default { fetch: (request: Request) => whole.fetch(request) };',
      ),
    ],
  },
  {
    ...on,
    name: "work-in-a-transform",
    when: "The report is a stream of rows.",
    edits: [
      swap(
        work,
        "const rows = new ReadableStream({\n    async start(controller) {\n      await wait(workMs[kind]);\n      controller.close();\n    },\n  });\n  for await (const row of rows) console.log(row);",
      ),
    ],
  },
  {
    ...on,
    name: "plain-fetch-handler",
    when: "No framework: a fetch handler runs anywhere.",
    source: whole("plain-fetch.server.ts"),
  },
  {
    ...on,
    name: "class-as-store",
    when: "The store shall be exchanged for a database later.",
    source: whole("class-store.server.ts"),
  },
  {
    ...on,
    name: "status-from-a-timestamp",
    when: "The work is another system's, and only its end is known.",
    source: whole("timestamp.server.ts"),
  },
  {
    ...on,
    name: "worker-thread",
    when: "The work is heavy computing, and must not hold up requests.",
    source: whole("worker-thread.server.ts"),
  },
  {
    ...on,
    name: "ids-of-four-digits",
    when: "Ids are read out on the telephone, and what has another length cannot be one.",
    edits: [
      swap(newId, 'id: `job-${String(jobs.size + 1).padStart(4, "0")}`,'),
      swap(
        find,
        `if (!/^job-\\d{4}$/.test(c.req.param("id"))) return c.json({ error: "That is no id." }, 400);\n  ${find}`,
      ),
    ],
  },
  {
    ...on,
    name: "ids-of-six-digits-at-random",
    when: "Short ids that tell nobody how many there are.",
    edits: [
      swap(newId, "id: String(100_000 + Math.floor(Math.random() * 900_000)),"),
      swap(
        find,
        `if (!/^[1-9]\\d{5}$/.test(c.req.param("id"))) return c.json({ error: "That is no id." }, 400);\n  ${find}`,
      ),
    ],
  },
  {
    ...on,
    name: "token-in-the-middle",
    when: "The address of a job is not to be guessed from its id.",
    edits: [
      swap(at, "Location: `/jobs/${tokenOf(job.id)}/state`"),
      swap('app.get("/reports/:id", (c) => {', 'app.get("/jobs/:token/state", (c) => {'),
      swap(find, 'const job = jobs.get(tokenOf(c.req.param("token")));'),
      swap(appLine, `const tokenOf = (id: string) => [...id].reverse().join("");\n${appLine}`),
    ],
  },
  {
    ...on,
    name: "the-status-takes-its-time",
    when: "The store is far away: what is asked just before the end is answered just after it.",
    edits: [swap('app.get("/reports/:id", (c) => {', 'app.get("/reports/:id", async (c) => {\n  await wait(900);')],
  },
];
