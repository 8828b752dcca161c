import { swap, type Mutant } from "./cases.ts";

const value = '"Retry-After": String(retryAfterSeconds(job))';
const answer = "return c.json(envelope(job), 200, statusHeaders(job));";
const posted = "return c.json(envelope(job), 202, { ...statusHeaders(job), Location: `/reports/${job.id}` });";
const on = { exercise: "03-polling", side: "server" } as const;

/** Replaces the Retry-After of every response that says processing. */
function says(text: string) {
  return swap(value, `"Retry-After": ${text}`);
}

/** Removes Retry-After from the responses to polls. The 202 keeps it. */
function onPolls(headers: string) {
  return swap(
    answer,
    `const headers = statusHeaders(job);\n  ${headers}\n  return c.json(envelope(job), 200, headers);`,
  );
}

/** Mistakes in Retry-After and in caching. */
export const retryAfter: readonly Mutant[] = [
  {
    ...on,
    name: "no-retry-after",
    clause: "retry-after.present",
    remark: "The client must guess when to ask again.",
    edits: [swap(`return { ...headers, ${value} };`, "return headers;")],
  },
  {
    ...on,
    name: "only-on-the-202",
    clause: "retry-after.present",
    remark: "The first wait is timed, all later ones are guessed.",
    edits: [onPolls('delete headers["Retry-After"];')],
  },
  {
    ...on,
    name: "only-at-the-first-poll",
    clause: "retry-after.present",
    remark: "Told once: a client that obeys each answer has nothing to obey at the second.",
    edits: [
      swap("const app = new Hono();", "const told = new Set<string>();\n\nconst app = new Hono();"),
      onPolls('if (told.has(job.id)) delete headers["Retry-After"];\n  told.add(job.id);'),
    ],
  },
  {
    ...on,
    name: "x-retry-after",
    clause: "retry-after.present",
    remark: "X-Retry-After is a header that nobody looks for.",
    edits: [onPolls('headers["X-Retry-After"] = headers["Retry-After"] ?? "";\n  delete headers["Retry-After"];')],
  },
  {
    ...on,
    name: "in-the-body",
    clause: "retry-after.present",
    remark: "The wait is in the body. The header is where every client looks.",
    edits: [
      swap(
        answer,
        'return c.json({ ...envelope(job), retryAfter: retryAfterSeconds(job) }, 200, { "Cache-Control": "no-store" });',
      ),
    ],
  },
  ...[
    { name: "with-a-unit", text: '"5s"', remark: "The unit is fixed: seconds. The value is digits only." },
    { name: "in-milliseconds-with-a-unit", text: '"5000ms"', remark: "Digits only, and seconds." },
    { name: "in-words", text: '"soon"', remark: "A word is no time." },
    { name: "negative", text: '"-1"', remark: "A negative number is no delay." },
    { name: "with-a-fraction", text: '"1.5"', remark: "Whole seconds: a fraction is not in the grammar." },
    { name: "twice-in-one-line", text: '"5, 5"', remark: "Two values are no value." },
    { name: "not-a-number", text: "String(Number(undefined))", remark: "An arithmetic slip went onto the wire: NaN." },
    { name: "undefined-as-text", text: "String(undefined)", remark: "A missing value went onto the wire as a word." },
    {
      name: "iso-date",
      text: "new Date(job.dueAt + 1000).toISOString()",
      remark: "HTTP has a date format of its own; toUTCString writes it.",
    },
    {
      name: "date-to-string",
      text: "new Date(job.dueAt + 1000).toString()",
      remark: "toString writes local time; toUTCString writes an HTTP-date.",
    },
    {
      name: "date-with-an-offset",
      text: 'new Date(job.dueAt + 1000).toUTCString().replace("GMT", "-0000")',
      remark: "An HTTP-date ends in GMT; mail writes -0000.",
    },
    {
      name: "wrong-weekday",
      text: "new Date(job.dueAt + 1000).toUTCString().replace(/^.../, (day) => (day === 'Mon' ? 'Tue' : 'Mon'))",
      remark: "The weekday is not the date's own.",
    },
  ].map(({ name, text, remark }): Mutant => ({
    ...on,
    name,
    clause: "retry-after.valid",
    remark,
    edits: [says(text)],
  })),
  {
    ...on,
    name: "two-lines",
    clause: "retry-after.valid",
    remark: "Set and then appended: the header stands there twice.",
    edits: [
      swap(
        answer,
        `if (job.state.status === "processing") {
    c.header("Retry-After", "3", { append: true });
    c.header("Retry-After", "4", { append: true });
    return c.json(envelope(job), 200, { "Cache-Control": "no-store" });
  }
  ${answer}`,
      ),
    ],
  },
  ...[
    { name: "zero", text: '"0"', remark: "0 is legal, and asks for a hot loop." },
    { name: "an-hour", text: '"3600"', remark: "The work takes five seconds; nobody wants to come back in an hour." },
    { name: "milliseconds", text: '"5000"', remark: "5000 is 83 minutes: the header counts in seconds." },
    {
      name: "time-left-in-milliseconds",
      text: "String(job.dueAt - Date.now())",
      remark: "The time left is right, the unit is not.",
    },
    {
      name: "time-left-rounded-down",
      text: "String(Math.floor((job.dueAt - Date.now()) / 1000))",
      remark: "In the last second it says 0: round up, and at least 1.",
    },
    {
      name: "date-of-now",
      text: "new Date().toUTCString()",
      remark: "A date that is past when it arrives says: ask at once.",
    },
  ].map(({ name, text, remark }): Mutant => ({
    ...on,
    name,
    clause: "retry-after.useful",
    remark,
    edits: [says(text)],
  })),
  {
    ...on,
    name: "on-every-answer",
    clause: "retry-after.only-waiting",
    remark: "A completed report needs no second visit.",
    edits: [swap('  if (job.state.status !== "processing") return headers;\n', "")],
  },
  {
    ...on,
    name: "not-on-the-202",
    clause: "retry-after.on-accept",
    remark: "The first poll is a guess: it comes at once, or late.",
    edits: [
      swap(
        posted,
        'const headers = { "Cache-Control": "no-store", Location: `/reports/${job.id}` };\n  return c.json(envelope(job), 202, headers);',
      ),
    ],
  },
  {
    ...on,
    name: "no-cache-control",
    clause: "cache.no-stale",
    remark: "A plain 200 may be kept by a cache: the client then sees the status of a minute ago.",
    edits: [swap('{ "Cache-Control": "no-store" };', "{};")],
  },
  {
    ...on,
    name: "max-age-60",
    clause: "cache.no-stale",
    remark: "For a minute every cache on the way may say `processing`.",
    edits: [swap('{ "Cache-Control": "no-store" };', '{ "Cache-Control": "max-age=60" };')],
  },
  {
    ...on,
    name: "no-store-when-completed",
    clause: "cache.no-stale",
    remark: "The answer that changes is the one that must not be kept.",
    edits: [
      swap('const headers = { "Cache-Control": "no-store" };', ""),
      swap("return headers;", 'return { "Cache-Control": "no-store" };'),
      swap("return { ...headers, ", "return { "),
    ],
  },
  {
    ...on,
    name: "not-in-the-last-second",
    clause: "retry-after.present",
    remark: "Less than a second is left, and the header is left out: the client falls back to a wait of its own.",
    edits: [onPolls('if (job.dueAt - Date.now() < 1000) delete headers["Retry-After"];')],
  },
  {
    ...on,
    name: "public",
    clause: "cache.no-stale",
    remark: "`public` invites every cache on the way to keep the status.",
    edits: [swap('{ "Cache-Control": "no-store" };', '{ "Cache-Control": "public" };')],
  },
  {
    ...on,
    name: "time-left-rounded",
    clause: "retry-after.useful",
    remark: "Rounded to the nearest second, the last half second is 0: a hot loop just before the end.",
    edits: [says("String(Math.round((job.dueAt - Date.now()) / 1000))")],
  },
  {
    ...on,
    name: "date-cut-to-the-second",
    clause: "retry-after.useful",
    remark: "toUTCString cuts off the milliseconds: in the last second the date is past.",
    edits: [says("new Date(job.dueAt).toUTCString()")],
  },
  {
    ...on,
    name: "an-hour-on-the-202",
    clause: "retry-after.useful",
    remark: "The polls say when to ask again, but the 202 has sent the client to sleep for an hour.",
    edits: [
      swap(
        posted,
        'return c.json(envelope(job), 202, { ...statusHeaders(job), "Retry-After": "3600", Location: `/reports/${job.id}` });',
      ),
    ],
  },
];
