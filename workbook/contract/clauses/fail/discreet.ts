import { isObject, jsonOf } from "../../http/json.ts";
import type { Clause } from "../../model/clause.ts";
import { failingJob } from "../../reading/failing.ts";
import { shown } from "../../reading/server-words.ts";
import { clip } from "../../reading/clip.ts";
import { absent, failOf } from "../../reading/server.ts";

export const failDiscreet: Clause = {
  id: "fail.discreet",
  side: "server",
  level: "must",
  sentence: "the failed answer has no stack trace and no path of the machine",
  why:
    "A stack trace shows which libraries you run, in which folders and versions. " +
    "To callers it is of no use, and to an attacker of a great deal.",
  source:
    "RFC 9457, sections 4 and 5: error messages that expose the inside of an implementation open ways to attack it",
  decided:
    "No header, key or string of the failed status has a line of a stack trace (`at …:12`, or Python's), " +
    "`file:///`, `node_modules`, a path with a drive letter, or a path below the folder of your file, the working, " +
    "home or temporary folder. Web URLs are fine.",
  hints: [
    "Read the failed answer as a stranger. What does it tell of your machine?",
    "Send a message that you wrote for clients. Of all other errors say only that it failed; the rest is for your log.",
    'error instanceof ReportError ? error.message : "The report could not be made."',
  ],
  needs: ["fail.reported"],
  yieldsTo: [],
  scenarios: ["S6a"],
  check(evidence) {
    const { reading, reportedAtOnce, finalAnswer } = failingJob(evidence);
    if (reportedAtOnce) return { is: "pass" };
    if (!finalAnswer) return absent(reading, { is: "pass" });
    const { privatePaths } = evidence.world;
    const { headers = [], body = "" } = finalAnswer.exchange.response ?? {};
    const fault = { expected: "nothing of the machine's inside" };
    const leak = leakIn(body, privatePaths);
    if (leak !== null) return failOf("S6a", finalAnswer, { ...fault, seen: leak, on: "body" });
    for (const [name, value] of headers) {
      const shows = leakIn(value, privatePaths);
      const seen = `in the header ${clip(name, 30)}, ${shows}`;
      if (shows !== null) return failOf("S6a", finalAnswer, { ...fault, seen, on: `header:${name.toLowerCase()}` });
    }
    return { is: "pass" };
  },
};

const signs: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/(?:^|\n)\s*at .+:\d+/, "a line of a stack trace"],
  // In stack frames this replaces the path of the learner's file while it is graded.
  [/learner:(?:server|client):\d+/, "a place in the source"],
  [/file:\/\/\//, "a file URL"],
  [/node_modules/, "a path in node_modules"],
  [/(?:^|[^A-Za-z])[A-Za-z]:[\\/](?![\\/])/, "a path with a drive letter"],
  [/Traceback/, "a Python traceback"],
  [/File ".+", line \d+/, "a line of a Python traceback"],
];

/** What a body or a header's value reveals about the machine; null when it reveals nothing. */
export function leakIn(body: string, privatePaths: readonly string[]): string | null {
  const json = jsonOf(body);
  // JSON is parsed, so that escaped line breaks and backslashes are found too.
  const text = json === undefined ? body : wordsIn(json).join("\n");
  for (const [pattern, name] of signs) {
    const match = pattern.exec(text);
    if (match) return `${name}: ${shown(clip(match[0], 40), 44)}`;
  }
  const own = slashed(text.replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, " "));
  for (const path of privatePaths) {
    const folder = slashed(path).replace(/\/+$/, "");
    if (folder.length > 1 && own.includes(`${folder}/`)) return "a path of the machine that it runs on";
  }
  return null;
}

/** All keys and strings in a JSON value. */
function wordsIn(json: unknown): string[] {
  if (typeof json === "string") return [json];
  if (Array.isArray(json)) return json.flatMap(wordsIn);
  return isObject(json) ? Object.entries(json).flatMap(([key, value]) => [key, ...wordsIn(value)]) : [];
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/").toLowerCase();
}
