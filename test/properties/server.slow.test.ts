import { describe, expect, test } from "vitest";
import books from "../../lessons/books.json" with { type: "json" };
import { whyWithout } from "../clients/dev.ts";
import { type Case, swap } from "../subjects/mutants/cases.ts";
import { counterexample, type FastCheck, fastCheck, type Property, scriptsTried } from "./check.ts";
import { copies, type Server } from "./load.ts";
import { playServer } from "./server-play.ts";
import { type ServerAbilities, serverFaults } from "./server-rules.ts";
import { describeServerScript, type ServerScript, serverScripts } from "./server-script.ts";

const solution = (exercise: string): Case => ({ name: "solution", exercise, side: "server" });
const counts = new Map<string, number>();
for (const { genre } of books) counts.set(genre, (counts.get(genre) ?? 0) + 1);

interface Learnt extends ServerAbilities {
  readonly exercise: string;
}

const third: Learnt = { exercise: "03-polling", fails: false, windowMs: 0, forgets: false };
const fourth: Learnt = { ...third, exercise: "04-failing", fails: true };
const fifth: Learnt = { ...fourth, exercise: "05-when-to-use-202", windowMs: 2000 };
const sixth: Learnt = { ...fourth, exercise: "06-cleaning-up", forgets: true };

async function property(fc: FastCheck, one: Case, learnt: Learnt): Promise<Property<ServerScript>> {
  const copy = await copies<Server>(one);
  const { fails, forgets } = learnt;
  return {
    scripts: serverScripts(fc, { genres: [...counts.keys()], days: forgets, refuses: fails }),
    faults: async (script) => serverFaults(await playServer(copy, script), { ...learnt, counts }),
    describe: describeServerScript,
  };
}

const ends = 'job.state = { status: "completed", result: await makeReport(params) };';
const makes =
  "async function makeReport({ genre, kind }: ReportParams): Promise<Report> {\n  await wait(workMs[kind]);";
const wrong: readonly (readonly [what: string, learnt: Learnt, edits: NonNullable<Case["edits"]>, says: RegExp])[] = [
  [
    "goes back to processing",
    fourth,
    [swap(ends, `${ends}\n    setTimeout(() => (job.state = { status: "processing" }), 5500);`)],
    /processing.*: it was completed before/,
  ],
  ["has the time for an id", third, [swap("crypto.randomUUID()", "String(Date.now())")], /two jobs have one id/],
  [
    "keeps the parameters of the last order only",
    third,
    [
      swap("const app = new Hono();", "const app = new Hono();\nlet last: ReportParams;"),
      swap(
        makes,
        "async function makeReport({ kind }: ReportParams): Promise<Report> {\n  await wait(workMs[kind]);\n  const { genre } = last;",
      ),
      swap("void runJob(job, params);", "last = params;\n  void runJob(job, params);"),
    ],
    /not this job's outcome/,
  ],
  [
    "completes what should fail",
    fourth,
    [swap("if (found.length === 0) throw", "if (found.length < 0) throw")],
    /not this job's outcome/,
  ],
  [
    "takes a body that is no order",
    fourth,
    [swap('return { ok: false, error: "The body is not JSON." };', "json = {};")],
    /send: 202/,
  ],
  [
    "waits for all work before it answers",
    fifth,
    [swap("await Promise.race([work, timeout]);", "await work;")],
    /only after \d+ ms/,
  ],
  [
    "forgets a job by when it was ordered",
    sixth,
    [
      swap("expiries.set(job.id, Date.now() + keepMs);", ""),
      swap("void runJob(job, params);", "expiries.set(job.id, Date.now() + keepMs);\n  void runJob(job, params);"),
    ],
    /forgotten too early/,
  ],
  [
    "never forgets",
    sixth,
    [swap("setInterval(sweep, sweepMs).unref();", "void sweep;\nvoid sweepMs;")],
    /not forgotten in time/,
  ],
];

describe.skipIf(fastCheck === null)(
  `the reference server, whatever its clients do${whyWithout ? ` (${whyWithout})` : ""}`,
  () => {
    const fc = fastCheck as FastCheck;

    test.each([third, fourth, fifth, sixth])(
      "$exercise keeps the state machine, each job its own id and outcome",
      async (learnt) => {
        expect(
          await counterexample(fc, await property(fc, solution(learnt.exercise), learnt), scriptsTried.sure),
        ).toBeNull();
      },
    );

    test.each(wrong)(
      "a server that %s is caught, and the script that shows it is printed",
      async (what, learnt, edits, says) => {
        const mutant = { ...solution(learnt.exercise), name: what, edits };
        const text = await counterexample(fc, await property(fc, mutant, learnt), scriptsTried.found);
        expect(text).toMatch(says);
        expect(text).toMatch(/^With this script:\n {2}1\. \d+ ms later: (POST|GET)/);
        expect(text).toMatch(/fast-check's seed -?\d+, path [\d:]+/);
      },
    );
  },
);
