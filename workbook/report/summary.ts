/** How far a step is: what passes, what is open, what waits. Reporters and the watch loop read it, none counts by itself. */
import type { ClauseId, Level, Verdict } from "../contract/model/clause.ts";
import type { Problem } from "../contract/model/recording.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import type { ClauseText, LessonText } from "./texts.ts";

/** The clauses of a lesson, in groups. */
type Groups = Pick<LessonText, "parts" | "keeps" | "kept">;

/** A clause of the step; `verdict` is null where it was not graded (yet). */
export interface Item {
  readonly id: ClauseId;
  readonly level: Level;
  readonly verdict: Verdict | null;
}

export interface Group {
  readonly title: string;
  readonly items: readonly Item[];
}

export interface Summary {
  /** The step's own `must` clauses: how many pass, fail, are not reached, and how many there are. */
  readonly passes: number;
  readonly fails: number;
  readonly notReached: number;
  readonly of: number;
  readonly parts: readonly Group[];
  readonly kept: Group;
  /** The first `must` that fails: kept clauses, then part by part. */
  readonly open: Verdict | null;
  /** Index of the part under work: the open clause's, else the first that does not pass as a whole, else the last. */
  readonly current: number;
  /** Advice that is not followed, in the order of the groups. */
  readonly advice: readonly Verdict[];
  /** No `must` of the step before the open one is undecided: only a kept clause may still come before it. */
  readonly certain: boolean;
}

/** What is known of a step after these verdicts. A side that the subject does not have does not count. */
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
  const kept = { title: keptTitle(lesson), items: lesson.kept.map(item).filter(counts) };
  const own = parts.flatMap((part) => part.items).filter(isMust);
  const ordered = [...kept.items, ...parts.flatMap((part) => part.items)];
  const openAt = ordered.findIndex((each) => isMust(each) && is(each, "fail"));
  const open = ordered[openAt]?.verdict ?? null;
  return {
    passes: own.filter((each) => is(each, "pass")).length,
    fails: own.filter((each) => is(each, "fail")).length,
    notReached: own.filter((each) => is(each, "not-reached")).length,
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

/** How many `must` clauses are a step's own. */
export function ownMusts(lesson: Groups, clauses: readonly ClauseText[]): number {
  return summarise(lesson, clauses, []).of;
}

/** True for an item with this verdict. */
export function is(item: Item, verdict: Verdict["verdict"]): boolean {
  return item.verdict?.verdict === verdict;
}

export function isMust(item: Item): boolean {
  return item.level === "must";
}

/** The problem that keeps a side from being graded at all; null where every side has verdicts. */
export function blocking(run: Run): Problem | null {
  const { problem } = run;
  if (!problem) return null;
  const graded = run.verdicts.some((verdict) => problem.side === null || verdict.side === problem.side);
  return graded ? null : problem;
}

/** The problem whose code frame belongs on the screen: the one that blocks, else the open clause's. */
export function problemShown(lesson: Groups, run: Run): Problem | null {
  return blocking(run) ?? summarise(lesson, [], run.verdicts).open?.problem ?? null;
}

/** 0: every graded `must` passes; 1: one does not; 3: a side could not be run. */
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
  // What needs options is left out for a command: only what has a verdict counts there.
  if ("command" in subject) return false;
  return subject[clause.side] !== undefined;
}

function keptTitle(lesson: Groups): string {
  const last = lesson.keeps ? lesson.keeps.lesson.slice(0, 2) : "";
  if (Number(last) <= 1) return `step ${last}`;
  return Number(last) === 2 ? "steps 01 and 02" : `steps 01 to ${last}`;
}

function currentPart(parts: readonly Group[], open: Verdict | null): number {
  const own = parts.findIndex((part) => part.items.some((each) => each.id === open?.clause));
  if (own >= 0) return own;
  const unfinished = parts.findIndex((part) => part.items.some((each) => isMust(each) && !is(each, "pass")));
  return unfinished >= 0 ? unfinished : parts.length - 1;
}
