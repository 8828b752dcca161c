/** One view of every screen, by name. */
import type { View } from "../../workbook/session/view.ts";
import type { Position } from "../../workbook/terminal/position.ts";
import {
  clauses,
  first,
  halfDone,
  hasty,
  lessons,
  loop,
  loopFrame,
  nothingDone,
  passed,
  runOf,
  second,
  stepOf,
  syntax,
  syntaxFrame,
  third,
  verdictsOf,
} from "../report/sample.ts";

const broken = runOf(second, { problem: syntax });
const looping = runOf(third, { problem: loop, elapsedMs: 1020 });
const last = { run: halfDone, at: "14:06:30" };
const location = clauses.find((clause) => clause.id === "accept.location");
if (!location) throw new Error("The sample has no accept.location.");

const url = { url: "http://127.0.0.1:8080" };
const served = {
  ...halfDone,
  subject: url,
  verdicts: halfDone.verdicts.filter(({ side }) => side === "server"),
  elapsedMs: 68_400,
  notice: "POST /reports is answered 404. Is this the address of your server?",
};
const unreachable = runOf(third, {
  subject: url,
  problem: {
    kind: "unreachable",
    side: "server",
    message:
      "Nothing answers at http://127.0.0.1:8080 (connection refused). Start your server, then run the same line again.",
    file: null,
    line: null,
    column: null,
  },
});

const noise = Array.from({ length: 50 }, (_, index) => ({
  from: "server" as const,
  atMs: index * 100,
  scenario: "S1",
  text: `line ${index} \u001b[2J\r\u202e${"x".repeat(300)}\n`,
}));

const diff = {
  file: "solutions/03-polling/client.ts",
  lines: [
    { sign: " ", number: 20, text: '  if (job.status === "completed") return job.result;' },
    { sign: "-", number: 21, text: "  await sleep(1_000);" },
    { sign: "+", number: 21, text: "  await sleep(retryAfterMs(response.headers), { signal });" },
    { sign: " ", number: 22, text: "}" },
  ],
} as const;

const long = {
  file: "solutions/03-polling/client.ts",
  lines: Array.from({ length: 40 }, (_, index) => ({
    sign: index % 2 === 0 ? ("-" as const) : ("+" as const),
    number: index + 1,
    text: `  const line${index} = "a line that is as wide as a narrow terminal";`,
  })),
};

const ways = [
  {
    name: "jitter",
    file: "client.ts",
    title: "A wait with jitter",
    when: "Choose it when many clients order at the same moment: all are told the same wait, and would come back in the same instant.",
    parts: [diff, diff],
    patch: "--- solutions/03-polling/client.ts\n+++ solutions/03-polling/client.ts\n\n-old\n+new\n",
  },
  {
    name: "a-generator",
    file: "client.ts",
    title: "A generator that tells every status",
    when: "Choose it when somebody watches.",
    parts: [long],
    patch: "",
  },
] as const;

/** A step with other right ways. */
export const offering = { ...third, ways: ways.map(({ name, file, title, when }) => ({ name, file, title, when })) };
export const offered = ways;

export const views: Readonly<Record<string, View>> = {
  welcome: { is: "welcome", live: true, lessons, passed: 0, lesson: first },
  "nothing done": stepOf(second, nothingDone),
  "half done": stepOf(second, halfDone),
  "client too early": stepOf(third, hasty),
  noisy: stepOf(
    second,
    { ...halfDone, output: noise, notice: "The clock fell back to fake timers." },
    {
      message: "You saved lessons/02-accepted/server.ts. Your own file is exercises/02-accepted/server.ts.",
      types: [1, 2, 3, 4, 5].map((line) => ({
        file: "exercises/02-accepted/server.ts",
        line,
        message: "Type 'string' is not assignable to type 'number'.",
      })),
    },
  ),
  syntax: stepOf(second, broken, { now: { is: "run", run: broken, at: "14:07:12", frame: syntaxFrame, last } }),
  loop: stepOf(third, looping, { now: { is: "run", run: looping, at: "14:22:40", frame: loopFrame, last: null } }),
  passed: stepOf(second, passed),
  grading: stepOf(second, halfDone, { now: { is: "grading", verdicts: [], last } }),
  "grading, first": stepOf(second, halfDone, { now: { is: "grading", verdicts: [], last: null } }),
  "grading, open known": stepOf(second, halfDone, { now: { is: "grading", verdicts: halfDone.verdicts, last: null } }),
  "hint 1": { is: "hints", live: true, lesson: second, clause: location, revealed: 1 },
  "hint 3": { is: "hints", live: true, lesson: second, clause: location, revealed: 3 },
  keys: { is: "keys", live: true },
  list: {
    is: "list",
    live: true,
    current: second.slug,
    here: third.slug,
    entries: [
      { lesson: first, musts: 3, progress: { passed: true, passes: 3, open: null } },
      { lesson: second, musts: 14, progress: { passed: false, passes: 4, open: "accept.location" } },
      { lesson: third, musts: 6, progress: null },
    ],
  },
  question: { is: "quiz", live: true, lesson: second, index: 0, chosen: null },
  "wrong answer": { is: "quiz", live: true, lesson: second, index: 0, chosen: 2 },
  solution: { is: "solution", live: true, lesson: third, parts: [diff, diff], open: "client.waits" },
  "solution, equal": { is: "solution", live: true, lesson: third, parts: [], open: null },
  "solution, long": { is: "solution", live: true, lesson: third, parts: [long, diff], open: null },
  "other ways": { is: "ways", live: true, lesson: third, ways },
  "other ways, rest": { is: "ways", live: true, lesson: third, ways },
  "passed, with other ways": stepOf(offering, runOf(offering, { passed: true, verdicts: verdictsOf(offering, {}) })),
  output: { is: "output", live: true, lesson: second, output: noise },
  text: {
    is: "text",
    live: true,
    lesson: second,
    text: `# 02 Accepted\n\n[Starter](a.ts), a line that is long enough to be wrapped at any width that is tried in these tests, and then some.\n\n\`\`\`ts\nconst a = 1;\n\`\`\`\n${"A paragraph.\n\n".repeat(40)}`,
  },
  confirm: {
    is: "confirm",
    live: true,
    title: "Step 02 is not passed yet.",
    about: ["You may go on and come back to it at any time. Your files stay as they are."],
    question: "Go on to 03, Polling?",
    yes: "go on to 03",
    no: "stay here",
  },
  "confirm reset": {
    is: "confirm",
    live: true,
    title: "Begin step 02 again?",
    about: ["The starter takes the place of your server.ts and client.ts. Both are kept in a backup."],
    question: "Put the starter back?",
    yes: "put it back",
    no: "keep my files",
    replacesFiles: true,
  },
  finished: { is: "finished", live: true, lessons, open: [{ slug: second.slug, questions: 2 }] },
  "at a URL": { is: "subject", live: false, lesson: second, clauses, run: served, subject: url },
  unreachable: { is: "subject", live: false, lesson: third, clauses, run: unreachable, subject: url },
  command: {
    is: "subject",
    live: false,
    lesson: third,
    clauses,
    run: { ...hasty, subject: { command: "python3 \u001b[2J client.py" } },
    subject: { command: "python3 \u001b[2J client.py" },
  },
};

/** Where the terminal is in some of them; in the others at the start. */
export const positions: Readonly<Record<string, Partial<Position>>> = {
  "solution, long": { page: 1 },
  "other ways, rest": { page: 2 },
  output: { page: 1 },
};
