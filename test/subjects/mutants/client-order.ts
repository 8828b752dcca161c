import { swap, type Mutant } from "./cases.ts";

const body = "body: JSON.stringify(params),";
const contentType = '    headers: { "Content-Type": "application/json" },\n';
const result = "const { result } = answerSchema.parse(await response.json());\n  return result;";
const deadline = "const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);";
const guarded = `  try {
    return await orderReport(baseUrl, params, deadline);
  } catch (error) {
    if (deadline?.aborted) throw outcomeUnknown(\`\${timeoutMs} ms\`, error);
    throw error;
  }
`;
const on = { exercise: "01-not-everything-is-instant", side: "client" } as const;
const on5 = { exercise: "05-when-to-use-202", side: "client" } as const;

/** Mistakes of a client about its POST, its deadline, and a response that already has the result. */
export const clientOrder: readonly Mutant[] = [
  {
    ...on,
    name: "no-body",
    clause: "client.posts-once",
    remark: "The params stay at home.",
    edits: [swap(`    ${body}\n`, "")],
  },
  {
    ...on,
    name: "no-content-type",
    clause: "client.posts-once",
    remark: "fetch calls a string text/plain: many a server then reads no JSON from it.",
    edits: [swap(contentType, "")],
  },
  {
    ...on,
    name: "params-nested",
    clause: "client.posts-once",
    remark: "The fields belong at the top, not under `params`.",
    edits: [swap(body, "body: JSON.stringify({ params }),")],
  },
  {
    ...on,
    name: "object-as-body",
    clause: "client.posts-once",
    remark: "An object as body becomes the text [object Object].",
    edits: [swap(body, "body: params,")],
  },
  {
    ...on,
    name: "posts-twice",
    clause: "client.posts-once",
    remark: "Once to warm the connection, once in earnest: that makes two reports.",
    edits: [
      swap(
        "  const { timeoutMs } = options;\n",
        "  const { timeoutMs } = options;\n  void orderReport(baseUrl, params).catch(() => {});\n",
      ),
    ],
  },
  {
    ...on,
    exercise: "02-accepted",
    name: "posts-at-each-poll",
    clause: "client.posts-once",
    remark: "It orders again to learn how the first order is: each is a new job.",
    edits: [
      swap(
        "const response = await fetch(statusUrl, { signal });",
        'await fetch(new URL("/reports", statusUrl), { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}", signal });\n    const response = await fetch(statusUrl, { signal });',
      ),
    ],
  },
  {
    ...on,
    name: "resolves-to-undefined",
    clause: "client.immediate",
    remark: "The answer is read and not handed on.",
    edits: [swap(result, "answerSchema.parse(await response.json());\n  return undefined;")],
  },
  {
    ...on,
    name: "resolves-to-the-envelope",
    clause: "client.immediate",
    remark: "The caller wants the report, not the answer that it came in.",
    edits: [swap(result, "return answerSchema.parse(await response.json());")],
  },
  {
    ...on,
    name: "polls-all-the-same",
    clause: "client.immediate",
    remark: "The POST had the result, and the client asks for it once more.",
    edits: [
      swap(
        result,
        "const { id } = await response.json();\n  const status = await fetch(new URL(`/reports/${id}`, baseUrl), { signal });\n  return answerSchema.parse(await status.json()).result;",
      ),
    ],
  },
  {
    ...on5,
    name: "polls-after-200",
    clause: "client.immediate",
    remark: "It looks only at Location, also when the result is in its hands.",
    edits: [swap("if (response.status !== 202) {", "if (response.status === 299) {")],
  },
  {
    ...on5,
    name: "failed-answer-resolves",
    clause: "client.immediate",
    remark: "A POST answered 200 and failed: that is no report.",
    edits: [
      swap(
        "const report = settledReport(parseStatus(text, response.url));\n    if (report)",
        "const job = parseStatus(text, response.url);\n    const report = job.status === 'failed' ? { title: job.error, generatedAt: '', totalBooks: { count: 0 } } : settledReport(job);\n    if (report)",
      ),
    ],
  },
  {
    ...on,
    name: "no-deadline",
    clause: "client.deadline",
    remark: "timeoutMs is read by nobody.",
    edits: [swap(deadline, "const deadline = undefined as AbortSignal | undefined;")],
  },
  {
    ...on,
    name: "gives-up-at-once",
    clause: "client.deadline",
    remark: "The deadline is in seconds, timeoutMs in milliseconds: divided, it is over at once.",
    edits: [swap("AbortSignal.timeout(timeoutMs)", "AbortSignal.timeout(Math.round(timeoutMs / 1000))")],
  },
  {
    ...on,
    name: "deadline-in-seconds",
    clause: "client.deadline",
    remark: "Milliseconds taken for seconds: the deadline comes a thousand times too late.",
    edits: [swap("AbortSignal.timeout(timeoutMs)", "AbortSignal.timeout(timeoutMs * 1000)")],
  },
  {
    ...on,
    name: "never-settles",
    clause: "client.deadline",
    remark: "When the deadline has passed, the promise stays pending.",
    edits: [
      swap(
        "if (deadline?.aborted) throw outcomeUnknown(`${timeoutMs} ms`, error);",
        "if (deadline?.aborted) return new Promise(() => {});",
      ),
      swap("function outcomeUnknown", "export function outcomeUnknown"),
    ],
  },
  {
    ...on,
    exercise: "03-polling",
    name: "deadline-for-each-request",
    clause: "client.deadline",
    remark: "Each request has the whole time anew: the call as a whole has no end.",
    edits: [
      swap("await pollReport(accepted, deadline);", "await pollReport(accepted, undefined, timeoutMs);"),
      swap(
        "signal?: AbortSignal): Promise<Report> {\n  let waitMs",
        "signal?: AbortSignal, timeoutMs?: number): Promise<Report> {\n  let waitMs",
      ),
      swap(
        "const response = await fetch(statusUrl, { signal });",
        "const response = await fetch(statusUrl, { signal: timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs) });",
      ),
    ],
  },
  {
    ...on,
    exercise: "03-polling",
    name: "race-that-polls-on",
    clause: "client.deadline",
    remark: "The race rejects in time; the loop that lost it goes on asking.",
    edits: [
      swap(
        "const accepted = await orderReport(baseUrl, params, deadline);\n    return await pollReport(accepted, deadline);",
        "return await Promise.race([\n      orderReport(baseUrl, params).then((accepted) => pollReport(accepted)),\n      new Promise<never>((_, reject) => deadline?.addEventListener('abort', () => reject(deadline.reason))),\n    ]);",
      ),
    ],
  },
  {
    ...on,
    exercise: "03-polling",
    name: "deadline-for-the-order-only",
    clause: "client.deadline",
    remark: "The POST has a deadline, the polls have none.",
    edits: [swap("await pollReport(accepted, deadline);", "await pollReport(accepted);")],
  },
  {
    ...on,
    name: "error-of-another-name",
    clause: "client.unknown-outcome",
    remark: "An Error like any other: the caller cannot tell 'refused' from 'nobody knows'.",
    edits: [
      swap('  error.name = "TimeoutError";\n', ""),
      swap("throw outcomeUnknown(`${timeoutMs} ms`, error);", "throw outcomeUnknown(`${timeoutMs} ms`, undefined);"),
    ],
  },
  {
    ...on,
    name: "aborted-by-hand",
    clause: "client.unknown-outcome",
    remark:
      "controller.abort() gives an AbortError: that is what a caller gets who gave up, not one whose time was over.",
    edits: [
      swap(
        deadline,
        "const controller = new AbortController();\n  const deadline = controller.signal;\n  if (timeoutMs !== undefined) setTimeout(() => controller.abort(), timeoutMs).unref();",
      ),
      swap("    if (deadline?.aborted) throw outcomeUnknown(`${timeoutMs} ms`, error);\n", ""),
      swap("function outcomeUnknown", "export function outcomeUnknown"),
    ],
  },
  {
    ...on,
    name: "swallowed-into-undefined",
    clause: "client.unknown-outcome",
    remark: "The call resolves to undefined: the caller takes that for an answer.",
    edits: [
      swap(
        guarded,
        `  try {
    return await orderReport(baseUrl, params, deadline);
  } catch {
    return undefined;
  }
`,
      ),
      swap("function outcomeUnknown", "export function outcomeUnknown"),
    ],
  },
  {
    ...on,
    name: "stringified-twice",
    clause: "client.posts-once",
    remark: "JSON within JSON: the server gets a string, not an object.",
    edits: [swap(body, "body: JSON.stringify(JSON.stringify(params)),")],
  },
  {
    ...on,
    name: "puts",
    clause: "client.posts-once",
    remark: "PUT says: store this under this URL. An order is a POST.",
    edits: [swap('method: "POST"', 'method: "PUT"')],
  },
  {
    ...on,
    name: "posts-elsewhere",
    clause: "client.posts-once",
    remark: "The order goes to /report.",
    edits: [swap('new URL("/reports", baseUrl)', 'new URL("/report", baseUrl)')],
  },
  {
    ...on,
    name: "form-for-json",
    clause: "client.posts-once",
    remark: "The body is a form's: the content type says so, and the server wants JSON.",
    edits: [swap(contentType, ""), swap(body, "body: new URLSearchParams(Object.entries(params)),")],
  },
];
