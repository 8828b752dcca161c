import { swap, type Mutant } from "./cases.ts";

const statusUrl = "new URL(location, response.url)";
const completed = 'if (job.status === "completed") return job.result;';
const polls = "const response = await fetch(statusUrl, { signal });";
const waits = "waitMs = retryAfterMs(response.headers);";
const seconds = String.raw`/^\d+$/.test(value) ? Number(value) * 1000 : msUntil(value, headers.get("Date"))`;
const bounded = "return Math.min(Math.max(ms ?? defaultWaitMs, shortestWaitMs), longestTimerMs);";
const missing = "if (value === null) return defaultWaitMs;";
const on2 = { exercise: "02-accepted", side: "client" } as const;
const on = { exercise: "03-polling", side: "client" } as const;

/** Mistakes in the polling loop: the URL, the result, the waits. */
export const clientPolls: readonly Mutant[] = [
  {
    ...on2,
    name: "resolves-to-nothing",
    clause: "client.returns",
    remark: "The loop ends, and nobody returns the result.",
    edits: [swap(completed, 'if (job.status === "completed") return undefined;')],
  },
  {
    ...on2,
    name: "resolves-to-the-envelope",
    clause: "client.returns",
    remark: "The caller wants the report, not the answer that it came in.",
    edits: [swap(completed, 'if (job.status === "completed") return job;')],
  },
  {
    ...on2,
    name: "recursion-without-return",
    clause: "client.returns",
    remark: "It calls itself and forgets to return what it gets: right only when the first poll has the result.",
    edits: [
      swap("  while (true) {\n", "  {\n"),
      swap(
        "    await wait(pollMs, signal);\n",
        "    await wait(pollMs, signal);\n    await pollReport(statusUrl, signal);\n",
      ),
    ],
  },
  {
    ...on2,
    name: "takes-only-200",
    clause: "client.returns",
    remark: "The 202 is taken for an error.",
    edits: [
      swap(
        "  const location = response",
        "  if (response.status !== 200) throw new Error(`unexpected ${response.status}`);\n  const location = response",
      ),
    ],
  },
  {
    ...on2,
    name: "content-type-compared",
    clause: "client.returns",
    remark: "The content type may have parameters: `application/json; charset=utf-8` is JSON too.",
    edits: [
      swap(
        polls,
        `${polls}\n    if (response.headers.get("Content-Type") !== "application/json") throw new Error("no JSON");`,
      ),
    ],
  },
  {
    ...on2,
    name: "no-field-more",
    clause: "client.returns",
    remark:
      "Further fields of a report are free: a schema that refuses them breaks on the day that the server adds one.",
    edits: [swap("const reportSchema = z.looseObject({", "const reportSchema = z.strictObject({")],
  },
  {
    ...on2,
    name: "needs-two-polls",
    clause: "client.returns",
    remark: "It expects `processing` first, and passes over a job that is done at once.",
    edits: [
      swap("  while (true) {\n", "  let seen = false;\n  while (true) {\n"),
      swap(
        completed,
        'if (job.status === "completed" && seen) return job.result;\n    seen = job.status === "processing";',
      ),
    ],
  },
  {
    ...on2,
    name: "polls-once",
    clause: "client.returns",
    remark: "One poll, and whatever it has is the result.",
    edits: [swap(completed, "return job.result;")],
  },
  {
    ...on2,
    name: "builds-the-url",
    clause: "client.follows-location",
    remark: "It builds the URL from the id: the server can never move the status elsewhere.",
    edits: [
      swap(
        "// Read to its end, so that the connection can be used again.\n  await response.text();",
        "const { id } = await response.json();",
      ),
      swap(statusUrl, "new URL(`/reports/${id}`, baseUrl)"),
    ],
  },
  {
    ...on2,
    name: "joins-strings",
    clause: "client.follows-location",
    remark: "Base and Location joined as text: an absolute Location ends up behind the host.",
    edits: [swap(statusUrl, "new URL(`${baseUrl}${location}`)")],
  },
  {
    ...on2,
    name: "location-as-it-is",
    clause: "client.follows-location",
    remark: "A relative Location is given to fetch as it is: it needs the URL of the request as its base.",
    edits: [swap(statusUrl, "new URL(location)")],
  },
  {
    ...on2,
    name: "drops-the-query",
    clause: "client.follows-location",
    remark: "The query is a part of the URL, and here it names the job.",
    edits: [swap(statusUrl, "new URL(new URL(location, response.url).pathname, response.url)")],
  },
  {
    ...on2,
    name: "decodes-the-location",
    clause: "client.follows-location",
    remark: "A URL that is decoded and put together again is another URL.",
    edits: [swap(statusUrl, "new URL(decodeURIComponent(location), response.url)")],
  },
  {
    ...on2,
    name: "last-segment-only",
    clause: "client.follows-location",
    remark: "It takes the last segment for the id and puts it where ids used to be.",
    edits: [swap(statusUrl, 'new URL(`/reports/${location.split("/").at(-1)}`, response.url)')],
  },
  {
    ...on,
    name: "no-wait",
    clause: "client.waits",
    remark: "A loop without a wait asks as fast as the network carries it.",
    edits: [swap(waits, "waitMs = 0;\n    retryAfterMs(response.headers);")],
  },
  {
    ...on,
    name: "milliseconds-for-seconds",
    clause: "client.waits",
    remark: "Retry-After counts in seconds: 7 is not 7 ms.",
    edits: [swap("Number(value) * 1000", "Number(value)")],
  },
  {
    ...on,
    name: "half-the-time",
    clause: "client.waits",
    remark: "It comes back after half the time, in the hope that it is done.",
    edits: [swap(waits, "waitMs = retryAfterMs(response.headers) / 2;")],
  },
  {
    ...on,
    name: "five-seconds-always",
    clause: "client.waits",
    remark: "A wait of its own, whatever the server says.",
    edits: [swap(waits, "waitMs = Math.min(5000, Math.max(5000, retryAfterMs(response.headers)));")],
  },
  {
    ...on,
    name: "date-parse-first",
    clause: "client.waits",
    remark: 'Date.parse("7") is a day in 2001: digits come first.',
    edits: [
      swap(seconds, "Number.isNaN(Date.parse(value)) ? Number(value) * 1000 : Date.parse(value) - Date.now()"),
      swap("function msUntil", "export function msUntil"),
    ],
  },
  {
    ...on,
    name: "counted-from-the-request",
    clause: "client.waits",
    remark: "The time counts from the answer, not from the request.",
    edits: [
      swap(polls, `const sentAt = Date.now();\n    ${polls}`),
      swap(waits, "waitMs = Math.max(0, retryAfterMs(response.headers) - (Date.now() - sentAt));"),
    ],
  },
  {
    ...on,
    name: "timer-not-awaited",
    clause: "client.waits",
    remark: "setTimeout gives no promise: await goes on at once, and the timer is left behind.",
    edits: [swap("    await wait(waitMs, signal);\n    const", "    await setTimeout(() => {}, waitMs);\n    const")],
  },
  {
    ...on,
    name: "polls-once-more",
    clause: "client.waits",
    remark: "Each answer is followed by one more poll at once, also the last.",
    edits: [swap(completed, `void fetch(statusUrl, { signal }).catch(() => {});\n    ${completed}`)],
  },
  {
    ...on,
    name: "two-polls-at-a-time",
    clause: "client.waits",
    remark: "A second poll runs beside the loop, and is under way when the report is there.",
    edits: [
      swap("  while (true) {\n", "  void ask();\n  while (true) {\n"),
      swap(
        "  let waitMs = firstWaitMs;\n",
        "  let waitMs = firstWaitMs;\n  let done = false;\n  async function ask() {\n    while (!done) {\n      await wait(2500, signal);\n      if (!done) await (await fetch(statusUrl, { signal })).text();\n    }\n  }\n",
      ),
      swap(completed, 'done = job.status === "completed";\n    if (job.status === "completed") return job.result;'),
    ],
  },
  {
    ...on,
    name: "minutes-for-seconds",
    clause: "client.not-late",
    remark: "Seconds taken for minutes: the report waits for the client.",
    edits: [swap("Number(value) * 1000", "Number(value) * 60_000")],
  },
  {
    ...on,
    name: "thirty-seconds-always",
    clause: "client.not-late",
    remark: "Half a minute is polite and slow: the server said seven seconds.",
    edits: [swap(waits, "waitMs = Math.max(30_000, retryAfterMs(response.headers));")],
  },
  {
    ...on,
    name: "doubles-without-end",
    clause: "client.not-late",
    remark: "Each wait is twice the last: back-off is for errors, here the server says when.",
    edits: [
      swap("  while (true) {\n", "  for (let factor = 1; ; factor *= 2) {\n"),
      swap(waits, "waitMs = retryAfterMs(response.headers) * factor;"),
    ],
  },
  {
    ...on,
    name: "read-once",
    clause: "client.adapts",
    remark: "The first answer's Retry-After is used for all later waits.",
    edits: [
      swap("  while (true) {\n", "  let first: number | undefined;\n  while (true) {\n"),
      swap(waits, "waitMs = first ??= retryAfterMs(response.headers);"),
    ],
  },
  {
    ...on,
    name: "longest-so-far",
    clause: "client.adapts",
    remark: "Once told to wait long, it never comes sooner again.",
    edits: [swap(waits, "waitMs = Math.max(waitMs, retryAfterMs(response.headers));")],
  },
  {
    ...on,
    name: "parse-int",
    clause: "client.http-date",
    remark: "parseInt of a date is NaN, and a timer of NaN fires at once.",
    edits: [
      swap(seconds, "parseInt(value, 10) * 1000"),
      swap(
        "Math.max(ms ?? defaultWaitMs, shortestWaitMs)",
        "Number.isNaN(ms) ? (value.includes(':') ? 0 : defaultWaitMs) : Math.max(ms, shortestWaitMs)",
      ),
      swap("function msUntil", "export function msUntil"),
    ],
  },
  {
    ...on,
    name: "number-or-five",
    clause: "client.http-date",
    remark: "What is no number becomes five seconds, also a date that says otherwise.",
    edits: [swap(seconds, "(Number(value) || 5) * 1000"), swap("function msUntil", "export function msUntil")],
  },
  {
    ...on,
    name: "number-or-ten",
    clause: "client.http-date",
    remark: "A date becomes ten seconds: too early for one that is farther off.",
    edits: [swap(seconds, "(Number(value) || 10) * 1000"), swap("function msUntil", "export function msUntil")],
  },
  {
    ...on,
    name: "date-in-local-time",
    clause: "client.http-date",
    remark: "GMT is cut off, and the rest is read as local time.",
    edits: [
      swap(
        'const ms = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);\n  return !Number.isNaN(ms) && httpDates(ms).includes(text) ? ms : undefined;',
        'const ms = Date.parse(text.replace(" GMT", ""));\n  return Number.isNaN(ms) ? undefined : ms;',
      ),
      swap(
        "(serverDate === null ? undefined : parseHttpDate(serverDate)) ?? Date.now()",
        'serverDate === "" ? 0 : Date.now()',
      ),
      swap("function httpDates", "export function httpDates"),
    ],
  },
  {
    ...on,
    name: "no-floor-for-a-past-date",
    clause: "client.http-date",
    remark: "A date in the past is a negative wait: a hot loop.",
    edits: [swap(bounded, "return Math.min(ms ?? defaultWaitMs, longestTimerMs);")],
  },
  {
    ...on,
    name: "no-floor-for-zero",
    clause: "client.http-date",
    remark: "Retry-After: 0 is legal; a loop without a pause is not what it asks for.",
    edits: [
      swap(
        bounded,
        "if (ms === 0) return 0;\n  return Math.min(Math.max(ms ?? defaultWaitMs, shortestWaitMs), longestTimerMs);",
      ),
    ],
  },
  {
    ...on,
    name: "a-missing-header-is-nan",
    clause: "client.default-wait",
    remark: "Number(undefined) is NaN, and a timer of NaN fires at once.",
    edits: [swap(missing, "if (value === null) return Number(undefined);")],
  },
  {
    ...on,
    name: "a-missing-header-is-zero",
    clause: "client.default-wait",
    remark: "Number(null) is 0: no header, no pause.",
    edits: [swap(missing, "if (value === null) return Number(value);")],
  },
  {
    ...on,
    name: "a-missing-header-is-a-minute",
    clause: "client.default-wait",
    remark: "A minute for work of seconds.",
    edits: [swap(missing, "if (value === null) return 60_000;")],
  },
  {
    ...on,
    name: "a-word-is-nan",
    clause: "client.default-wait",
    remark: "A word is no number; NaN is not nullish, so the default is passed over.",
    edits: [
      swap("return at === undefined ? undefined : at - now;", "return at === undefined ? Number(date) : at - now;"),
    ],
  },
  {
    ...on,
    name: "interval-not-cleared",
    clause: "client.stops",
    remark: "The interval that polls is never cleared: it asks on after the report is there.",
    edits: [
      swap(
        completed,
        'if (job.status === "completed") {\n      setInterval(() => void fetch(statusUrl).catch(() => {}), 10_000).unref();\n      return job.result;\n    }',
      ),
    ],
  },
  {
    ...on,
    name: "a-heartbeat-of-polls",
    clause: "client.stops",
    remark: "A poll every 50 s beside the loop, in case a wait never ends; nobody ends it.",
    edits: [
      swap(
        "  while (true) {\n",
        "  setInterval(() => void fetch(statusUrl).catch(() => {}), 50_000).unref();\n  while (true) {\n",
      ),
    ],
  },
  {
    ...on,
    name: "one-poll-too-many",
    clause: "client.stops",
    remark: "The next poll is on its way before this one's answer is looked at.",
    edits: [
      swap(
        completed,
        'if (job.status === "completed") {\n      void fetch(statusUrl).catch(() => {});\n      return job.result;\n    }',
      ),
    ],
  },
  {
    ...on,
    name: "a-timer-that-does-nothing",
    clause: "client.quiet",
    remark: "The interval no longer polls, but it still runs: the process does not end.",
    edits: [
      swap(
        completed,
        'if (job.status === "completed") {\n      setInterval(() => {}, 10_000);\n      return job.result;\n    }',
      ),
    ],
  },
  {
    ...on,
    name: "a-deadline-left-behind",
    clause: "client.quiet",
    remark: "The timer of the deadline is not cleared: with timeoutMs of a minute the process lives a minute longer.",
    edits: [
      swap("AbortSignal.timeout(Math.min(timeoutMs, longestTimerMs));", "deadlineOf(timeoutMs);"),
      swap(
        "/** Sends the order, once. */",
        `function deadlineOf(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new DOMException("too late", "TimeoutError")), ms);
  return controller.signal;
}

/** Sends the order, once. */`,
      ),
    ],
  },
  {
    ...on,
    name: "thirty-days-are-one-millisecond",
    clause: "client.long-wait",
    remark: "setTimeout takes a wait of more than 24.8 days for 1 ms.",
    edits: [swap(bounded, "return Math.max(ms ?? defaultWaitMs, shortestWaitMs);")],
  },
];
