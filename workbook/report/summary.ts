/** How far a step is: which clauses pass, which one is open, which wait. Everything that shows progress counts here. */
import type { ClauseId, Level, Verdict } from "../contract/model/clause.ts";
import type { Problem } from "../contract/model/recording.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import type { ClauseText, LessonText } from "./texts.ts";

/** A lesson's clauses, in groups. */
type Groups = Pick<LessonText, "parts" | "keeps" | "kept">;

/** A clause of the step; `verdict` is null if it isn't graded (yet). */
export interface Item {
  readonly id: ClauseId;
  readonly level: Level;
  readonly verdict: Verdict | null;
}

export interface Group {
  readonly title: string;
  readonly items: readonly Item[];
}

/** The clauses of earlier steps; its title is "steps 01 and 02". */
export interface KeptGroup extends Group {
  /** The steps' numbers alone: "01 and 02". */
  readonly steps: string;
}

export interface Summary {
  /** The step's own `must` clauses: how many pass, fail, are not reached, and their total. */
  readonly passes: number;
  readonly fails: number;
  readonly notReached: number;
  readonly of: number;
  readonly parts: readonly Group[];
  readonly kept: KeptGroup;
  /** The first `must` that fails: kept clauses, then part by part. */
  readonly open: Verdict | null;
  /** Index of the part under work: the open clause's, else the first with a `must` that doesn't pass, else the last. */
  readonly current: number;
  /** Failed `should` clauses, in the order of the groups. */
  readonly advice: readonly Verdict[];
  /** All `must` clauses of the step before the open one are decided: only a kept clause may still come before it. */
  readonly certain: boolean;
}

/** Summarises the verdicts of a step. Clauses of a side that the subject doesn't have are left out. */
export function summarise(
  lesson: Groups,
  clauses: readonly ClauseText[],
  verdicts: readonly Verdict[],
  subject: Subject | null = null,
): Summary {
  const known = new Map(verdicts.map((verdict) => [verdict.clause, verdict]));
  const catalogue = new Map(clauses.map((clause) => [clause.id, clause]));
  const item = (id: ClauseId): Item => {
    const verdict = known.get(id) ?? null;
    return { id, verdict, level: verdict?.level ?? catalogue.get(id)?.level ?? "must" };
  };
  const counts = ({ id, verdict }: Item) => verdict !== null || hasSide(subject, catalogue.get(id));
  const parts = lesson.parts.map((part) => ({
    title: part.title,
    items: [...part.teaches, ...part.guards].map(item).filter(counts),
  }));
  const steps = keptSteps(lesson);
  const kept = { title: steps.title, steps: steps.numbers, items: lesson.kept.map(item).filter(counts) };
  const own = parts.flatMap((part) => part.items).filter(isMust);
  const ordered = [...kept.items, ...parts.flatMap((part) => part.items)];
  const openAt = ordered.findIndex((each) => isMust(each) && hasVerdict(each, "fail"));
  const open = ordered[openAt]?.verdict ?? null;
  return {
    passes: own.filter((each) => hasVerdict(each, "pass")).length,
    fails: own.filter((each) => hasVerdict(each, "fail")).length,
    notReached: own.filter((each) => hasVerdict(each, "not-reached")).length,
    of: own.length,
    parts,
    kept,
    open,
    current: currentPart(parts, open),
    advice: ordered.flatMap(({ level, verdict }) =>
      level === "should" && verdict?.verdict === "fail" ? [verdict] : [],
    ),
    certain: isSettled(open, kept, own),
  };
}

/** How many `must` clauses a step has of its own. */
export function ownMusts(lesson: Groups, clauses: readonly ClauseText[]): number {
  return summarise(lesson, clauses, []).of;
}

/** Whether an item has this verdict. */
export function hasVerdict(item: Item, verdict: Verdict["verdict"]): boolean {
  return item.verdict?.verdict === verdict;
}

export function isMust(item: Item): boolean {
  return item.level === "must";
}

/** The problem that keeps a side from being graded at all; null if that side has verdicts. */
export function blocking(run: Run): Problem | null {
  const { problem } = run;
  if (!problem) return null;
  const graded = run.verdicts.some((verdict) => problem.side === null || verdict.side === problem.side);
  return graded ? null : problem;
}

/** The problem whose code frame is shown: the blocking one, else the open clause's. */
export function problemShown(lesson: Groups, run: Run): Problem | null {
  return blocking(run) ?? summarise(lesson, [], run.verdicts).open?.problem ?? null;
}

/** 0: every graded `must` passes; 1: one doesn't; 3: a side could not be run. */
export function exitCode(run: Run): 0 | 1 | 3 {
  if (blocking(run)) return 3;
  return run.passed ? 0 : 1;
}

function isSettled(open: Verdict | null, kept: Group, own: readonly Item[]): boolean {
  if (kept.items.some(({ id }) => id === open?.clause)) return true;
  const before = own.slice(0, open === null ? undefined : own.findIndex(({ id }) => id === open.clause));
  return before.every(({ verdict }) => verdict !== null);
}

function hasSide(subject: Subject | null, clause: ClauseText | undefined): boolean {
  if (subject === null || clause === undefined) return true;
  if ("url" in subject) return clause.side === "server";
  // Clauses about `options` can't be graded for a command, so only those with a verdict count.
  if ("command" in subject) return false;
  return subject[clause.side] !== undefined;
}

/** The earlier steps whose clauses go on being graded: "step 01", "steps 01 and 02", "steps 01 to 05". */
function keptSteps({ keeps }: Groups): { title: string; numbers: string } {
  const last = keeps ? keeps.lesson.slice(0, 2) : "";
  if (Number(last) <= 1) return { title: `step ${last}`, numbers: last };
  const numbers = Number(last) === 2 ? "01 and 02" : `01 to ${last}`;
  return { title: `steps ${numbers}`, numbers };
}

function currentPart(parts: readonly Group[], open: Verdict | null): number {
  const own = parts.findIndex((part) => part.items.some((each) => each.id === open?.clause));
  if (own >= 0) return own;
  const unfinished = parts.findIndex((part) => part.items.some((each) => isMust(each) && !hasVerdict(each, "pass")));
  return unfinished >= 0 ? unfinished : parts.length - 1;
}
