import { swap, type Variant } from "../mutants/cases.ts";
import { whole } from "./whole.ts";

const firstWait = 'const firstWaitMs = response.headers.has("Retry-After") ? retryAfterMs(response.headers) : 0;';
const later = "waitMs = retryAfterMs(answer.headers);";
const waiting = "await wait(waitMs, signal);";
const cut = 'return { is: "trouble", headers: new Headers(), why: `the connection broke (${error})` };';
const now = "const now = (serverDate === null ? undefined : parseHttpDate(serverDate)) ?? Date.now();";
const aborted = "    signal?.throwIfAborted();\n";
const on = { exercise: "04-failing", side: "client" } as const;
const on2 = { exercise: "02-accepted", side: "client" } as const;

/** Other right clients, with other libraries, loops and waits. */
export const clients: readonly Variant[] = [
  {
    ...on,
    name: "first-poll-at-once",
    when: "The job may be done already.",
    edits: [swap(firstWait, "const firstWaitMs = 0;")],
  },
  {
    ...on,
    name: "first-poll-after-a-wait",
    when: "No job is ever done at once.",
    edits: [swap(firstWait, "const firstWaitMs = retryAfterMs(response.headers);")],
  },
  {
    ...on,
    name: "jitter",
    when: "A thousand clients shall not come back in the same instant.",
    edits: [
      swap(later, "waitMs = Math.min(retryAfterMs(answer.headers) * (1 + Math.random() * 0.9), longestTimerMs);"),
    ],
  },
  {
    ...on,
    name: "a-little-later",
    when: "A poll that comes a hair too early costs a whole round.",
    edits: [swap(later, "waitMs = Math.min(retryAfterMs(answer.headers) + 250, longestTimerMs);")],
  },
  {
    ...on,
    name: "dates-by-its-own-clock",
    when: "The client's clock is kept right.",
    edits: [swap(now, "const now = serverDate === undefined ? 0 : Date.now();")],
  },
  {
    ...on,
    name: "another-default",
    when: "Half a minute is soon enough for this caller.",
    edits: [swap("const defaultWaitMs = 2000;", "const defaultWaitMs = 29_000;")],
  },
  {
    ...on,
    name: "long-waits-rejected",
    when: "A wait of weeks is a fault of the server, and the caller wants to know.",
    edits: [
      swap(
        later,
        "waitMs = retryAfterMs(answer.headers);\n    if (waitMs > 86_400_000) throw new Error(`The server wants to be asked again in ${waitMs / 86_400_000} days.`);",
      ),
    ],
  },
  {
    ...on,
    name: "long-waits-capped",
    when: "A caller looks in once an hour at least.",
    edits: [swap("const longestTimerMs = 2 ** 31 - 1;", "const longestTimerMs = 3_600_000;")],
  },
  {
    ...on,
    name: "gives-up-early",
    when: "The next poll would come too late anyway: the caller is told now.",
    edits: [
      swap(
        "const stop = AbortSignal.any(",
        "const endsAt = timeoutMs === undefined ? Infinity : Date.now() + timeoutMs;\n  const stop = AbortSignal.any(",
      ),
      swap("pollReport(accepted, stop)", "pollReport(accepted, stop, endsAt)"),
      swap(
        "firstWaitMs }: Accepted, signal: AbortSignal)",
        "firstWaitMs }: Accepted, signal: AbortSignal, endsAt: number)",
      ),
      swap(waiting, `if (Date.now() + waitMs >= endsAt) throw outcomeUnknown("so long", undefined);\n    ${waiting}`),
    ],
  },
  {
    ...on,
    name: "three-seconds-a-request",
    when: "An answer that takes longer than three seconds is no answer to this caller.",
    edits: [
      swap(
        "    response = await fetch(statusUrl, { signal });",
        "    response = await fetch(statusUrl, { signal: AbortSignal.any([signal, slow]) });",
      ),
      swap("  let response: Response;\n", "  const slow = AbortSignal.timeout(3000);\n  let response: Response;\n"),
      swap(
        "    signal.throwIfAborted();\n    return { is",
        "    signal.throwIfAborted();\n    slow.throwIfAborted();\n    return { is",
      ),
    ],
  },
  {
    ...on,
    name: "keeps-only-what-it-knows",
    when: "The report goes into a table: further fields have no column there.",
    edits: [
      swap("const reportSchema = z.looseObject({", "const reportSchema = z.object({"),
      swap("totalBooks: z.looseObject({", "totalBooks: z.object({"),
    ],
  },
  {
    ...on,
    name: "abort-error-with-a-cause",
    when: "Callers look for an AbortError by name.",
    edits: [
      swap(
        aborted,
        '    if (signal?.aborted) throw new DOMException("The report was called off.", { name: "AbortError", cause: signal.reason });\n',
      ),
    ],
  },
  {
    ...on,
    name: "timeout-as-the-cause",
    when: "All errors of the library have one name; the cause tells them apart.",
    edits: [swap('  error.name = "TimeoutError";\n', '  error.name = "ReportError";\n')],
  },
  {
    ...on,
    name: "cut-off-asks-at-once",
    when: "A broken connection says nothing about the server's load.",
    edits: [
      swap(cut, 'return { is: "cut" };'),
      swap("type Answer =\n", 'type Answer =\n  | { is: "cut" }\n'),
      swap(
        '    if (answer.is === "trouble") {',
        '    if (answer.is === "cut") {\n      troubles += 1;\n      if (troubles >= mostTroubles) throw new Error("the connection breaks again and again");\n      waitMs = 0;\n      continue;\n    }\n    if (answer.is === "trouble") {',
      ),
    ],
  },
  {
    ...on,
    name: "a-head-before",
    when: "It warms the connection up.",
    edits: [
      swap(
        '  const response = await fetch(new URL("/reports", baseUrl), {',
        '  await fetch(new URL("/reports", baseUrl), { method: "HEAD", signal });\n  const response = await fetch(new URL("/reports", baseUrl), {',
      ),
    ],
  },
  {
    ...on,
    name: "error-with-its-status",
    when: "Programs decide on `error.status`.",
    edits: [
      swap(
        "if (!response.ok) throw new Error(`The order was answered with ${response.status}: ${excerpt(text)}`);",
        'if (!response.ok) throw Object.assign(new Error("The order was refused."), { status: response.status });',
      ),
    ],
  },
  {
    ...on,
    name: "error-with-its-status-as-text",
    when: "The status is handed on as JSON:API writes it.",
    edits: [
      swap(
        "if (!response.ok) throw new Error(`The order was answered with ${response.status}: ${excerpt(text)}`);",
        'if (!response.ok) throw Object.assign(new Error("The order was refused."), { status: `${response.status}` });',
      ),
    ],
  },
  {
    ...on,
    name: "error-with-its-response",
    when: "As some HTTP libraries do it.",
    edits: [
      swap(
        "if (!response.ok) throw new Error(`The order was answered with ${response.status}: ${excerpt(text)}`);",
        'if (!response.ok) throw new Error("The order was refused.", { cause: Object.assign(new Error("HTTP"), { response }) });',
      ),
    ],
  },
  {
    ...on,
    name: "recursion",
    when: "Some like it better than a loop.",
    edits: [
      swap(
        "async function pollReport({ statusUrl, firstWaitMs }: Accepted, signal: AbortSignal): Promise<Report> {\n  let waitMs = firstWaitMs;\n  let troubles = 0;\n  while (true) {\n",
        "async function pollReport({ statusUrl, firstWaitMs }: Accepted, signal: AbortSignal, before = 0): Promise<Report> {\n  const waitMs = firstWaitMs;\n  let troubles = before;\n  {\n",
      ),
      swap(later, "return pollReport({ statusUrl, firstWaitMs: retryAfterMs(answer.headers) }, signal, troubles);"),
    ],
  },
  {
    ...on,
    name: "waits-with-timers-promises",
    when: "Node only: its timers take a signal.",
    edits: [
      swap(
        'import { z } from "zod";\n',
        'import { setTimeout as sleep } from "node:timers/promises";\nimport { z } from "zod";\n',
      ),
      swap(waiting, "await sleep(waitMs, undefined, { signal });"),
      swap("function wait(", "export function wait("),
    ],
  },
  {
    ...on,
    name: "waits-in-slices",
    when: "A screen counts the seconds down.",
    edits: [swap(waiting, "for (let left = waitMs; left > 0; left -= 500) await wait(Math.min(left, 500), signal);")],
  },
  {
    ...on,
    name: "waits-until-an-instant",
    when: "The machine may sleep meanwhile: the clock counts, not the timer.",
    edits: [
      swap(
        waiting,
        "for (const until = Date.now() + waitMs; Date.now() < until; ) await wait(Math.min(until - Date.now(), 60_000), signal);",
      ),
    ],
  },
  {
    ...on,
    name: "closes-its-connections",
    when: "The client runs where idle sockets are counted.",
    edits: [
      swap(
        "    response = await fetch(statusUrl, { signal });",
        '    response = await fetch(statusUrl, { signal, headers: { Connection: "close" } });',
      ),
    ],
  },
  {
    ...on,
    name: "asks-for-json",
    when: "The server could also answer a browser.",
    edits: [
      swap(
        "fetch(statusUrl, { signal })",
        'fetch(statusUrl, { signal, headers: { Accept: "application/json", "User-Agent": "reports/1" } })',
      ),
      swap(
        'headers: { "Content-Type": "application/json" },',
        'headers: new Headers([["content-type", "application/json; charset=utf-8"], ["idempotency-key", crypto.randomUUID()]]),',
      ),
    ],
  },
  {
    ...on2,
    name: "a-poll-a-tenth-of-a-second",
    when: "In this exercise the pace is free.",
    edits: [swap("const pollMs = 1000;", "const pollMs = 100;")],
  },
  {
    ...on2,
    name: "a-poll-every-five-seconds",
    when: "In this exercise the pace is free.",
    edits: [swap("const pollMs = 1000;", "const pollMs = 5000;")],
  },
  {
    ...on2,
    name: "waits-before-the-first-poll",
    when: "No job is done at once.",
    edits: [
      swap("  while (true) {\n", "  while (true) {\n    await wait(pollMs, signal);\n"),
      swap("    await wait(pollMs, signal);\n  }", "  }"),
    ],
  },
  {
    ...on,
    name: "a-shorter-floor",
    when: "0 means sooner than a second, as in JSON:API: twice a second at most.",
    edits: [swap("const shortestWaitMs = 1000;", "const shortestWaitMs = 600;")],
  },
  {
    ...on,
    name: "capped-at-a-minute",
    when: "The caller shows how it goes, and a minute is all its patience.",
    edits: [
      swap("const longestTimerMs = 2 ** 31 - 1;", "const longestTimerMs = 60_000;"),
      swap("AbortSignal.timeout(Math.min(timeoutMs, longestTimerMs))", "AbortSignal.timeout(timeoutMs)"),
    ],
  },
  {
    ...on,
    name: "a-head-before-each-poll",
    when: "The status is large, and its headers tell whether it changed.",
    edits: [
      swap(
        "    response = await fetch(statusUrl, { signal });",
        '    await fetch(statusUrl, { method: "HEAD", signal });\n    response = await fetch(statusUrl, { signal });',
      ),
    ],
  },
  {
    ...on,
    name: "no-cache-no-redirects",
    when: "A status that redirects is not this server's.",
    edits: [
      swap(
        "fetch(statusUrl, { signal })",
        'fetch(new Request(statusUrl, { signal, cache: "no-store", redirect: "error" }))',
      ),
    ],
  },
  {
    ...on,
    name: "stream-read-by-hand",
    when: "The answer may be large, and is read piece by piece.",
    edits: [
      swap(
        "    text = await response.text();\n",
        "    text = '';\n    const decoder = new TextDecoder();\n    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });\n",
      ),
    ],
  },
  { ...on, name: "node-http", when: "No fetch: Node's own HTTP client.", source: whole("node-http.client.ts") },
  {
    ...on,
    name: "generator",
    when: "The caller's page wants every status, not only the last.",
    source: whole("generator.client.ts"),
  },
  { ...on, name: "class-client", when: "One client object for the whole program.", source: whole("class.client.ts") },
];
