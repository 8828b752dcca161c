/** The same implementations in every home: a child on the virtual clock, a URL, a command. They must get the same verdicts. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Run } from "../../workbook/contract/model/run.ts";
import { newGradings, type Grading } from "../run/http/gradings.ts";
import { newStage, notPassing, verdictsOf } from "../run/http/start.ts";
import { keyOf, reds } from "../subjects/mutants/cases.ts";
import { shareChildren } from "../subjects/mutants/share.ts";
import { homes, inMemory } from "./homes.ts";
import { subjects } from "./subjects.ts";

/** A grading of exercise 04 takes two and a half minutes. */
const longMs = 300_000;
/** Between the starts of two gradings, ms: a command starts twenty programs within a second. */
const apartMs = { server: 500, client: 10_000 };

shareChildren();
const stage = newStage();
afterAll(() => stage.end());

const byFile = new Map<string, Run>();
const gradings = newGradings();

beforeAll(async () => {
  // These need the processor, which would make the answers of the others late: they come first.
  for (const subject of subjects) byFile.set(keyOf(subject), await inMemory(subject));
  const ready = { server: [] as Grading[], client: [] as Grading[] };
  for (const home of homes) {
    for (const subject of subjects.filter(({ side }) => side === home.side))
      ready[home.side].push([keyOf(subject), await home.prepare(subject, stage)]);
  }
  gradings.begin(ready.server, apartMs.server);
  gradings.begin(ready.client, apartMs.client);
}, 180_000);

describe.each(homes)("$name gives the same verdicts as the file:", ({ side }) => {
  test.each(subjects.filter((subject) => subject.side === side))(
    "$exercise, $name",
    { timeout: longMs },
    async (subject) => {
      const file = byFile.get(keyOf(subject)) as Run;
      const home = await gradings.runOf(keyOf(subject));
      expect(reds(file)).toEqual(subject.fails);
      expect(reds(home), notPassing(home).join("; ")).toEqual(subject.fails);
      // A command has no options, so a home may leave clauses out; what it judges is the same.
      const judged = new Set(home.verdicts.map(({ clause }) => clause));
      expect(judged.size).toBeGreaterThan(0);
      const verdicts = file.verdicts.filter(({ clause }) => judged.has(clause));
      expect(verdictsOf(home, side)).toEqual(verdictsOf({ ...file, verdicts }, side));
    },
  );
});
