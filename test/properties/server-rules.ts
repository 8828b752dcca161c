/** What is true of a server whatever its clients do. Taken from the contract, not from the solution. */
import { isDeepStrictEqual } from "node:util";
import type { Answered, Known, Played } from "./server-play.ts";
import { workMs } from "./server-script.ts";

/** What the server of a lesson can do. */
export interface ServerAbilities {
  /** A genre without books makes the job fail (from 04). Before that, the report counts 0 books. */
  readonly fails: boolean;
  /** A POST may wait this long for its outcome, and return it (05), ms. */
  readonly windowMs: number;
  /** A finished job can be read for 24 h, and is gone an hour later (06). */
  readonly forgets: boolean;
}

export interface Shop extends ServerAbilities {
  /** How many books each genre has. */
  readonly counts: ReadonlyMap<string, number>;
}

/** How late a job may show that its work is done, ms. A job that runs alone needs none of this. */
const slackMs = 5000;
const hourMs = 3_600_000;

/** What went wrong, in sentences. */
export function serverFaults({ answers, jobs }: Played, shop: Shop): readonly string[] {
  const faults = answers.flatMap((answer) => answerFaults(answer, shop));
  const ids = jobs.map(({ id }) => id);
  if (new Set(ids).size < ids.length) faults.push(`two jobs have one id: ${ids.join(", ")}`);
  const states = jobs.flatMap((job, number) => jobFaults(number, job, answers, shop));
  return [...faults, ...states];
}

/** What is wrong with a response by itself. */
function answerFaults({ act, sentMs, doneMs, status, headers, json }: Answered, { windowMs }: Shop): string[] {
  const seen = `at ${sentMs} ms ${act.do}: ${status} ${JSON.stringify(json)}`;
  if (doneMs === null) return [`at ${sentMs} ms ${act.do}: never answered`];
  if (act.do === "ask") return [];
  if (act.do === "ask for nobody") return status === 404 ? [] : [seen];
  if (act.do === "send") return (status === 400 || status === 422) && !headers.has("Location") ? [] : [seen];
  const faults = doneMs - sentMs > windowMs ? [`${seen}, only after ${doneMs - sentMs} ms`] : [];
  if (typeof json?.id !== "string" || json.id === "") return [...faults, `${seen}: no id`];
  if (status === 202) return json.status === "processing" && headers.has("Location") ? faults : [...faults, seen];
  return status === 200 && windowMs > 0 && isOutcome(json) ? faults : [...faults, seen];
}

/** A job is processing, then completed or failed, and never goes back. A server that forgets jobs does so in time. */
function jobFaults(number: number, job: Known, answers: readonly Answered[], shop: Shop): string[] {
  const named = `job ${number} (${JSON.stringify(job.order)}, posted at ${job.postedMs} ms)`;
  const about = answers.filter((one) => one.job === number || (one.act.do === "order" && one.json?.id === job.id));
  const dueMs = job.postedMs + workMs[job.order.kind ?? "full"];
  let outcome: Answered["json"];
  let gone = false;
  return about.flatMap(({ act, sentMs, doneMs, status, headers, json }) => {
    const seen = `${named}: at ${doneMs ?? sentMs} ms ${status} ${JSON.stringify(json)}`;
    if (doneMs === null) return [];
    if (status === 404) {
      gone = true;
      return shop.forgets && doneMs >= dueMs + 24 * hourMs ? [] : [`${seen}: forgotten too early`];
    }
    if (gone) return [`${seen}: it is back`];
    if (shop.forgets && doneMs > dueMs + 25 * hourMs) return [`${seen}: not forgotten in time`];
    if (json === undefined || json.id !== job.id) return [`${seen}: another id`];
    if (act.do === "ask" && status !== 200) return [seen];
    if (json.status === "processing") {
      if (outcome !== undefined) return [`${seen}: it was ${String(outcome.status)} before`];
      if (doneMs > dueMs + slackMs) return [`${seen}: it should have ended`];
      if (json.result != null || json.error != null) return [`${seen}: an outcome while it is processing`];
      return /^[1-9][0-9]*$/.test(headers.get("Retry-After") ?? "")
        ? []
        : [`${seen}: Retry-After is ${headers.get("Retry-After")}`];
    }
    if (doneMs < dueMs) return [`${seen}: before the work can be done`];
    if (outcome === undefined) outcome = json;
    else if (!isDeepStrictEqual(outcome, json)) return [`${seen}: it was ${JSON.stringify(outcome)} before`];
    return isRight(json, job, shop) ? [] : [`${seen}: not this job's outcome`];
  });
}

function isOutcome({ status }: Readonly<Record<string, unknown>>): boolean {
  return status === "completed" || status === "failed";
}

/** The outcome fits what was asked for. */
function isRight(json: Readonly<Record<string, unknown>>, { order }: Known, { counts, fails }: Shop): boolean {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const count = order.genre === undefined ? all : (counts.get(order.genre) ?? 0);
  if (fails && count === 0) {
    return json.status === "failed" && json.result == null && String(json.error).includes(String(order.genre));
  }
  const { totalBooks } = (json.result ?? {}) as { totalBooks?: { count?: unknown } };
  return json.status === "completed" && json.error == null && totalBooks?.count === count;
}
