/** The child processes that grade files, for those who keep a session open or end the process. */
import { coldLanes } from "../run/memory/lanes.ts";
import { waiting } from "../run/memory/pool.ts";
import { childProgram } from "../run/memory/program.ts";

export { closePool, keepSpares, makeReady } from "../run/memory/pool.ts";

/** How many children one grading for a waiting learner plays on: two if they are started already or there are cores. */
export function learnersLanes(): 1 | 2 {
  return waiting() > 1 ? 2 : coldLanes;
}

/** Compiles the children's program, so that a copy of this workbook need not do it again. */
export async function compileChild(): Promise<void> {
  await childProgram("warm");
}
