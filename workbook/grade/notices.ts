/** What is said once, above the verdicts, because it changes how they are to be read. */
import path from "node:path";
import type { Verdict } from "../contract/model/clause.ts";
import type { Recording } from "../contract/model/recording.ts";
import { strangeAnswer } from "../run/http/unreachable.ts";
import type { Compiled } from "../run/memory/compile.ts";

/** Names what a file imports from the reference solution; null if it imports nothing of it. */
export function borrowedNotice(compiled: Compiled | undefined): string | null {
  if (!compiled || compiled.borrowed.length === 0) return null;
  const name = path.basename(compiled.bundle.file);
  return `${name} imports ${compiled.borrowed.join(" and ")}: what passes there is the reference solution's.`;
}

/** Says that another server seems to answer at the URL, or that the server's work is too quick to be seen processing. */
export function serverNotice(recordings: ReadonlyMap<string, Recording>, verdicts: readonly Verdict[]): string | null {
  const exchanges = (recordings.get("S1")?.events ?? []).flatMap((event) =>
    event.is === "exchange" ? [event.exchange] : [],
  );
  const strange = strangeAnswer(exchanges.find(({ label }) => label === "A.post"));
  if (strange !== null) return strange;
  const processing = verdicts.find(({ clause }) => clause === "status.processing");
  const seen = exchanges.some(
    ({ response }) => /"status"\s*:\s*"processing"/.test(response?.body ?? "") && response?.status === 200,
  );
  if (processing?.verdict !== "fail" || seen) return null;
  return "The server was never seen processing, so what needs such an answer is not reached. A full report has to take 5 s.";
}
