import { headerOf } from "../../http/headers.ts";
import { fieldOf, isObject, jsonOf } from "../../http/json.ts";
import { addressesOf, holdsId, isLoopback, locationOf } from "../../http/location.ts";
import type { Clause, Evidence, Mark, Outcome } from "../../model/clause.ts";
import type { World } from "../../model/world.ts";
import { answered, shown } from "../../reading/server-words.ts";
import { clip } from "../../reading/clip.ts";
import { absent, answersTo, jobIn, markOf, paramsOf, readingOf } from "../../reading/server.ts";
import type { Answer, Job, Reading } from "../../reading/server.ts";

export const acceptLocation: Clause = {
  id: "accept.location",
  side: "server",
  level: "must",
  sentence: "Location leads to this job's status",
  why: "The client has an id, but only the server knows its own addresses.",
  source: "a convention; its syntax: RFC 9110, section 10.2.2",
  decided:
    "Every 202 has a Location that is a URL, absolute or relative, and no two jobs side by side share one. The " +
    "first job's first GET there returns a JSON object with its `id`, whatever the status code. If the URL itself " +
    "contains the id, other responses are left to status.processing, unless they name another job or the status is " +
    "at `/reports/{id}` instead.",
  hints: [
    "Your 202 has the header? Follow it by hand: what does it lead to?",
    "Location names this job, not the collection: the id belongs in it.",
    'c.header("Location", `/reports/${id}`) before c.json(…, 202)',
  ],
  needs: ["accept.body"],
  yieldsTo: [],
  scenarios: ["S1", "S4", "S6a"],
  check(evidence) {
    const reading = readingOf(evidence, "S1");
    const job = jobIn(reading, "A");
    if (!job || job.id === null) return absent(reading, { is: "pass" });
    const outcome = sixSteps(evidence, reading, job, job.id);
    return outcome.is === "pass" ? (sharedLocation(evidence) ?? unusableLocation(evidence) ?? outcome) : outcome;
  },
};

function sixSteps(evidence: Evidence, reading: Reading, job: Job, id: string): Outcome {
  const { header, mark } = locationIn(job);
  const expected = `a GET on the Location answers JSON with id ${shown(id)}`;
  const url = locationOf(job.post.exchange);
  if (!header || !url)
    return { is: "fail", expected: header ? expected : "a Location header", seen: unusable(header), mark };
  const [first] = job.reads;
  if (!first || (!first.exchange.response && reading.ended))
    return absent(reading, { is: "fail", expected, seen: "no GET could be sent", mark });
  const found = idIn(first);
  if (found === id) return { is: "pass", ...hostRemark(url, first, evidence.world) };
  const location = `Location: ${clip(header, 50)}`;
  if (typeof found === "string")
    return { is: "fail", expected, seen: `${location}, which leads to the job ${shown(found)}`, mark };
  const usual = answersTo(reading.recording, "A.usual").find((answer) => idIn(answer) === id);
  if (usual) {
    const { pathname } = new URL(usual.exchange.request.url);
    return {
      is: "fail",
      expected,
      seen: `your status is at ${clip(pathname, 40)}, Location leads to ${clip(header, 40)}`,
      mark,
    };
  }
  if (holdsId(url, id)) return { is: "pass" };
  return {
    is: "fail",
    expected,
    seen: `${location}, which answers ${first.exchange.response ? first.exchange.response.status : answered(first.exchange)}`,
    mark,
  };
}

function locationIn(job: Job): { header: string | null; mark: Mark } {
  const header = job.post.exchange.response && headerOf(job.post.exchange.response, "location");
  return { header, mark: markOf(job.scenario, job.post, header === null ? "status" : "header:location") };
}

function unusable(header: string | null): string {
  if (header === null) return "no Location header";
  return header === "" ? "an empty Location header" : `Location: ${clip(header, 50)}, which is no URL`;
}

/** Fails when some 202 has no Location that can be followed: no genre was sent, say, or the id contains a blank. */
function unusableLocation(evidence: Evidence): Outcome | null {
  const jobs = ["S1", "S4", "S6a"].flatMap((scenario) => readingOf(evidence, scenario).jobs);
  const without = jobs.find(({ post: { exchange } }) => exchange.response?.status === 202 && !locationOf(exchange));
  if (!without) return null;
  const { header, mark } = locationIn(without);
  const seen = `${unusable(header)}, for ${paramsOf(without)}`;
  return { is: "fail", expected: "a Location that can be followed, for every order", seen, mark };
}

/** The `id` of an answer's JSON object, whatever its content type and HTTP status. */
function idIn({ exchange }: Answer): unknown {
  const json = jsonOf(exchange.response?.body);
  return isObject(json) ? fieldOf(json, "id") : undefined;
}

/** Fails when two jobs share a Location: `/reports/latest` looks right as long as there is one job. */
function sharedLocation(evidence: Evidence): Outcome | null {
  const seen = new Map<string, Job>();
  for (const job of readingOf(evidence, "S4").jobs) {
    const url = job.id === null ? null : locationOf(job.post.exchange);
    if (!url) continue;
    const twin = seen.get(url.href);
    if (twin && twin.id !== job.id) {
      const header = headerOf(job.post.exchange.response ?? { headers: [] }, "location") ?? "";
      const seenText = `Location: ${clip(header, 40)} for two jobs, ${shown(twin.id, 20)} and ${shown(job.id, 20)}`;
      const mark = markOf("S4", job.post, "header:location");
      return { is: "fail", expected: "a Location of its own for each job", seen: seenText, mark };
    }
    seen.set(url.href, job);
  }
  return null;
}

/** For a running server: a remark when Location names another host than the request went to. */
function hostRemark(url: URL, first: Answer, world: World): { remark?: string } {
  if (world.clock === "virtual" || url.origin === world.origin) return {};
  const asGiven = isLoopback(url.hostname) && first.exchange.request.url === addressesOf(url, world)[0];
  return asGiven ? {} : { remark: `Location names ${url.host}: will your clients reach it?` };
}
