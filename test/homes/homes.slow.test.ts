/** The same implementations in every home: a child on the virtual clock, a URL, a command. They must get the same verdicts. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClauseId, Verdict } from "../../workbook/contract/model/clause.ts";
import type { Run } from "../../workbook/contract/model/run.ts";
import { newGradings, type Grading } from "../run/http/gradings.ts";
import { newStage, notPassing, verdictsOf } from "../run/http/start.ts";
import { keyOf, reds } from "../subjects/mutants/cases.ts";
import { shareChildren } from "../subjects/mutants/share.ts";
import { homes, inMemory } from "./homes.ts";
import { subjects, type Subject } from "./subjects.ts";

/** A grading of exercise 04 takes two and a half minutes. */
const longMs = 300_000;
/** Between the starts of two gradings, ms: a command starts twenty programs within a second. */
const apartMs = { server: 500, client: 10_000 };
/** The first scenario of a server needs answers that are on time to the second, so nothing busy runs before this, ms. */
const calmMs = 45_000;

shareChildren();
const stage = newStage();
afterAll(() => stage.end());

/** By file, in memory: by the key of the subject. */
const files = new Map<string, Run>();
let filesGraded: Promise<void> = Promise.resolve();
const gradings = newGradings();

async function gradeFiles(): Promise<void> {
  for (const subject of subjects) files.set(keyOf(subject), await inMemory(subject));
}

beforeAll(async () => {
  const ready = { server: [] as Grading[], client: [] as Grading[] };
  for (const home of homes) {
    for (const subject of subjects.filter(({ side }) => side === home.side))
      ready[home.side].push([keyOf(subject), await home.prepare(subject, stage)]);
  }
  gradings.begin(ready.server, apartMs.server);
  gradings.begin(ready.client, apartMs.client);
  filesGraded = new Promise((resolve) => setTimeout(resolve, calmMs)).then(gradeFiles);
  // The tests report why it failed.
  filesGraded.catch(() => undefined);
}, 60_000);

describe.each(homes)("the same verdicts as the file:", ({ name, side }) => {
  for (const subject of subjects.filter((each) => each.side === side)) {
    test(`${keyOf(subject)}, through ${name}`, { timeout: longMs }, async () => {
      await filesGraded;
      const file = files.get(keyOf(subject)) as Run;
      const home = await gradings.runOf(keyOf(subject));
      expect(reds(file)).toEqual(subject.fails);
      expect(reds(home), notPassing(home).join("; ")).toEqual(subject.fails);
      const judged = home.verdicts.filter((verdict) => !isBehindTheEnd(verdict, subject)).map(({ clause }) => clause);
      expect(judged.length).toBeGreaterThan(0);
      expect(verdictsOf(only(home, judged), side)).toEqual(verdictsOf(only(file, judged), side));
    });
  }
});

/** True if the home did not get to the clause, because the server had ended. */
function isBehindTheEnd({ verdict, blockedBy }: Verdict, { ends, fails }: Subject): boolean {
  return ends === true && verdict === "not-reached" && blockedBy !== null && fails.includes(blockedBy);
}

/** The run with the verdicts of these clauses alone. A home need not have all of them: a command takes no options. */
function only(run: Run, clauses: readonly ClauseId[]): Run {
  return { ...run, verdicts: run.verdicts.filter(({ clause }) => clauses.includes(clause)) };
}
