import { isText } from "../../http/json.ts";
import type { Clause } from "../../model/clause.ts";
import { ending, sentAt } from "../../reading/client-words.ts";
import { absent, hasInvalidUrl, markOf, readingOf } from "../../reading/client.ts";

export const clientNoLocation: Clause = {
  id: "client.no-location",
  side: "client",
  level: "must",
  sentence: "a 202 without Location: it rejects with a sentence and guesses no URL",
  why:
    "headers.get gives null, and null becomes the path /null without a sound. One clear sentence here saves an hour " +
    "of reading logs there.",
  source: "convention: a 202 points to a status monitor (RFC 9110, section 15.3.3, says that it ought to)",
  decided:
    "The POST returns 202 without Location. The call sends no poll and rejects with a message that isn't blank. " +
    "What the message says isn't judged, and a URL parser's error passes with a remark.",
  hints: [
    'What is response.headers.get("Location") when there is none, and what does your client do with it?',
    "No address, no poll: say so in an Error, and build none from the id.",
    'if (location === null) throw new Error("The 202 has no Location: nobody knows where the status is.");',
  ],
  needs: ["client.follows-location"],
  mayBeBlockedBy: ["client.stops"],
  yieldsTo: [],
  scenarios: ["C-no-location"],
  check(evidence) {
    const reading = readingOf(evidence, "C-no-location");
    const { settled } = reading;
    const [poll] = reading.polls;
    if (poll) {
      const expected = "no poll: the 202 has no Location";
      return { is: "fail", expected, seen: sentAt(poll), mark: markOf(reading, poll) };
    }
    const mark = markOf(reading, settled);
    const expected = "it rejects with an Error that says what is missing";
    if (settled?.is !== "rejected") return absent(reading, { is: "fail", expected, seen: ending(reading), mark });
    if (!isText(settled.error.message)) return { is: "fail", expected, seen: "an error without a message", mark };
    if (!hasInvalidUrl(reading)) return { is: "pass" };
    return {
      is: "pass",
      remark: "It rejects, with the URL parser's words. A sentence of your own would say why.",
      mark,
    };
  },
};
