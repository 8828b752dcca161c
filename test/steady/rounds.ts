/** Plays round after round. Each round grades every subject once, several at the same time. */
import { performance } from "node:perf_hooks";
import { grade } from "../../workbook/grade/grade.ts";
import { inLanes } from "./lanes.ts";
import { newPace } from "./pace.ts";
import { differenceOf, said, saidByError, type Difference, type Line } from "./said.ts";
import { notAsMeant, type Subject } from "./subjects.ts";

export interface Round {
  readonly seed: number;
  /** True: every core is kept busy meanwhile. */
  readonly loaded: boolean;
}

/** A grading with a wrong result. */
export interface Finding {
  readonly key: string;
  /** Counted from 1. */
  readonly round: number;
  readonly seed: number;
  readonly loaded: boolean;
  /** How it differs from the first grading with this seed, or what failed instead of the right clause. */
  readonly what: Difference | { readonly meant: string; readonly failed: string };
}

/** How far it is. */
export interface Standing {
  /** Index of the round. */
  readonly round: number;
  readonly done: number;
  readonly of: number;
  /** About how many ms are left; null: too early to say. */
  readonly leftMs: number | null;
}

export interface Played {
  /** Gradings that ended. */
  readonly calm: number;
  readonly loaded: number;
  /** Rounds in which every subject was graded. */
  readonly rounds: number;
  readonly findings: readonly Finding[];
}

export interface PlayOptions {
  /** How many gradings run at the same time. */
  readonly lanes: number;
  /** Ends the rounds early. The results so far are kept. */
  readonly signal: AbortSignal;
  /** Keeps every core busy until you call the returned function. */
  readonly load: () => () => void;
  readonly onStanding: (standing: Standing) => void;
  readonly onFinding: (finding: Finding) => void;
}

/** `times` rounds with the usual seed, every second one under load, then a calm round for each other seed. */
export function roundsOf(times: number, seeds: readonly number[]): readonly Round[] {
  const usual = Array.from({ length: times }, (_, index) => ({ seed: 1, loaded: index % 2 === 1 }));
  return [...usual, ...seeds.map((seed) => ({ seed, loaded: false }))];
}

/** Plays the rounds. A grading that throws is a finding and does not reject. */
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
    // The slowest begin first, so that no core is idle at the end of the round.
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
  /** What failed instead of the right clause. */
  readonly failed: string | null;
}

/** @returns null when it was stopped */
async function gradeOnce(subject: Subject, seed: number, signal: AbortSignal): Promise<Graded | null> {
  const { lesson, subject: files } = subject.placed;
  try {
    const run = await grade(lesson, files, { seed, signal });
    return { lines: said(run), failed: notAsMeant(subject, run) };
  } catch (error) {
    return signal.aborted ? null : { lines: saidByError(error), failed: `the grading threw: ${String(error)}` };
  }
}
