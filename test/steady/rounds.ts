/** Plays round after round: in each, every subject is graded once, several at the same time. */
import { performance } from "node:perf_hooks";
import { grade } from "../../workbook/grade/grade.ts";
import { inLanes } from "./lanes.ts";
import { newPace } from "./pace.ts";
import { differenceOf, said, saidByError, type Difference, type Line } from "./said.ts";
import { notAsMeant, type Subject } from "./subjects.ts";

export interface Round {
  readonly seed: number;
  /** Every core is kept busy meanwhile. */
  readonly loaded: boolean;
}

/** One grading that is not what it should be. */
export interface Finding {
  readonly key: string;
  /** Counted from 1. */
  readonly round: number;
  readonly seed: number;
  readonly loaded: boolean;
  /** How it differs from the first grading with this seed; or what failed instead of what was meant to. */
  readonly what: Difference | { readonly meant: string; readonly failed: string };
}

/** Where it stands. */
export interface Standing {
  /** Index of the round. */
  readonly round: number;
  readonly done: number;
  readonly of: number;
  /** Real ms, about; null: too early to say. */
  readonly leftMs: number | null;
}

export interface Played {
  /** Gradings that came to their end. */
  readonly calm: number;
  readonly loaded: number;
  /** Rounds in which every subject was graded. */
  readonly rounds: number;
  readonly findings: readonly Finding[];
}

export interface PlayOptions {
  /** How many gradings at the same time. */
  readonly lanes: number;
  /** Ends it; what is known by then stays. */
  readonly signal: AbortSignal;
  /** Keeps every core busy, until what it returns is called. */
  readonly load: () => () => void;
  readonly onStanding: (standing: Standing) => void;
  readonly onFinding: (finding: Finding) => void;
}

/** `times` rounds with the usual seed, every second one under load, then a calm one for each further seed. */
export function roundsOf(times: number, seeds: readonly number[]): readonly Round[] {
  const usual = Array.from({ length: times }, (_, index) => ({ seed: 1, loaded: index % 2 === 1 }));
  return [...usual, ...seeds.map((seed) => ({ seed, loaded: false }))];
}

/** Never rejects for what a grading does: one that throws is a finding. */
export async function playRounds(
  subjects: readonly Subject[],
  rounds: readonly Round[],
  options: PlayOptions,
): Promise<Played> {
  const { lanes, signal, load, onStanding, onFinding } = options;
  const pace = newPace(() => performance.now());
  const findings: Finding[] = [];
  const firsts = new Map<string, readonly Line[]>();
  const tookMs = new Map<Subject, number>();
  const count = { calm: 0, loaded: 0, rounds: 0 };

  function look(subject: Subject, round: number, { seed, loaded }: Round, graded: Graded): void {
    const id = `${seed} ${subject.key}`;
    const first = firsts.get(id);
    const add = (what: Finding["what"]) => {
      const finding = { key: subject.key, round: round + 1, seed, loaded, what };
      findings.push(finding);
      onFinding(finding);
    };
    if (first === undefined) {
      firsts.set(id, graded.lines);
      if (graded.failed !== null) add({ meant: subject.meant ?? "nothing", failed: graded.failed });
      return;
    }
    const difference = differenceOf(first, graded.lines);
    if (difference) add(difference);
  }

  for (const [index, round] of rounds.entries()) {
    if (signal.aborted) break;
    pace.begin(
      round.loaded,
      rounds.slice(index + 1).map(({ loaded }) => loaded),
    );
    // What takes long begins first, so that no core is idle at the end of the round.
    const ordered = [...subjects].sort((a, b) => (tookMs.get(b) ?? 0) - (tookMs.get(a) ?? 0));
    let done = 0;
    const release = round.loaded ? load() : () => {};
    try {
      await inLanes(ordered, lanes, signal, async (subject) => {
        const from = performance.now();
        const graded = await gradeOnce(subject, round.seed, signal);
        if (graded === null) return;
        tookMs.set(subject, performance.now() - from);
        count[round.loaded ? "loaded" : "calm"] += 1;
        look(subject, index, round, graded);
        done += 1;
        onStanding({ round: index, done, of: subjects.length, leftMs: pace.left(done / subjects.length) });
      });
    } finally {
      release();
    }
    if (done === subjects.length) count.rounds += 1;
  }
  return { ...count, findings };
}

interface Graded {
  readonly lines: readonly Line[];
  /** What failed in place of what was meant to. */
  readonly failed: string | null;
}

/** Null when it was stopped. */
async function gradeOnce(subject: Subject, seed: number, signal: AbortSignal): Promise<Graded | null> {
  const { lesson, subject: files } = subject.placed;
  try {
    const run = await grade(lesson, files, { seed, signal });
    return { lines: said(run), failed: notAsMeant(subject, run) };
  } catch (error) {
    return signal.aborted ? null : { lines: saidByError(error), failed: `the grading threw: ${String(error)}` };
  }
}
