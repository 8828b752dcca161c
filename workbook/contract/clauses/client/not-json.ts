import { isText } from "../../http/json.ts";
import type { Clause } from "../../model/clause.ts";
import { ending, thrown } from "../../reading/client-words.ts";
import { markOf, readingOf, unsettled } from "../../reading/client.ts";
import { unlessReposted } from "./unless-reposted.ts";

export const clientNotJson: Clause = {
  id: "client.not-json",
  side: "client",
  level: "must",
  sentence: "a poll answered with something other than JSON: it rejects with a sentence, not with a parser's riddle",
  why:
    "A login page or a proxy's error comes as HTML, with 200. \"Unexpected token '<'\" sends the reader to the parser; " +
    "the truth is that somebody else answered.",
  source: "RFC 9110, section 8.3 (Content-Type says what a body is)",
  decided:
    "The second poll returns 200 with an HTML page. The call rejects with a message that isn't blank. An error " +
    "named SyntaxError fails, and so does a JSON parser's message (\"Unexpected token …\"). Other polls aren't " +
    "judged.",
  hints: [
    "A proxy answers a poll with an HTML page, and 200. What does your caller get to read?",
    "Look at the content type before you parse, or catch what the parser throws and say it in your own words.",
    'if (!/json/i.test(response.headers.get("Content-Type") ?? "")) throw new Error("The status answer is not JSON.");',
  ],
  needs: ["client.returns"],
  mayBeBlockedBy: ["client.never-reposts"],
  yieldsTo: [],
  scenarios: ["C-not-json"],
  check(evidence) {
    const reading = readingOf(evidence, "C-not-json");
    const { settled } = reading;
    const mark = markOf(reading, settled);
    const expected = "it rejects with a sentence that says that the answer is no JSON";
    if (settled?.is !== "rejected") {
      return unlessReposted(reading, unsettled(reading, { is: "fail", expected, seen: ending(reading), mark }));
    }
    const { error } = settled;
    if (!error.isParserMessage && isText(error.message)) return { is: "pass" };
    return unlessReposted(reading, { is: "fail", expected, seen: thrown(error), mark });
  },
};
