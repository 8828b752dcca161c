/** The results in words: each finding, the headline, and the page STEADY.md. */
import { counted, grouped, listed } from "../../workbook/report/text.ts";
import type { Finding, Played } from "./rounds.ts";
import type { Timed } from "./timed.ts";

/** The results of one call of the command. */
export interface Steady {
  readonly date: string;
  readonly node: string;
  readonly system: string;
  readonly cores: number;
  readonly minutes: number;
  readonly cases: number;
  /** The word that selected the cases; "" for all. */
  readonly word: string;
  /** How many rounds with the usual seed were asked for. */
  readonly times: number;
  readonly seeds: readonly number[];
  readonly played: Played;
  readonly timed: readonly Timed[];
  /** True: a signal ended it. */
  readonly interrupted: boolean;
}

/** The case, the run, the first difference, and both texts. */
export function findingWords({ key, round, seed, loaded, what }: Finding): string {
  const where = `${key}, run ${round} (seed ${seed}, ${loaded ? "every core loaded" : "calm"})`;
  if ("meant" in what) return `${where}: meant for ${what.meant}; failed: ${what.failed}`;
  return `${where} differs first at ${what.of}\n  the first run  ${what.first}\n  this run       ${what.now}`;
}

/** The last line, in one or two sentences. */
export function headline(steady: Steady): string {
  const { cases, played, times, seeds, interrupted } = steady;
  const { calm, loaded, findings } = played;
  const odd = new Set(findings.map(({ key }) => key)).size;
  const found =
    findings.length === 0 ? "no difference" : `${counted(findings.length, "difference")} in ${counted(odd, "case")}`;
  const share = `${grouped(loaded)} of them with every core loaded`;
  const all = `${grouped(calm + loaded)} gradings of ${counted(cases, "case")}, ${share}: ${found}.`;
  if (!interrupted) return all;
  return `${all} Interrupted after ${played.rounds} of ${times + seeds.length} rounds.`;
}

/** True if every round was played, and nothing was found. */
export function isSteady({ cases, played, interrupted }: Steady): boolean {
  return cases > 0 && played.findings.length === 0 && !interrupted;
}

/** "06 server walks-all failed 5 of 5". */
export function timedWords({ key, failed, of }: Timed): string {
  return `${key} failed ${failed} of ${of}`;
}

/** What was played and how it was compared, without the rounds that were interrupted. */
function how({ times, seeds, played }: Steady): readonly string[] {
  const usual = Math.min(times, played.rounds);
  const others = seeds.slice(0, played.rounds - usual);
  const lines = [
    `Each wrong and each right implementation was graded ${counted(usual, "time")} with the same seed, every second time with every core`,
    "kept busy. The result (each verdict with its texts and its exchange, the problem, whether it passed) is compared with the",
    "first grading, byte for byte.",
  ];
  if (others.length === 0) return lines;
  return [
    ...lines,
    `Then each was graded once with each of these seeds: ${listed(others.map(String))}. A wrong implementation must fail exactly its`,
    "clause with these too, and a right one must pass.",
  ];
}

/** test/subjects/mutants/STEADY.md. */
export function page(steady: Steady): string {
  const { date, node, system, cores, minutes, word, played, timed } = steady;
  const machine = `${counted(cores, "core")}, in ${counted(minutes, "minute")}`;
  const some = word === "" ? "" : ` Only cases that contain the word "${word}" were graded.`;
  const apart =
    timed.length === 0
      ? []
      : [`ttl.gentle is measured in real time, so it is graded separately: ${listed(timed.map(timedWords))}.`, ""];
  const found = played.findings.flatMap((finding) => ["```text", findingWords(finding), "```", ""]);
  return [
    "# The same verdict, always",
    "",
    `Written by \`npm run steady -- --write\` on ${date}, Node ${node}, ${system}, ${machine}.${some}`,
    "",
    `**${headline(steady)}**`,
    "",
    ...how(steady),
    "",
    ...apart,
    ...found,
  ].join("\n");
}
