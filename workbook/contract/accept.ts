/** Accepting: what a POST is answered, and that it starts the work. */
import { acceptLocation } from "./accept-location.ts";
import { acceptStarts, acceptUnique } from "./accept-jobs.ts";
import { acceptInvalid, acceptMalformed, acceptMethod } from "./accept-refuse.ts";
import { fieldOf, headerOf, isJsonType, isObject, jsonOf } from "./read.ts";
import { absent, failOf, hasContent, jobIn, lateAmongOthers, lateWords, markOf, playOf } from "./server-read.ts";
import type { Fault, Job, Play } from "./server-read.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, bodyText, field, seconds } from "./words.ts";

const prompt: Clause = {
  id: "accept.prompt",
  side: "server",
  level: "must",
  sentence: "the answer comes before the work is done",
  why:
    "A client that waits for the work cannot tell, when the line drops, whether it was done. " +
    "With 202 the client knows at once: taken on, not done.",
  source: "RFC 9110, section 15.3.3: 202 says that the request was accepted, and that its processing is not complete",
  hints: [
    "What does your handler wait for before it answers?",
    "Start the work, but do not await it: keep the job in a map, answer, and let the work go on.",
    'void runJob(id, params); return c.json({ id, status: "processing" }, 202);',
  ],
  needs: [],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const job = jobIn(play, "A");
    if (!job || (!job.post.exchange.response && play.ended)) return absent(play, { is: "pass" });
    const limitMs = evidence.world.clock === "virtual" ? 1_000 : 2_000;
    const { exchange, doneMs } = job.post;
    const expected = `an answer within ${seconds(limitMs)}`;
    const mark = markOf("S1", job.post, "status");
    if (doneMs === null) return { is: "fail", expected, seen: answered(exchange), mark };
    // From outside nothing tells whether a thread is held.
    const held = evidence.world.clock === "virtual" && (heldThread(evidence) || exchange.slow);
    const remark = held ? { remark: "Work must wait without holding the thread." } : {};
    if (doneMs > limitMs) {
      const when = `${answered(exchange)} after ${seconds(doneMs)}`;
      return {
        is: "fail",
        expected,
        seen: doneMs >= 4_900 ? `${when}, when the report was made` : when,
        mark,
        ...remark,
      };
    }
    if (exchange.slow) {
      return {
        is: "fail",
        expected: "an answer within 2 s of real time",
        seen: `${answered(exchange)}, later than that`,
        mark,
        ...remark,
      };
    }
    const late = lateAmongOthers(evidence, limitMs);
    return late ? failOf("S4", late, { expected, seen: lateWords(late), on: "status" }) : { is: "pass" };
  },
};

/** The probe that S1 takes 300 ms after the POST came late: the thread was not free for it. */
function heldThread(evidence: Evidence): boolean {
  const probe = evidence.recording("S1")?.events.find((event) => event.is === "probe");
  return probe?.is === "probe" && probe.atMs > 1_000;
}

const status: Clause = {
  id: "accept.status",
  side: "server",
  level: "must",
  sentence: "every valid POST is answered 202",
  why:
    "The status is all that proxies, logs and monitors see. A 200 tells them that the report is made, " +
    "and a client that believes it never asks again.",
  source: "RFC 9110, section 15.3.3 (202 Accepted)",
  hints: [
    "Look at the status line of your answer, for every kind of valid order.",
    "genre and kind may both be absent: such an order is valid, and is answered like any other.",
    'return c.json({ id, status: "processing" }, 202);',
  ],
  needs: ["accept.prompt"],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const wrong = ["S1", "S4"]
      .flatMap((name) => playOf(evidence, name).jobs)
      .filter((job) => job.label !== "warm-up" && job.post.exchange.failure?.kind !== "ended")
      .find((job) => job.post.exchange.response?.status !== 202);
    if (!wrong) return { is: "pass" };
    return {
      is: "fail",
      expected: "202 Accepted",
      seen: `${answered(wrong.post.exchange)} for ${wrong.post.exchange.request.body ?? ""}`,
      mark: markOf(wrong.scenario, wrong.post, "status"),
      ...statusRemark(wrong),
    };
  },
};

function statusRemark(job: Job): { remark?: string } {
  const found = job.post.exchange.response?.status;
  if (found === 201) {
    return {
      remark: "Some guides answer 201 for the job as a new resource. This contract says 202: accepted, not yet done.",
    };
  }
  if (found === 200) return { remark: "200 says that it is done. 202 says that it is taken on." };
  if (found !== undefined && found >= 400 && found < 500)
    return { remark: "This order is valid: genre and kind are both optional." };
  return {};
}

const body: Clause = {
  id: "accept.body",
  side: "server",
  level: "must",
  sentence: 'the answer is JSON, an object with an id and the status "processing"',
  why:
    "The body of a 202 is the first report on the job. With an id in it people can name the job in logs and emails, " +
    "and the word processing tells a client the same as every later answer does.",
  source: "RFC 9110, section 15.3.3: the body of a 202 ought to describe the current status of the request",
  hints: [
    "What is in the body of your 202?",
    "It has an id, a string that is not empty, and a status. Let the status resource answer in the same form.",
    'c.json({ id, status: "processing" }, 202)',
  ],
  needs: ["accept.prompt"],
  elses: ["accept.status"],
  yieldsTo: [],
  scenarios: ["S1", "S4"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const posts = play.jobs.filter(({ label }) => label !== "warm-up");
    const first = posts[0];
    if (!first) return absent(play, { is: "pass" });
    if (!hasContent(first.post.exchange)) {
      const fault: Fault = {
        expected: "202 Accepted with a JSON body",
        seen: answered(first.post.exchange),
        on: "status",
      };
      return {
        is: "else",
        clause: "accept.status",
        otherwise: absentAnswer(play, first, failOf("S1", first.post, fault)),
      };
    }
    for (const { post, scenario } of [...posts, ...playOf(evidence, "S4").jobs]) {
      const fault = hasContent(post.exchange) ? bodyFault(post.exchange.response) : null;
      if (fault) return failOf(scenario, post, fault);
    }
    return { is: "pass" };
  },
};

function absentAnswer(play: Play, job: Job, otherwise: Outcome): Outcome {
  return job.post.exchange.response ? otherwise : absent(play, otherwise);
}

function bodyFault(response: Job["post"]["exchange"]["response"]): Fault | null {
  if (response?.body === "") return { expected: "a JSON body", seen: "an empty body", on: "status" };
  const type = response && headerOf(response, "content-type");
  if (!isJsonType(type)) {
    return {
      expected: "content-type: application/json",
      seen: type ? `content-type: ${type}` : "no content type",
      on: "header:content-type",
    };
  }
  const json = jsonOf(response?.body);
  if (!isObject(json)) return { expected: "a JSON object", seen: bodyText(response?.body ?? "", 60), on: "body" };
  const id = fieldOf(json, "id");
  if (typeof id !== "string" || id === "") {
    return {
      expected: "id, a string that is not empty",
      seen: field("id", id),
      on: "body",
      ...(typeof id === "number" && idRemark),
    };
  }
  const state = fieldOf(json, "status");
  if (state === "processing") return null;
  return { expected: 'status "processing"', seen: field("status", state), on: "body" };
}

const idRemark = {
  remark: "A number is nearly right. As a string it may grow and change its form, and no client rounds it.",
};

export const accept: readonly Clause[] = [
  prompt,
  status,
  body,
  acceptUnique,
  acceptLocation,
  acceptStarts,
  acceptMalformed,
  acceptInvalid,
  acceptMethod,
];
