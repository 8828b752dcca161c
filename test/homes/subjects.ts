/** The right and wrong implementations that every home has to judge alike. */
import { mutants } from "../subjects/mutants/all.ts";
import { keyOf, type Case } from "../subjects/mutants/cases.ts";
import type { ClauseId } from "../../workbook/contract/model/clause.ts";
import type { Side } from "../../workbook/contract/model/recording.ts";

/** An implementation, and the clauses that it fails. */
export interface Subject extends Case {
  readonly fails: readonly ClauseId[];
  /** Its mistake ends the process. A child on the virtual clock is started again for the next scenario; a server is not. */
  readonly ends?: true;
}

function solution(exercise: string, side: Side): Subject {
  return { name: "the solution", exercise, side, fails: [] };
}

/** A mutant by its key: exercise, side and name. */
function mutant(key: string): Subject {
  const found = mutants.find((each) => keyOf(each) === key);
  if (!found) throw new Error(`There is no mutant "${key}".`);
  return { ...found, fails: [found.clause] };
}

export const subjects: readonly Subject[] = [
  solution("02-accepted", "server"),
  solution("03-polling", "server"),
  solution("04-failing", "server"),
  solution("05-when-to-use-202", "server"),
  mutant("04 server a-poll-hastens-it"),
  mutant("03 server with-a-unit"),
  mutant("03 server time-left-rounded-down"),
  mutant("04 server waits-for-the-work"),
  mutant("04 server location-of-the-collection"),
  mutant("04 server starts-at-the-first-poll"),
  { ...mutant("04 server malformed-kills-the-process"), ends: true },
  mutant("04 server deleted-when-read"),
  { ...mutant("04 server no-catch"), ends: true },
  mutant("04 server one-failure-fails-all"),
  solution("02-accepted", "client"),
  solution("03-polling", "client"),
  solution("04-failing", "client"),
  mutant("02 client resolves-to-the-envelope"),
  mutant("03 client milliseconds-for-seconds"),
];
