/** Accepting: what a POST is answered, and that it starts the work. */
import { acceptLocation } from "./accept-location.ts";
import { acceptInvalid, acceptMalformed, acceptMethod } from "./accept-refuse.ts";
import { fieldOf, headerOf, isJsonType, isObject, jsonOf } from "./read.ts";
import { absent, answersTo, failOf, isOver, isSuccess, jobIn, markOf, playOf, word } from "./server-read.ts";
import type { Fault, Job, Play } from "./server-read.ts";
import type { Clause, Evidence, Outcome } from "./types.ts";
import { answered, seconds, shown } from "./words.ts";

const prompt: Clause = {
  id: "accept.prompt",
  side: "server",
  level: "must",
  sentence: "the answer comes before the work is done",
  why:
    "Who waits for the work cannot tell, when the line drops, whether it was done. " +
    "With 202 the client knows at once: taken on, not done.",
  source: "RFC 9110, section 15.3.3: 202 says that the request was accepted, and that its processing is not complete",
  hints: [
    "What does your handler wait for before it answers?",
    "Start the work, but do not await it: keep the job in a map, answer, and let the work go on.",
    'void runJob(id, params); return c.json({ id, status: "processing" }, 202);',
  ],
  needs: [],
  yieldsTo: [],
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const job = jobIn(play, "A");
    if (!job || (!job.post.exchange.response && play.ended)) return absent(play, { is: "pass" });
    const limitMs = evidence.world.clock === "virtual" ? 1_000 : 2_000;
    const { exchange, doneMs } = job.post;
    const expected = `an answer within ${seconds(limitMs)}`;
    const mark = markOf("S1", job.post, "status");
    if (doneMs === null) return { is: "fail", expected, seen: answered(exchange), mark };
    const remark =
      heldThread(evidence) || exchange.slow ? { remark: "Work must wait without holding the thread." } : {};
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
    return { is: "pass" };
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
    "The body of a 202 is the first report on the job. With an id in it people can name the job in logs and mails, " +
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
  scenarios: ["S1"],
  check(evidence) {
    const play = playOf(evidence, "S1");
    const posts = play.jobs.filter(({ label }) => label !== "warm-up");
    const first = posts[0];
    if (!first) return absent(play, { is: "pass" });
    if (!isSuccess(first.post.exchange)) {
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
    for (const { post } of posts) {
      const fault = isSuccess(post.exchange) ? bodyFault(post.exchange.response) : null;
      if (fault) return failOf("S1", post, fault);
    }
    return { is: "pass" };
  },
};

function absentAnswer(play: Play, job: Job, otherwise: Outcome): Outcome {
  return job.post.exchange.response ? otherwise : absent(play, otherwise);
}

function bodyFault(response: Job["post"]["exchange"]["response"]): Fault | null {
  const type = response && headerOf(response, "content-type");
  if (!isJsonType(type)) {
    return {
      expected: "content-type: application/json",
      seen: type ? `content-type: ${type}` : "no content type",
      on: "header:content-type",
    };
  }
  const json = jsonOf(response?.body);
  if (!isObject(json))
    return { expected: "a JSON object", seen: `the body ${shown(response?.body ?? "", 60)}`, on: "body" };
  const id = fieldOf(json, "id");
  if (typeof id !== "string" || id === "") {
    return {
      expected: "id, a string that is not empty",
      seen: `id ${shown(id)}`,
      on: "body",
      ...(typeof id === "number" && idRemark),
    };
  }
  const state = fieldOf(json, "status");
  if (state === "processing") return null;
  return { expected: 'status "processing"', seen: `status ${shown(state)}`, on: "body" };
}

const idRemark = {
  remark: "A number is nearly right. As a string it may grow and change its form, and no client rounds it.",
};

const unique: Clause = {
  id: "accept.unique",
  side: "server",
  level: "must",
  sentence: "two POSTs make two jobs with different ids, also when sent at once",
  why:
    "Two orders under one id overwrite each other: one client reads the other's report, and one report is lost. " +
    "It happens only under load, so nobody sees it while testing by hand.",
  source:
    "a convention: each accepted request has a status monitor of its own (RFC 9110, section 15.3.3, speaks of one for the request)",
  hints: [
    "What do two POSTs get that arrive in the same millisecond?",
    "A clock is no source of ids, and neither is the body. Nor is a counter that is read before an await and raised after it.",
    "const id = crypto.randomUUID();",
  ],
  needs: ["accept.body"],
  yieldsTo: [],
  scenarios: ["S4"],
  check(evidence) {
    const play = playOf(evidence, "S4");
    const seen = new Map<string, Job>();
    for (const job of play.jobs) {
      if (job.post.exchange.failure?.kind === "ended") return absent(play, { is: "pass" });
      if (job.id === null) {
        const fault: Fault = {
          expected: "an id for each of the POSTs",
          seen: `no id in the answer ${answered(job.post.exchange)}`,
          on: "body",
        };
        const outcome = failOf("S4", job.post, fault);
        return isSuccess(job.post.exchange) ? outcome : { is: "else", clause: "accept.status", otherwise: outcome };
      }
      const twin = seen.get(job.id);
      if (twin) {
        const both = `both have the id ${shown(job.id)}`;
        const same = twin.post.exchange.request.body === job.post.exchange.request.body;
        const how =
          twin.post.atMs === job.post.atMs
            ? "at once"
            : `${seconds(job.post.exchange.sentMs - twin.post.exchange.sentMs)} apart`;
        const fault: Fault = {
          expected: "two POSTs, two ids",
          seen: `two ${same ? "equal " : ""}POSTs ${how}: ${both}`,
          on: "body",
        };
        return failOf("S4", job.post, fault);
      }
      seen.set(job.id, job);
    }
    return play.jobs.length >= 3 ? { is: "pass" } : absent(play, { is: "pass" });
  },
  elses: ["accept.status"],
};

const starts: Clause = {
  id: "accept.starts",
  side: "server",
  level: "must",
  sentence: "accepting starts the work: it goes on with nobody asking",
  why:
    "A 202 is a promise. Work that waits for the first poll is never done for a client that went away, " +
    "and comes late for each one that obeys Retry-After.",
  source:
    "a convention: asking for a status is a GET, which is safe (RFC 9110, section 9.2.1), so it cannot be what starts the work",
  hints: [
    "Order a report, do not ask for ten seconds, then ask once.",
    "The work is started where the order is accepted, not where the status is read.",
    "void runJob(id, params); // in the POST handler",
  ],
  needs: ["status.completed"],
  yieldsTo: [],
  scenarios: ["S2"],
  check(evidence) {
    const play = playOf(evidence, "S2");
    const job = jobIn(play, "A");
    const [first] = job?.reads ?? [];
    if (!first || first.exchange.failure?.kind === "ended") return absent(play, notDone(undefined, play));
    if (isOver(first)) return { is: "pass" };
    const later = job?.reads.find(isOver);
    const expected = "done by 10 s, with nobody asking";
    const mark = markOf("S2", first, "body");
    const before = `${word(first) ?? answered(first.exchange)} at ${seconds(first.atMs)}`;
    if (later)
      return {
        is: "fail",
        expected,
        seen: `${before}, ${word(later)} at ${seconds(later.atMs)}, after it was asked for`,
        mark,
      };
    return absent(play, { is: "else", clause: "status.completed", otherwise: notDone(first, play) });
  },
};

function notDone(first: Job["reads"][number] | undefined, play: Play): Outcome {
  const last = answersTo(play.recording, "A.get", jobIn(play, "A")?.post.exchange.sentMs).at(-1) ?? first;
  const seen = last
    ? `${word(last) ?? answered(last.exchange)}, still at ${seconds(last.atMs)}`
    : "no status to be read";
  return { is: "fail", expected: "done by 10 s, with nobody asking", seen, mark: markOf("S2", last, "body") };
}

export const accept: readonly Clause[] = [
  prompt,
  status,
  body,
  unique,
  acceptLocation,
  starts,
  acceptMalformed,
  acceptInvalid,
  acceptMethod,
];
