/** Reports how far a grading on the real clock is. */
import type { ClauseId, Verdict } from "../contract/model/clause.ts";
import type { Recording } from "../contract/model/recording.ts";
import type { GradeOptions } from "./options.ts";
import type { Plan } from "./plan.ts";

/** A grading on the real clock that is under way. */
export interface HttpGrading {
  readonly plan: Plan;
  /** By performance.now(), ms. */
  readonly startedAt: number;
  readonly recordings: Map<string, Recording>;
  verdicts: readonly Verdict[];
  /** Scenarios that can still change a verdict. */
  needed: ReadonlySet<string>;
  /** The scenario that is being played, and ms from the start. Null before the first, and where all are played at once. */
  now: { readonly name: string; readonly atMs: number } | null;
}

const everyMs = 250;

/** Calls `onClock` at once and then every 250 ms. @returns stops it */
export function reportClock(grading: HttpGrading, { onClock }: Pick<GradeOptions, "onClock">): () => void {
  if (!onClock) return () => undefined;
  const report = () => {
    const elapsedMs = performance.now() - grading.startedAt;
    onClock({ clause: clauseUnderWay(grading), elapsedMs, aboutMs: aboutMs(grading, elapsedMs) });
  };
  report();
  const timer = setInterval(report, everyMs);
  return () => clearInterval(timer);
}

/** The first undecided clause that rests on the scenario being played, or else the first undecided one. */
function clauseUnderWay({ plan, verdicts, now }: HttpGrading): ClauseId | null {
  const open = plan.clauses.filter(({ id }) => !verdicts.some(({ clause }) => clause === id));
  return (open.find(({ scenarios }) => now !== null && scenarios.includes(now.name)) ?? open[0])?.id ?? null;
}

/** About how long the whole grading takes, by what is still to be played. */
function aboutMs({ plan, needed, recordings, now }: HttpGrading, elapsedMs: number): number {
  const left = plan.scenarios.filter(({ name }) => needed.has(name) && !recordings.has(name));
  const times = left.map(({ lastsMs }) => lastsMs?.(plan.world) ?? 0);
  // A command plays all scenarios at once, a server one after the other.
  const isCommand = "command" in plan.subject;
  const endMs = isCommand ? Math.max(0, ...times) : times.reduce((sum, ms) => sum + ms, now?.atMs ?? 0);
  return Math.max(endMs, elapsedMs);
}
