import { headerOf } from "../../http/headers.ts";
import type { Clause } from "../../model/clause.ts";
import { seconds } from "../../reading/server-words.ts";
import { clip } from "../../reading/clip.ts";
import { failOf } from "../../reading/server.ts";
import { whileWaiting } from "../../reading/waiting.ts";

export const cacheNoStale: Clause = {
  id: "cache.no-stale",
  side: "server",
  level: "should",
  sentence: "a processing answer forbids its reuse, with Cache-Control",
  why:
    "A plain 200 may be kept by any cache on the way, by a rule of thumb of its own. " +
    "Then a client polls the cache, and is told processing long after the report is there.",
  source: "RFC 9110, section 15.1; RFC 9111, section 4.2.2: a 200 is heuristically cacheable",
  decided:
    "While a full report runs, each response to the GETs at 0.1, 1.3, 2.7 and 4.2 s has a Cache-Control header " +
    "with `no-store`, `no-cache` or `max-age=0`; `private` alone isn't enough. The 202 and completed or failed " +
    "responses aren't judged.",
  hints: ["What keeps a cache from answering the next poll?", 'c.header("Cache-Control", "no-store")'],
  needs: [],
  mayBeBlockedBy: ["status.processing"],
  yieldsTo: [],
  scenarios: ["S1"],
  check: (evidence) =>
    whileWaiting(evidence, (answers) => {
      const stale = answers.find(
        ({ exchange }) => exchange.response && !forbidsReuse(headerOf(exchange.response, "cache-control")),
      );
      if (!stale) return { is: "pass" };
      const value = stale.exchange.response && headerOf(stale.exchange.response, "cache-control");
      const seen = value === null ? `no Cache-Control at ${seconds(stale.atMs)}` : `Cache-Control: ${clip(value, 50)}`;
      const on = value === null ? "status" : "header:cache-control";
      return failOf("S1", stale, { expected: "Cache-Control: no-store", seen, on });
    }),
};

function forbidsReuse(value: string | null): boolean {
  const directives = (value ?? "")
    .toLowerCase()
    .split(",")
    .map((one) =>
      one
        .trim()
        .replace(/\s*=\s*/, "=")
        .replaceAll('"', ""),
    );
  return directives.some((one) => one === "no-store" || one === "no-cache" || one === "max-age=0");
}
