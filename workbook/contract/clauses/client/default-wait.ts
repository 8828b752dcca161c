import type { Clause } from "../../model/clause.ts";
import { judgeWaits } from "../../reading/client-waits.ts";
import { readingOf } from "../../reading/client.ts";

const defaultRuns = ["C-default-missing", "C-default-soon"];

export const clientDefaultWait: Clause = {
  id: "client.default-wait",
  side: "client",
  level: "must",
  sentence: "with no Retry-After, or with a value that is neither form of it, it waits between 1 s and 30 s",
  why:
    "Retry-After is optional, and proxies drop headers. A client that makes 0 or NaN of nothing polls as fast as the " +
    "line allows.",
  source: "RFC 9110, section 10.2.3 (the header may be absent); 1 s to 30 s is this workbook's range",
  decided:
    'Two "processing" responses have no Retry-After, and in another run two say `Retry-After: soon`. The next ' +
    "request comes 1 to 30 s after the last byte of each.",
  hints: [
    "How long is your wait when the header is missing? And when it says soon?",
    "Number(null) is 0, parseInt of a word is NaN, and setTimeout of either fires at once. Have a default.",
    "return Number.isFinite(ms) ? Math.max(ms, 1000) : 5000; and the same when the header is null.",
  ],
  needs: ["client.adapts"],
  partNeeds: ["client.http-date"],
  yieldsTo: [],
  scenarios: defaultRuns,
  check(evidence) {
    const names = evidence.passed("client.http-date") ? defaultRuns : ["C-default-missing"];
    for (const name of names) {
      const outcome = judgeWaits(evidence, readingOf(evidence, name), () => ({ fromMs: 1_000, toMs: 30_000 }));
      if (outcome.is !== "pass") return outcome;
    }
    return { is: "pass" };
  },
};
