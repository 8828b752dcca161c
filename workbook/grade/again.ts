/** Makes the next grading start sooner: children that are warm, recordings of the last grading, a compiled child. */
import { coldLanes } from "../run/memory/lanes.ts";
import { waiting } from "../run/memory/pool.ts";
import { childProgram } from "../run/memory/program.ts";

export { keepSpares } from "../run/memory/pool.ts";
export { newRecordingCache } from "../run/memory/recording-cache.ts";

/** How many children to use for a grading that starts now: two if two are warm. */
export function lanesNow(): 1 | 2 {
  return waiting() > 1 ? 2 : coldLanes;
}

/** Compiles the program of the children, so that a copy of this workbook need not do it again. */
export async function compileChild(): Promise<void> {
  await childProgram("warm");
}
