import { headerLines } from "../../http/headers.ts";
import { parseHttpDate } from "../../http/http-date.ts";
import type { Clause } from "../../model/clause.ts";
import { clip } from "../../reading/clip.ts";
import { failOf, jobIn, readingOf } from "../../reading/server.ts";
import type { Answer, Fault } from "../../reading/server.ts";
import { waiting } from "../../reading/waiting.ts";

export const retryAfterValid: Clause = {
  id: "retry-after.valid",
  side: "server",
  level: "must",
  sentence: "its value is a whole number of seconds, or an HTTP-date",
  why: "A client that reads it with parseInt forgives 5s. Others do not, and then they wait for ever or not at all.",
  source: "RFC 9110, sections 10.2.3 (delay-seconds or HTTP-date) and 5.6.7 (IMF-fixdate)",
  decided:
    "Where the 202 or a response while a full report runs has Retry-After, it is one header line: digits only, or " +
    'an HTTP-date like "Sun, 06 Nov 1994 08:49:37 GMT" that exists, with the right weekday. A unit, a sign or a ' +
    "fraction fails. A missing header isn't judged here.",
  hints: [
    "What stands in the header, letter for letter?",
    "Digits only, no unit, no fraction, no sign; once. Or a date as new Date(…).toUTCString() writes it.",
    'c.header("Retry-After", String(Math.ceil(msLeft / 1000)))',
  ],
  needs: ["retry-after.present"],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const post = jobIn(reading, "A")?.post;
    for (const answer of post ? [post, ...waiting(reading)] : waiting(reading)) {
      const fault = valueFault(answer);
      if (fault) return failOf("S1", answer, fault);
    }
    return { is: "pass" };
  },
};

function valueFault({ exchange }: Answer): Fault | null {
  const lines = exchange.response ? headerLines(exchange.response, "retry-after") : [];
  const [value] = lines;
  if (value === undefined) return null;
  const on = "header:retry-after" as const;
  const expected = "Retry-After: 5, or Retry-After: Tue, 24 Nov 2026 14:02:11 GMT";
  if (lines.length > 1) return { expected, seen: `${lines.length} lines: ${clip(lines.join(" and "), 50)}`, on };
  if (/^[0-9]+$/.test(value) || parseHttpDate(value) !== null) return null;
  return {
    expected,
    seen: value.trim() === "" ? "Retry-After without a value" : `Retry-After: ${clip(value, 60)}`,
    on,
    ...valueRemark(value),
  };
}

function valueRemark(value: string): { remark?: string } {
  if (/^[0-9]+\s*(s|sec|seconds)$/i.test(value))
    return { remark: "The number is right; the unit is left out, it is always seconds." };
  if (/^[0-9]+\s*ms$/i.test(value)) return { remark: "Retry-After knows no unit; it is always whole seconds." };
  if (/^[0-9]+\.[0-9]+$/.test(value)) return { remark: "Only whole seconds; round up." };
  if (/^[A-Z][a-z]{2}, /.test(value))
    return { remark: "Nearly: such a date must exist, with its right weekday, and end in GMT." };
  if (/^\d{4}-\d\d-\d\d/.test(value))
    return { remark: "A date in a header has a form of its own: new Date(…).toUTCString()." };
  return {};
}
