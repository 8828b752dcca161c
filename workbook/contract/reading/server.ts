/** Reads a server's recording: each job's POST, and what was answered where its Location leads. */
import { idOf, wordOf } from "../scenarios/server/jobs.ts";
import { headerOf, isJsonType } from "../http/headers.ts";
import { fieldOf, isAbsent, isObject, jsonOf, objectIn, sameJson } from "../http/json.ts";
import type { JsonObject } from "../http/json.ts";
import type { Evidence, Mark, Outcome } from "../model/clause.ts";
import type { Exchange, Recording } from "../model/recording.ts";
import type { World } from "../model/world.ts";
import { answered, bodyText, field, seconds, shown } from "./server-words.ts";

/** An answer with its place among the recording's events. */
export interface Answer {
  readonly exchange: Exchange;
  readonly event: number;
  /** When the request was sent, ms after the job's POST. */
  readonly atMs: number;
  /** When the answer's last byte arrived, ms after the job's POST was sent; null if it never did. */
  readonly doneMs: number | null;
}

/** A POST to /reports, and what was read of its job afterwards. */
export interface Job {
  readonly label: string;
  readonly scenario: string;
  readonly post: Answer;
  readonly id: string | null;
  /** The answer that each GET on Location led to, redirects followed, in order of time. */
  readonly reads: readonly Answer[];
}

/** One scenario of a server, as checks see it. */
export interface Reading {
  readonly scenario: string;
  readonly recording: Recording | undefined;
  readonly jobs: readonly Job[];
  /** The server's process ended, or the scenario was not played: what is missing may have had no chance to happen. */
  readonly ended: boolean;
}

export function readingOf(evidence: Evidence, scenario: string): Reading {
  const recording = evidence.recording(scenario);
  const events = recording?.events ?? [];
  const jobs: Job[] = [];
  events.forEach((event, index) => {
    if (event.is !== "exchange" || !event.exchange.label.endsWith(".post")) return;
    jobs.push(jobOf(recording, scenario, event.exchange, index));
  });
  return { scenario, recording, jobs, ended: !recording || events.some((event) => event.is === "ended") };
}

function jobOf(recording: Recording | undefined, scenario: string, exchange: Exchange, event: number): Job {
  const label = exchange.label.slice(0, -".post".length);
  const post = answerOf(exchange, event, exchange.sentMs);
  const reads = answersTo(recording, `${label}.get`, exchange.sentMs);
  return { label, scenario, post, id: exchange.failure ? null : idOf(exchange), reads };
}

/** The answer that each GET with this label led to. @param fromMs `atMs` and `doneMs` count from here */
export function answersTo(recording: Recording | undefined, label: string, fromMs = 0): Answer[] {
  const found: Answer[] = [];
  recording?.events.forEach((event, index) => {
    if (event.is !== "exchange") return;
    const { exchange } = event;
    if (exchange.label === label) found.push(answerOf(exchange, index, fromMs));
    else if (exchange.label === `${label}>`) {
      const asked = found.pop();
      found.push({ ...answerOf(exchange, index, fromMs), ...(asked && { atMs: asked.atMs }) });
    }
  });
  return found;
}

function answerOf(exchange: Exchange, event: number, fromMs: number): Answer {
  const doneMs = exchange.doneMs === null ? null : exchange.doneMs - fromMs;
  return { exchange, event, atMs: exchange.sentMs - fromMs, doneMs };
}

/** The job with this label; undefined when its POST was not sent. */
export function jobIn(reading: Reading, label: string): Job | undefined {
  return reading.jobs.find((job) => job.label === label);
}

/** The last read that was sent less than 300 ms before or after this time. */
export function readNear(job: Job | undefined, atMs: number): Answer | undefined {
  return job?.reads.findLast((answer) => Math.abs(answer.atMs - atMs) < 300);
}

/** True if there is no answer because the process had ended. */
export function endedIn({ exchange }: Answer): boolean {
  return exchange.failure?.kind === "ended";
}

/** For something that is not in the recording: `missing` if the server's process ended, else `otherwise`. */
export function absent(reading: Reading, otherwise: Outcome): Outcome {
  return reading.ended ? { is: "missing", scenario: reading.scenario } : otherwise;
}

/** A mark on a part of an answer. */
export function markOf(scenario: string, answer: Answer | undefined, on: Mark["on"]): Mark {
  return { scenario, event: answer?.event ?? null, on };
}

/** The word in `status` of an answer's JSON, whatever its content type; null when there is none. */
export function word({ exchange }: Answer): string | null {
  return wordOf(exchange);
}

/** True if the word is completed or failed. */
export function isOver(answer: Answer): boolean {
  return word(answer) === "completed" || word(answer) === "failed";
}

/** The JSON object of an answer; undefined when the body or the content type is something else. */
export function objectOf({ exchange }: Answer): JsonObject | undefined {
  return objectIn(exchange.response);
}

/** True for a JSON answer (also by its content type) with the job's id. */
export function carriesId(answer: Answer, job: Job | undefined): boolean {
  return job?.id != null && fieldOf(objectOf(answer), "id") === job.id;
}

/** True for a 200 with the job's id and one of the three words. */
export function isStatus(answer: Answer, job: Job | undefined): boolean {
  const { response, failure } = answer.exchange;
  if (response?.status !== 200 || failure || !carriesId(answer, job)) return false;
  return word(answer) === "processing" || isOver(answer);
}

