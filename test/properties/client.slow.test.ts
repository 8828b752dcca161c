import { describe, expect, test } from "vitest";
import { whyWithout } from "../clients/dev.ts";
import { type Case, swap } from "../subjects/mutants/cases.ts";
import { counterexample, type FastCheck, fastCheck, type Property, scriptsTried } from "./check.ts";
import { playClient } from "./client-play.ts";
import { type Abilities, clientFaults } from "./client-rules.ts";
import { type ClientScript, clientScripts, describeClientScript } from "./client-script.ts";
import { type Client, copies } from "./load.ts";

const solution = (exercise: string): Case => ({ name: "solution", exercise, side: "client" });

interface Learnt extends Abilities {
  readonly exercise: string;
  readonly outcomeAtOnce: boolean;
}

const lessons: readonly Learnt[] = [
  { exercise: "03-polling", patient: false, outcomeAtOnce: false },
  { exercise: "04-failing", patient: true, outcomeAtOnce: false },
  { exercise: "05-when-to-use-202", patient: true, outcomeAtOnce: true },
];
const third = { ...lessons[0], exercise: "03-polling" } as Learnt;
const fourth = { ...lessons[1], exercise: "04-failing" } as Learnt;

async function property(fc: FastCheck, one: Case, learnt: Learnt): Promise<Property<ClientScript>> {
  const copy = await copies<Client>(one);
  return {
    scripts: clientScripts(fc, learnt),
    faults: async (script) => clientFaults(script, await playClient(copy(), script), learnt),
    describe: describeClientScript,
  };
}

const shortest = "const shortestWaitMs = 1000;";
const read = 'const ms = /^\\d+$/.test(value) ? Number(value) * 1000 : msUntil(value, headers.get("Date"));';
const wrong: readonly (readonly [what: string, learnt: Learnt, edits: NonNullable<Case["edits"]>, says: RegExp])[] = [
  [
    "parseInt of a date",
    fourth,
    [swap(read, "const ms = parseInt(value, 10) * 1000;")],
    /poll \d+ came|requests and had not ended/,
  ],
  ["no shortest wait", third, [swap(shortest, "const shortestWaitMs = 0;")], /poll \d+ came/],
  [
    "a wait longer than a timer can be",
    third,
    [swap("longestTimerMs = 2 ** 31 - 1", "longestTimerMs = Infinity")],
    /poll \d+ came|it ended/,
  ],
  ["a date read by its own clock", fourth, [swap('headers.get("Date"));', "null);")], /poll \d+ came/],
  ["the first wait for ever", fourth, [swap("waitMs = retryAfterMs(answer.headers);", "")], /poll \d+ came/],
  ["503 for ever", fourth, [swap("troubles >= mostTroubles", "false")], /asked again after|requests and had not ended/],
  ["a wait that the deadline cannot end", fourth, [swap("reject(signal.reason);\n    }", "}")], /it never ends/],
];

describe.skipIf(fastCheck === null)(
  `the reference client, whatever the server says${whyWithout ? ` (${whyWithout})` : ""}`,
  () => {
    const fc = fastCheck as FastCheck;

    test.each(lessons)("$exercise never polls early, never spins and always ends", async (learnt) => {
      expect(
        await counterexample(fc, await property(fc, solution(learnt.exercise), learnt), scriptsTried.sure),
      ).toBeNull();
    });

    test.each(wrong)(
      "a client with %s is caught, and the script that shows it is printed",
      async (what, learnt, edits, says) => {
        const mutant = { ...solution(learnt.exercise), name: what, edits };
        const text = await counterexample(fc, await property(fc, mutant, learnt), scriptsTried.found);
        expect(text).toMatch(says);
        expect(text).toMatch(/^With this script:\n {2}begins \d+ ms after/);
        expect(text).toMatch(/fast-check's seed -?\d+, path [\d:]+/);
      },
    );
  },
);
