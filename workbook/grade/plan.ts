/** What is graded and what is played. It depends on the lesson and on the kind of subject, not on the subject's code. */
import type { Lesson } from "../content/lesson.ts";
import { clauseOf, clauses as contract } from "../contract/clauses/all.ts";
import type { JudgeOptions } from "../contract/judge/judge.ts";
import type { Clause } from "../contract/model/clause.ts";
import type { Recording, Side } from "../contract/model/recording.ts";
import type { Subject } from "../contract/model/run.ts";
import type { Scenario } from "../contract/model/scenario.ts";
import type { World } from "../contract/model/world.ts";
import { isHeavy, scenarios as catalogue, spansDays } from "../contract/scenarios/all.ts";
import type { GradeOptions } from "./options.ts";
import { isHttp, sidesOf } from "./subject.ts";
import { worldOf } from "./world.ts";

export interface Plan {
  readonly lesson: Lesson;
  readonly subject: Subject;
  readonly world: World;
  /** The sides that the subject has. */
  readonly sides: readonly Side[];
  /** What these sides are judged by, in contract order. */
  readonly clauses: readonly Clause[];
  /** In contract order; on the real clock in the order in which a server's are played. */
  readonly scenarios: readonly Scenario[];
}

/** @throws Error for a subject that has no side: a fault of the caller */
export function planOf(lesson: Lesson, subject: Subject, options: Pick<GradeOptions, "seed" | "heavy"> = {}): Plan {
  const sides = sidesOf(subject);
  if (sides.length === 0) throw new Error("A subject has a server, a client, or both.");
  // The call of a command has no options.
  const hasOptions = !("command" in subject);
  const canPlay = ({ needsCallOptions }: Clause | Scenario) => hasOptions || !needsCallOptions;
  const inLesson = contract.filter((clause) => lesson.graded.includes(clause.id) && canPlay(clause));
  const clauses = inLesson.filter((clause) => sides.includes(clause.side) && (options.heavy || !isHeavy(clause)));
  const needed = new Set(clauses.flatMap(({ scenarios }) => scenarios));
  const scenarios = [...catalogue.values()].filter((scenario) => needed.has(scenario.name) && canPlay(scenario));
  return {
    lesson,
    subject,
    world: worldOf(
      subject,
      inLesson.map(({ id }) => id),
      options.seed ?? 1,
    ),
    sides,
    clauses,
    scenarios: isHttp(subject) ? inRealOrder(scenarios) : scenarios,
  };
}

/** What decides most comes first. What may end the server comes last. */
function inRealOrder(scenarios: readonly Scenario[]): Scenario[] {
  const turn = ({ decidesMost, mayEnd }: Scenario) => (decidesMost ? 0 : mayEnd ? 2 : 1);
  return scenarios.toSorted((a, b) => turn(a) - turn(b));
}

/** What the judge needs of a plan. */
export function judgeOptionsOf(plan: Plan, recordings: ReadonlyMap<string, Recording>): JudgeOptions {
  const { clauses, lesson, sides, world } = plan;
  return { graded: clauses.map(({ id }) => id), replaces: lesson.replaces, sides, recordings, world };
}

/** True if a URL or a command can be graded by the lesson: it grades a server, and no scenario goes through days. */
export function isForHttp({ graded }: Pick<Lesson, "graded">): boolean {
  const clauses = graded.map(clauseOf);
  return clauses.some(({ side }) => side === "server") && !clauses.some(spansDays);
}
