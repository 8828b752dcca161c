import type { Clause, Outcome } from "../../model/clause.ts";
import { ending, sentAt } from "../../reading/client-words.ts";
import { markOf, readingOf, unsettled } from "../../reading/client.ts";
import type { Reading } from "../../reading/client.ts";
import { unlessReposted } from "./unless-reposted.ts";

const goneRuns = ["C-gone-404", "C-gone-410"];

export const clientGone: Clause = {
  id: "client.gone",
  side: "client",
  level: "must",
  sentence: "a poll answered 404 or 410: it rejects, and polls no more",
  why: "The job is not there, and asking again will not bring it back. A client that goes on asks for ever, and its caller waits.",
  source: "RFC 9110, sections 15.5.5 (404) and 15.5.11 (410)",
  decided:
    'The first poll returns "processing", the second 404, or 410 in another run. The call rejects, with any error, ' +
    "and sends no further poll, also not in the 60 s after settling (3 s for a program).",
  hints: [
    "What does your loop do with a poll that is answered 404?",
    "404 and 410 are final: leave the loop with an Error that says so.",
    "if (response.status === 404 || response.status === 410) throw new Error(`The report is gone (${response.status}).`);",
  ],
  needs: ["client.returns"],
  mayBeBlockedBy: ["client.never-reposts", "client.stops"],
  // A client that ignores every status shows it at the POST first; client.refused judges that.
  yieldsTo: ["client.refused"],
  scenarios: goneRuns,
  check(evidence) {
    for (const name of goneRuns) {
      const reading = readingOf(evidence, name);
      const outcome = unlessReposted(reading, givesUp(reading));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};

function givesUp(reading: Reading): Outcome {
  const { settled } = reading;
  const index = reading.polls.findIndex(({ exchange }) => [404, 410].includes(exchange.response?.status ?? 0));
  const status = reading.polls[index]?.exchange.response?.status ?? 404;
  const next = index < 0 ? undefined : reading.polls[index + 1];
  if (next) {
    const expected = `no poll after the ${status}`;
    const outcome: Outcome = { is: "fail", expected, seen: sentAt(next), mark: markOf(reading, next) };
    return reading.after.includes(next) ? { is: "blocked", blockedBy: "client.stops", otherwise: outcome } : outcome;
  }
  if (settled?.is === "rejected") return { is: "pass" };
  const expected = `it rejects after the ${status}`;
  return unsettled(reading, { is: "fail", expected, seen: ending(reading), mark: markOf(reading, settled) });
}
