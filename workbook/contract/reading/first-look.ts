/** What the first job of a server shows about it as a whole. */
import type { Verdict } from "../model/clause.ts";
import type { Exchange, Recording } from "../model/recording.ts";

/** The exchanges of the scenario that is played first. */
function firstExchanges(recordings: ReadonlyMap<string, Recording>): Exchange[] {
  const events = recordings.get("S1")?.events ?? [];
  return events.flatMap((event) => (event.is === "exchange" ? [event.exchange] : []));
}

/** The first POST that is judged; undefined if there was none. */
export function firstPost(recordings: ReadonlyMap<string, Recording>): Exchange | undefined {
  return firstExchanges(recordings).find(({ label }) => label === "A.post");
}

/** The clause on a processing answer failed, and no answer said "processing": the work may have been too quick. */
export function neverProcessing(recordings: ReadonlyMap<string, Recording>, verdicts: readonly Verdict[]): boolean {
  const failed = verdicts.some(({ clause, verdict }) => clause === "status.processing" && verdict === "fail");
  const isProcessing = ({ response }: Exchange) =>
    response?.status === 200 && /"status"\s*:\s*"processing"/.test(response.body);
  return failed && !firstExchanges(recordings).some(isProcessing);
}