/** What is wrong, and where. */
export interface Fault {
  readonly expected: string;
  readonly seen: string;
  readonly on: Mark["on"];
  readonly remark?: string;
}

/** What is wrong with a status answer, whatever its word: it must be 200, a JSON object, and have the id. */
export function frameFault(answer: Answer, id: string): Fault | null {
  const { exchange } = answer;
  const { response, failure } = exchange;
  const { pathname, search } = new URL(exchange.request.url);
  if (!response || failure || response.status !== 200) {
    const at = response && !failure ? "" : ` at ${pathname}${search}`;
    return { expected: "200 OK", seen: `${answered(exchange)}${at}`, on: "status", ...remarkOn(response?.status) };
  }
  return recordFault(answer, id);
}

/** The same, whatever its HTTP status: it must be a JSON object and have the id. */
export function recordFault({ exchange: { response } }: Answer, id: string): Fault | null {
  const type = response && headerOf(response, "content-type");
  if (!isJsonType(type)) {
    return {
      expected: "content-type: application/json",
      seen: type === null ? "no content type" : `content-type: ${type}`,
      on: "header:content-type",
    };
  }
  const json = jsonOf(response?.body);
  if (!isObject(json))
    return { expected: `a JSON object with id ${shown(id)}`, seen: bodyText(response?.body ?? ""), on: "body" };
  const other = fieldOf(json, "id");
  if (other === id) return null;
  const seen = other === undefined ? `no id, in ${shown(json, 60)}` : field("id", other);
  return { expected: `the job's own id, ${shown(id)}`, seen, on: "body" };
}

function remarkOn(status: number | undefined): { remark?: string } {
  if (status === 202)
    return { remark: "202 is for the POST. Asking how the job is succeeded, so the answer to the GET is 200." };
  if (status === 303)
    return { remark: "A 303 to the result is the other design, lesson 10. Here the status stays 200." };
  return {};
}

export function failOf(scenario: string, answer: Answer | undefined, fault: Fault): Outcome {
  const { expected, seen, on, remark } = fault;
  return { is: "fail", expected, seen, mark: markOf(scenario, answer, on), ...(remark !== undefined && { remark }) };
}

/** How the second answer differs from the first in HTTP status, `status`, `result` or `error`; null when it does not. */
export function changed(a: Answer, b: Answer): string | null {
  const [one, two] = [a.exchange.response, b.exchange.response];
  if (!one || !two || a.exchange.failure || b.exchange.failure || one.status !== two.status)
    return answered(b.exchange);
  const [before, after] = [jsonOf(one.body), jsonOf(two.body)].map((json) => (isObject(json) ? json : undefined));
  for (const name of ["status", "result", "error"]) {
    const [x, y] = [fieldOf(before, name), fieldOf(after, name)];
    if (sameJson(x, y) || (isAbsent(x) && isAbsent(y))) continue;
    return name === "status" ? field("status", y) : differing(name, x, y);
  }
  return null;
}

function differing(name: string, x: unknown, y: unknown): string {
  if (isObject(x) && isObject(y)) {
    const key = Object.keys({ ...x, ...y }).find((one) => !sameJson(fieldOf(x, one), fieldOf(y, one)));
    if (key !== undefined) return `${name}.${key} ${shown(fieldOf(y, key))}, before ${shown(fieldOf(x, key))}`;
  }
  return `${name} ${shown(y)}, before ${shown(x)}`;
}

/** How many books a report must count, by the params that were sent. */
export function expectedCount(world: World, job: Job): number {
  const genre = genreOf(job);
  return world.books.filter((book) => genre === undefined || book.genre === genre).length;
}

/** The genre that the job was ordered with; undefined when it names none. */
export function genreOf(job: Job | undefined): string | undefined {
  const params = jsonOf(job?.post.exchange.request.body);
  const genre = isObject(params) ? fieldOf(params, "genre") : undefined;
  return typeof genre === "string" ? genre : undefined;
}

/** The params as they were sent, for people: `{"genre":"poetry"}`. */
export function paramsOf(job: Job): string {
  return job.post.exchange.request.body ?? "";
}

/** True for a 2xx that came whole. */
export function isSuccess({ response, failure }: Exchange): boolean {
  return response !== null && !failure && response.status >= 200 && response.status < 300;
}

/** True for a 2xx that can have a body: 204 and 205 never have one (RFC 9110, sections 15.3.5 and 15.3.6). */
export function hasContent(exchange: Exchange): boolean {
  const code = exchange.response?.status;
  return isSuccess(exchange) && code !== 204 && code !== 205;
}

/**
 * A POST of S4 that was answered too late because other jobs were at work; undefined when there is none. The summary has
 * half a second more: it may have waited for its own work, which is not judged here.
 */
export function lateAmongOthers(evidence: Evidence, limitMs: number): Answer | undefined {
  const late = readingOf(evidence, "S4").jobs.find(({ label, post: { exchange, doneMs } }) => {
    const mostMs = label === "C" ? limitMs + 500 : limitMs;
    return exchange.response && doneMs !== null && doneMs > mostMs;
  });
  return late?.post;
}

/** "202 Accepted after 5.0 s, behind the jobs beside it". */
export function lateWords(post: Answer): string {
  return `${answered(post.exchange)} after ${seconds(post.doneMs ?? 0)}, behind the jobs beside it`;
}
