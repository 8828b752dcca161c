/** A server's recording, read: each job's POST, and what was answered where its Location leads. */
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
  /** When it was asked for, ms from when the job's POST was sent. */
  readonly atMs: number;
  /** When its last byte was there, ms from when the job's POST was sent; null if it never was. */
  readonly doneMs: number | null;
}

/** A POST to /reports and what was read of its job afterwards. */
export interface Job {
  readonly label: string;
  readonly scenario: string;
  readonly post: Answer;
  readonly id: string | null;
  /** What each GET on Location led to in the end, redirects followed; in order of time. */
  readonly reads: readonly Answer[];
}

/** One scenario of a server, as the checks look at it. */
export interface Reading {
  readonly scenario: string;
  readonly recording: Recording | undefined;
  readonly jobs: readonly Job[];
  /** The server's process ended, or the scenario was not played: what is not here may never have had its chance. */
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

/** What each GET with this label led to. @param fromMs what times are counted from */
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

/** The last read that was asked for at most 600 ms off this time. */
export function readNear(job: Job | undefined, atMs: number): Answer | undefined {
  return job?.reads.findLast((answer) => Math.abs(answer.atMs - atMs) < 300);
}

/** The answer came to nothing because the process had ended. */
export function endedIn({ exchange }: Answer): boolean {
  return exchange.failure?.kind === "ended";
}

/** What is needed is not there: missing when the server's process ended, else the outcome given. */
export function absent(reading: Reading, otherwise: Outcome): Outcome {
  return reading.ended ? { is: "missing", scenario: reading.scenario } : otherwise;
}

/** Points a verdict to a part of an answer. */
export function markOf(scenario: string, answer: Answer | undefined, on: Mark["on"]): Mark {
  return { scenario, event: answer?.event ?? null, on };
}

/** The word in `status` of an answer's JSON, whatever its content type; null when there is none. */
export function word({ exchange }: Answer): string | null {
  return wordOf(exchange);
}

/** The word is completed or failed. */
export function isOver(answer: Answer): boolean {
  return word(answer) === "completed" || word(answer) === "failed";
}

/** The JSON object of an answer that says it is JSON; undefined when there is none. */
export function objectOf({ exchange }: Answer): JsonObject | undefined {
  return objectIn(exchange.response);
}

/** A JSON answer (by its content type too) that carries the job's id. */
export function carriesId(answer: Answer, job: Job | undefined): boolean {
  return job?.id != null && fieldOf(objectOf(answer), "id") === job.id;
}

/** 200, with the job's id and one of the three words. */
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

/** What is wrong with an answer about a job before its status is looked at: 200, JSON, an object, the id. */
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

/** What is wrong with an answer about a job, whatever its HTTP status: JSON, an object, the id. */
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

/** What the later of two answers changed of HTTP status, `status`, `result` and `error`; null when nothing. */
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

/** A 2xx, of a request that nothing went wrong with. */
export function isSuccess({ response, failure }: Exchange): boolean {
  return response !== null && !failure && response.status >= 200 && response.status < 300;
}

/** A 2xx that can have a body: a 204 and a 205 never have one (RFC 9110, sections 15.3.5 and 15.3.6). */
export function hasContent(exchange: Exchange): boolean {
  const code = exchange.response?.status;
  return isSuccess(exchange) && code !== 204 && code !== 205;
}

/**
 * A POST that was answered too late because other jobs were at work (S4); undefined when there is none. The summary may
 * have waited for its own half second besides: whether it may, is no matter of this.
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
