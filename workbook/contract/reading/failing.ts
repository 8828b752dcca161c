/** The order of S6a that must fail, and what came of it. */
import { genreOf, isOver, jobIn, readingOf, readNear } from "./server.ts";
import type { Answer, Job, Reading } from "./server.ts";
import type { Evidence } from "../model/clause.ts";

export interface Failing {
  readonly reading: Reading;
  readonly job: Job | undefined;
  /** The POST's own answer reported the failure (exercise 05): there is no job to poll. */
  readonly reportedAtOnce: boolean;
  /** The first answer that is completed or failed, else the one at 10.3 s. */
  readonly finalAnswer: Answer | undefined;
}

export function failingJob(evidence: Evidence): Failing {
  const reading = readingOf(evidence, "S6a");
  const job = jobIn(reading, "X");
  const code = job?.post.exchange.response?.status;
  const reportedAtOnce = evidence.graded("choose.failed") && code !== undefined && code !== 202;
  const finalAnswer = job?.reads.find(isOver) ?? readNear(job, 10_300);
  return { reading, job, reportedAtOnce, finalAnswer };
}

/** The genre that S6a ordered, which no book has. */
export function failingGenre({ job }: Failing): string {
  return genreOf(job) ?? "";
}
