/** The order of S6a that no work can carry out, and what became of it. */
import { genreOf, isOver, jobIn, readingOf, readNear } from "./server.ts";
import type { Answer, Job, Reading } from "./server.ts";
import type { Evidence } from "../model/clause.ts";

/** What the failing order of S6a came to. */
export interface Failing {
  readonly reading: Reading;
  readonly job: Job | undefined;
  /** The failure was told in the POST's own answer (exercise 05): there is no job to ask about. */
  readonly toldAtOnce: boolean;
  /** The first answer that is over, else the one at 10.3 s. */
  readonly told: Answer | undefined;
}

export function failingJob(evidence: Evidence): Failing {
  const reading = readingOf(evidence, "S6a");
  const job = jobIn(reading, "X");
  const code = job?.post.exchange.response?.status;
  const toldAtOnce = evidence.graded("choose.failed") && code !== undefined && code !== 202;
  const told = job?.reads.find(isOver) ?? readNear(job, 10_300);
  return { reading, job, toldAtOnce, told };
}

/** The genre that no book has, as it was ordered in S6a. */
export function failingGenre({ job }: Failing): string {
  return genreOf(job) ?? "";
}
