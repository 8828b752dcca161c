/** What is said once, above the verdicts, because it changes how they are to be read. */
import path from "node:path";
import type { Verdict } from "../contract/model/clause.ts";
import type { Recording } from "../contract/model/recording.ts";
import { firstPost, neverProcessing } from "../contract/reading/first-look.ts";
import { strangeAnswer } from "../run/http/unreachable.ts";
import type { Compiled } from "../run/memory/bundle.ts";

/** Names what a file imports from the reference solution; null if it imports nothing of it. */
export function borrowedNotice(compiled: Compiled | undefined): string | null {
  if (!compiled || compiled.borrowed.length === 0) return null;
  const name = path.basename(compiled.bundle.file);
  return `${name} imports ${compiled.borrowed.join(" and ")}: what passes there is the reference solution's.`;
}

/** Says that another server seems to answer at the URL, or that the server's work is too quick to be seen processing. */
export function serverNotice(recordings: ReadonlyMap<string, Recording>, verdicts: readonly Verdict[]): string | null {
  const strange = strangeAnswer(firstPost(recordings));
  if (strange !== null || !neverProcessing(recordings, verdicts)) return strange;
  return "The server was never seen processing, so what needs such an answer is not reached. A full report has to take 5 s.";
}
