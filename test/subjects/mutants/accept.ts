import { swap, type Mutant } from "./cases.ts";

const run = "void runJob(job, params);";
const newId = "id: crypto.randomUUID(),";
const answer = "return c.json(envelope(job), 202, { ...statusHeaders(job), Location: `/reports/${job.id}` });";
const location = "Location: `/reports/${job.id}`";
const refuse = "if (!order.ok) return c.json({ error: order.error }, 400);";
const appLine = "const app = new Hono();";
const on = { exercise: "04-failing", side: "server" } as const;

/** Mistakes in accepting a POST: the response, its Location, and what is refused. */
export const accept: readonly Mutant[] = [
  {
    ...on,
    name: "waits-for-the-work",
    clause: "accept.prompt",
    remark: "`await` in front of the work: the client waits as long as before, and is told 202 at the end.",
    edits: [swap(run, "await runJob(job, params);")],
  },
  {
    ...on,
    exercise: "02-accepted",
    name: "waits-inside-try",
    clause: "accept.prompt",
    remark: "The work is awaited so that its errors can be caught. A catch of its own does that without waiting.",
    edits: [
      swap(
        "void runJob(job.id, params);",
        "try {\n    await runJob(job.id, params);\n  } catch (error) {\n    return c.json({ error: String(error) }, 500);\n  }",
      ),
    ],
  },
  {
    ...on,
    name: "holds-the-thread",
    clause: "accept.prompt",
    remark: "The work spins on the clock. One thread does all: while it spins nobody is answered.",
    edits: [
      swap(
        "await wait(workMs[kind]);",
        "const until = Date.now() + workMs[kind];\n  while (Date.now() < until) {\n    // busy\n  }",
      ),
    ],
  },
  {
    ...on,
    name: "answers-200",
    clause: "accept.status",
    remark: "200 says that the report is there. It is not: 202 says that it will be worked on.",
    edits: [swap("envelope(job), 202,", "envelope(job), 200,")],
  },
  {
    ...on,
    name: "answers-201",
    clause: "accept.status",
    remark: "201 says that something was created. Some guides use it for the job; this contract says 202.",
    edits: [swap("envelope(job), 202,", "envelope(job), 201,")],
  },
  {
    ...on,
    exercise: "02-accepted",
    name: "answers-200-with-the-record",
    clause: "accept.status",
    remark: "c.json answers 200 unless it is told otherwise.",
    edits: [swap("c.json(job, 202, {", "c.json(job, 200, {")],
  },
  {
    ...on,
    name: "wants-a-genre",
    clause: "accept.status",
    remark: "The genre is optional: absent means all books.",
    edits: [swap("genre: z.string().optional(),", "genre: z.string(),")],
  },
  {
    ...on,
    name: "202-only-with-kind",
    clause: "accept.status",
    remark: "The default of `kind` takes another way than a `kind` that is given.",
    edits: [swap("envelope(job), 202,", 'envelope(job), (await c.req.text()).includes("kind") ? 202 : 200,')],
  },
  {
    ...on,
    name: "no-id",
    clause: "accept.body",
    remark: "The client cannot tell which job was accepted.",
    edits: [swap("envelope(job), 202,", "job.state, 202,")],
  },
  {
    ...on,
    name: "id-is-a-number",
    clause: "accept.body",
    remark: "An id is a name, not a quantity: as a string it can change its make later.",
    edits: [swap("envelope(job), 202,", "{ ...envelope(job), id: jobs.size }, 202,")],
  },
  {
    ...on,
    name: "id-is-empty",
    clause: "accept.body",
    remark: "An empty id names nothing.",
    edits: [swap("envelope(job), 202,", '{ ...envelope(job), id: "" }, 202,')],
  },
  {
    ...on,
    name: "answers-text",
    clause: "accept.body",
    remark: "The text is JSON, but the content type says text/plain: a careful client does not parse it.",
    edits: [swap("c.json(envelope(job), 202,", "c.text(JSON.stringify(envelope(job)), 202,")],
  },
  {
    ...on,
    name: "answers-html",
    clause: "accept.body",
    remark: "The content type says HTML.",
    edits: [swap("c.json(envelope(job), 202,", "c.html(JSON.stringify(envelope(job)), 202,")],
  },
  {
    ...on,
    name: "says-pending",
    clause: "accept.body",
    remark: "`pending` here, `processing` at the status: two words for one state.",
    edits: [swap("envelope(job), 202,", '{ ...envelope(job), status: "pending" }, 202,')],
  },
  {
    ...on,
    name: "says-queued",
    clause: "accept.body",
    remark: "`queued` may be true, but the agreed word is `processing`.",
    edits: [swap("envelope(job), 202,", '{ ...envelope(job), status: "queued" }, 202,')],
  },
  {
    ...on,
    name: "redirects-with-202",
    clause: "accept.body",
    remark: "c.redirect sets Location, and sends no body.",
    edits: [swap(answer, 'c.header("Retry-After", "2");\n  return c.redirect(`/reports/${job.id}`, 202);')],
  },
  {
    ...on,
    name: "body-is-the-id",
    clause: "accept.body",
    remark: "A JSON string is valid JSON, but no object with an id and a status.",
    edits: [swap("envelope(job), 202,", "job.id, 202,")],
  },
  {
    ...on,
    name: "constant-id",
    clause: "accept.unique",
    remark: "Every job has the same id: the second overwrites the first.",
    edits: [swap(newId, 'id: "report",')],
  },
  {
    ...on,
    name: "id-from-the-clock",
    clause: "accept.unique",
    remark: "Two requests in one millisecond get the same id.",
    edits: [swap(newId, "id: String(Date.now()),")],
  },
  {
    ...on,
    name: "id-from-the-body",
    clause: "accept.unique",
    remark: "Equal orders get equal ids, and so share one job. That is idempotency, which nobody has asked for here.",
    edits: [swap(newId, 'id: Buffer.from(JSON.stringify(params)).toString("hex"),')],
  },
  {
    ...on,
    name: "counter-read-before-an-await",
    clause: "accept.unique",
    remark: "Between reading the counter and raising it the thread is given away: two requests read the same number.",
    edits: [
      swap(appLine, `let issued = 0;\n\n${appLine}`),
      swap(
        "const { params } = order;",
        "const { params } = order;\n  const number = issued + 1;\n  await wait(10);\n  issued = number;",
      ),
      swap(newId, "id: `report-${number}`,"),
    ],
  },
  {
    ...on,
    name: "no-location",
    clause: "accept.location",
    remark: "The client knows the id and must guess where the status is.",
    edits: [swap(`{ ...statusHeaders(job), ${location} }`, "statusHeaders(job)")],
  },
  {
    ...on,
    name: "location-in-the-body",
    clause: "accept.location",
    remark: "Location is a header. A client library looks for it there.",
    edits: [
      swap(answer, "return c.json({ ...envelope(job), location: `/reports/${job.id}` }, 202, statusHeaders(job));"),
    ],
  },
  {
    ...on,
    name: "location-of-the-collection",
    clause: "accept.location",
    remark: "Location leads to the collection, not to this job.",
    edits: [swap(location, 'Location: "/reports"')],
  },
  {
    ...on,
    name: "location-of-the-latest",
    clause: "accept.location",
    remark: "It is right until the next order comes: then it leads to another job.",
    edits: [
      swap(location, 'Location: "/reports/latest"'),
      swap(
        'const job = jobs.get(c.req.param("id"));',
        'const id = c.req.param("id");\n  const job = id === "latest" ? [...jobs.values()].at(-1) : jobs.get(id);',
      ),
    ],
  },
  {
    ...on,
    name: "location-of-the-first-job",
    clause: "accept.location",
    remark: "Location names a job, but not this one.",
    edits: [swap(location, "Location: `/reports/${[...jobs.keys()][0]}`")],
  },
  {
    ...on,
    name: "location-object",
    clause: "accept.location",
    remark: "The whole job was put into the text, not its id.",
    edits: [swap(location, "Location: `/reports/${job}`")],
  },
  {
    ...on,
    name: "location-undefined",
    clause: "accept.location",
    remark: "A misspelt property is undefined, and its name goes into the URL.",
    edits: [swap(location, "Location: `/reports/${job.jobId}`")],
  },
  {
    ...on,
    name: "location-pattern",
    clause: "accept.location",
    remark: "The route's pattern is not a URL: the id belongs in its place.",
    edits: [swap(location, 'Location: "/reports/:id"')],
  },
  {
    ...on,
    name: "location-encoded-twice",
    clause: "accept.location",
    remark: "The id is encoded twice and decoded once.",
    edits: [
      swap(newId, "id: `2026/${crypto.randomUUID()}`,"),
      swap(location, "Location: `/reports/${encodeURIComponent(encodeURIComponent(job.id))}`"),
    ],
  },
  {
    ...on,
    name: "location-on-another-response",
    clause: "accept.location",
    remark: "The header is set on a response that is never sent.",
    edits: [
      swap(
        answer,
        "const draft = new Response();\n  draft.headers.set('Location', `/reports/${job.id}`);\n  return c.json(envelope(job), 202, statusHeaders(job));",
      ),
    ],
  },
  {
    ...on,
    name: "location-twice",
    clause: "accept.location",
    remark: "Two URLs in one header are no URL.",
    edits: [swap(location, "Location: `/reports/${job.id}, /reports/${job.id}`")],
  },
  {
    ...on,
    name: "starts-at-the-first-poll",
    clause: "accept.starts",
    remark: "Nobody asks, and nothing is done: the work waits for the first GET.",
    edits: [
      swap(appLine, `const waiting = new Map<string, () => void>();\n\n${appLine}`),
      swap(run, "waiting.set(job.id, () => void runJob(job, params));"),
      swap(
        "return c.json(envelope(job), 200, statusHeaders(job));",
        "waiting.get(job.id)?.();\n  waiting.delete(job.id);\n  return c.json(envelope(job), 200, statusHeaders(job));",
      ),
    ],
  },
  {
    ...on,
    name: "malformed-is-500",
    clause: "accept.malformed",
    remark:
      "c.req.json() throws, and what is thrown becomes a 500: the server takes the blame for the client's mistake.",
    edits: [swap("parseOrder(await c.req.text())", "parseOrder(JSON.stringify(await c.req.json()))")],
  },
  {
    ...on,
    name: "malformed-is-accepted",
    clause: "accept.malformed",
    remark: "What cannot be read is taken for an empty order.",
    edits: [swap('return { ok: false, error: "The body is not JSON." };', "json = {};")],
  },
  {
    ...on,
    name: "malformed-in-text",
    clause: "accept.malformed",
    remark: "400 is right; its body must be JSON, as all other answers are.",
    edits: [
      swap(
        refuse,
        "if (!order.ok) return order.error.startsWith('The body') ? c.text(order.error, 400) : c.json({ error: order.error }, 400);",
      ),
    ],
  },
  {
    ...on,
    name: "malformed-in-html",
    clause: "accept.malformed",
    remark: "A page for people, where a program asked.",
    edits: [
      swap(
        refuse,
        "if (!order.ok) return order.error.startsWith('The body') ? c.html(`<h1>${order.error}</h1>`, 400) : c.json({ error: order.error }, 400);",
      ),
    ],
  },
  {
    ...on,
    name: "malformed-kills-the-process",
    clause: "accept.malformed",
    remark: "The body is parsed where nobody catches: one bad request ends the process for all.",
    edits: [
      swap(refuse, `queueMicrotask(() => JSON.parse(text));\n  ${refuse}`),
      swap("parseOrder(await c.req.text());", "parseOrder(text);"),
      swap("  const order = ", "  const text = await c.req.text();\n  const order = "),
    ],
  },
  {
    ...on,
    name: "malformed-has-a-location",
    clause: "accept.malformed",
    remark: "Refused, and yet it says where the status is.",
    edits: [
      swap(
        refuse,
        "if (!order.ok) return c.json({ error: order.error }, 400, order.error.startsWith('The body') ? { Location: '/reports/none' } : {});",
      ),
    ],
  },
  {
    ...on,
    name: "any-genre-type",
    clause: "accept.invalid",
    remark: "A number for a genre is accepted, and fails in the work at best.",
    edits: [swap("genre: z.string().optional(),", "genre: z.any().optional(),")],
  },
  {
    ...on,
    name: "array-is-an-object",
    clause: "accept.invalid",
    remark: '`typeof [] === "object"`: the array gets through.',
    edits: [swap("paramsSchema.safeParse(json)", "paramsSchema.safeParse(Array.isArray(json) ? {} : json)")],
  },
  {
    ...on,
    name: "any-kind-type",
    clause: "accept.invalid",
    remark: "What is no kind is taken for the default.",
    edits: [swap('.default("full")', '.default("full").catch("full")')],
  },
  {
    ...on,
    name: "refusal-names-no-field",
    clause: "accept.invalid",
    remark: "400 is right; say which field is wrong, and the client's author need not guess.",
    edits: [swap('error: issues.join("; ")', 'error: issues.length > 0 ? "The body has the wrong shape." : ""')],
  },
  {
    ...on,
    name: "refused-with-a-location",
    clause: "accept.invalid",
    remark: "No job was made, so there is no status to lead to.",
    edits: [
      swap(
        refuse,
        "if (!order.ok) return c.json({ error: order.error }, 400, order.error.startsWith('The body') ? {} : { Location: '/reports/none' });",
      ),
    ],
  },
  {
    ...on,
    name: "refused-yet-a-job",
    clause: "accept.invalid",
    remark: "The job is made before the body is looked at.",
    edits: [
      swap(
        refuse,
        `if (!order.ok && !order.error.startsWith('The body')) {
    const ghost: Job = { id: crypto.randomUUID(), dueAt: 0, state: { status: "failed", error: order.error } };
    jobs.set(ghost.id, ghost);
    return c.json({ id: ghost.id, error: order.error }, 400);
  }
  ${refuse}`,
      ),
    ],
  },
  {
    ...on,
    name: "put-is-500",
    clause: "accept.method",
    remark: "A method that is not allowed is the client's mistake, not the server's.",
    edits: [swap('{ error: "Only POST is allowed here." }, 405', '{ error: "Only POST is allowed here." }, 500')],
  },
  {
    ...on,
    name: "put-makes-a-job",
    clause: "accept.method",
    remark: "app.all takes every method: PUT orders a report too.",
    edits: [
      swap('app.post("/reports",', 'app.on(["POST", "PUT", "DELETE"], "/reports",'),
      swap("await c.req.text()", 'c.req.method === "POST" ? await c.req.text() : "{}"'),
    ],
  },
  {
    ...on,
    name: "a-second-and-a-half",
    clause: "accept.prompt",
    remark: "It waits a while in the hope that the work is soon done. Accepting has nothing to wait for.",
    edits: [swap("  jobs.set(job.id, job);\n", "  await wait(1500);\n  jobs.set(job.id, job);\n")],
  },
  {
    ...on,
    name: "operation-location",
    clause: "accept.location",
    remark: "Operation-Location is one vendor's header; the agreed one is Location.",
    edits: [swap(location, '"Operation-Location": `/reports/${job.id}`')],
  },
  {
    ...on,
    name: "location-without-the-collection",
    clause: "accept.location",
    remark: "The id alone is resolved against the request's URL: it leads to /{id}.",
    edits: [
      swap(location, "Location: job.id"),
      swap(
        'app.get("/reports/:id"',
        'app.get("/:other", (c) => c.json({ error: "nothing here" }, 404));\n\napp.get("/reports/:id"',
      ),
    ],
  },
  {
    ...on,
    name: "coerces",
    clause: "accept.invalid",
    remark: "z.coerce makes a string of anything: 42 becomes a genre.",
    edits: [swap("genre: z.string().optional(),", "genre: z.coerce.string().optional(),")],
  },
  {
    ...on,
    name: "reads-fields-of-a-string",
    clause: "accept.invalid",
    remark: "A string and a number have no field `genre` either: they pass for an order without one.",
    edits: [
      swap(
        "paramsSchema.safeParse(json)",
        "paramsSchema.safeParse(typeof json === 'string' || typeof json === 'number' ? {} : json)",
      ),
    ],
  },
  {
    ...on,
    name: "one-order-at-a-time",
    clause: "accept.prompt",
    remark: "An order waits until the jobs before it are done. A queue takes the work, and the answer comes at once.",
    edits: [
      swap(appLine, `let turn = Promise.resolve();\n\n${appLine}`),
      swap(run, "const before = turn;\n  turn = before.then(() => runJob(job, params));\n  await before;"),
    ],
  },
  {
    ...on,
    name: "answers-204",
    clause: "accept.status",
    remark: "204 has no body by definition: there is one fault, the status.",
    edits: [swap(answer, 'return c.body(null, 204, { "Retry-After": "2", Location: `/reports/${job.id}` });')],
  },
  {
    ...on,
    name: "waits-for-the-order-before",
    clause: "accept.prompt",
    remark: "Each order waits until the work of the one before is done. Queue the work, not the answers.",
    edits: [
      swap(appLine, `${appLine}\nlet last = Promise.resolve();`),
      swap(run, "await last;\n  last = runJob(job, params);"),
    ],
  },
  {
    ...on,
    name: "queued-behind-others",
    clause: "accept.body",
    remark: "`queued` while others are at work: a state that a client meets only under load, and does not know.",
    edits: [
      swap(
        "envelope(job), 202,",
        '{ ...envelope(job), status: [...jobs.values()].filter(({ state }) => state.status === "processing").length > 1 ? "queued" : "processing" }, 202,',
      ),
    ],
  },
  {
    ...on,
    name: "id-counts-the-jobs-at-work",
    clause: "accept.unique",
    remark: "The number of jobs at work falls again: the next order gets the id of one that is done.",
    edits: [
      swap(newId, 'id: String([...jobs.values()].filter(({ state }) => state.status === "processing").length + 1),'),
    ],
  },
  {
    ...on,
    name: "location-with-a-blank",
    clause: "accept.location",
    remark: "The genre stands in the id, and one genre has two words: a blank is no part of a URL, encode it.",
    edits: [swap(newId, 'id: `${params.genre ?? "all"}-${jobs.size + 1}`,')],
  },
  {
    ...on,
    name: "location-only-with-a-genre",
    clause: "accept.location",
    remark: "An order with no genre is answered on another way, without a Location.",
    edits: [swap(location, "...(params.genre !== undefined && { Location: `/reports/${job.id}` })")],
  },
];
