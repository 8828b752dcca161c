/** What grading again and again needs, as a session does: warm children, and the recordings of the run before. */
import { coldLanes } from "../run/memory/lanes.ts";
import { waiting } from "../run/memory/pool.ts";

export { keepSpares } from "../run/memory/pool.ts";
export { newRecordingCache } from "../run/memory/recording-cache.ts";

/** How many children to use for a grading that starts now: two if two are warm. */
export function lanesNow(): 1 | 2 {
  return waiting() > 1 ? 2 : coldLanes;
}
