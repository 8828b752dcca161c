/** What is graded and what is played. It depends on the lesson and on the kind of subject, not on the subject's code. */
import type { Lesson } from "../content/lesson.ts";
import { clauses as contract } from "../contract/clauses/all.ts";
import type { JudgeOptions } from "../contract/judge/judge.ts";
import type { Clause, ClauseId } from "../contract/model/clause.ts";
import type { Recording, Side } from "../contract/model/recording.ts";
import type { Subject } from "../contract/model/run.ts";
import type { Scenario, World } from "../contract/model/scenario.ts";
import { scenarios as catalogue } from "../contract/scenarios/all.ts";
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

/** A command's call has no options, so these clauses cannot be judged. */
const needOptions: readonly ClauseId[] = ["client.deadline", "client.unknown-outcome", "client.abort"];
const optionScenarios: readonly string[] = ["C-503-forever"];

/** These two decide most of a server's clauses. */
const first: readonly string[] = ["S1", "S4"];
/** Work that fails may end the server. */
const last: readonly string[] = ["S6a", "S6b"];

/** @throws Error for a subject that has no side: a fault of the caller */
export function planOf(lesson: Lesson, subject: Subject, options: Pick<GradeOptions, "seed" | "heavy">): Plan {
  const sides = sidesOf(subject);
  if (sides.length === 0) throw new Error("A subject has a server, a client, or both.");
  const isCommand = "command" in subject;
  const inLesson = contract.filter(({ id }) => lesson.graded.includes(id) && !(isCommand && needOptions.includes(id)));
  const clauses = inLesson.filter(
    ({ side, scenarios }) => sides.includes(side) && (options.heavy || !scenarios.some(isHeavy)),
  );
  const needed = new Set(clauses.flatMap(({ scenarios }) => scenarios));
  const scenarios = [...catalogue.values()].filter(
    ({ name }) => needed.has(name) && !(isCommand && optionScenarios.includes(name)),
  );
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

function inRealOrder(scenarios: readonly Scenario[]): Scenario[] {
  const turn = ({ name }: Scenario) => (first.includes(name) ? 0 : last.includes(name) ? 2 : 1);
  return [...scenarios].sort((a, b) => turn(a) - turn(b));
}

/** What the judge needs of a plan. */
export function judgeOptionsOf(plan: Plan, recordings: ReadonlyMap<string, Recording>): JudgeOptions {
  const { clauses, lesson, sides, world } = plan;
  return { graded: clauses.map(({ id }) => id), replaces: lesson.replaces, sides, recordings, world };
}

/**
 * True if a URL or a command can be graded by the lesson: its server answers 202, and nothing lives through days. That is
 * 02 to 05; 01 is about the options of a call, 06 about days.
 */
export function isForHttp({ graded }: Pick<Lesson, "graded">): boolean {
  return graded.includes("accept.status") && !graded.some((id) => id.startsWith("ttl."));
}

/** @param name a scenario's */
export function isHeavy(name: string): boolean {
  return catalogue.get(name)?.heavy === true;
}
