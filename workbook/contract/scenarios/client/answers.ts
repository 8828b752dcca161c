/** The answers and scripts of the client scenarios. */
import type { HeaderPair, HttpRequest } from "../../model/recording.ts";
import type { ClientScenario } from "../../model/scenario.ts";
import type { ClientBench } from "../../model/bench.ts";
import type { Answer, Arrival, Script } from "../../model/script.ts";
import { jobOf } from "./job.ts";
import type { Job } from "./job.ts";

/** An answer, or a function that makes it when the request arrives. */
export type Step = Answer | ((at: Arrival) => Answer);

const json: HeaderPair = ["content-type", "application/json; charset=utf-8"];

/** How far past a whole second an answer with a date arrives, ms. The check counts on it. */
export const pastSecondMs = 300;

function envelope({ id }: Job, state: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ id, ...state });
}

export function accepted(job: Job, location: string | null): Answer {
  const headers: HeaderPair[] = location === null ? [json] : [json, ["location", location]];
  return { status: 202, headers, body: envelope(job, { status: "processing" }) };
}

/** @param retryAfter the header's value; null: no such header */
export function processing(job: Job, retryAfter: string | null): Answer {
  const headers: HeaderPair[] = retryAfter === null ? [json] : [json, ["retry-after", retryAfter]];
  return { status: 200, headers, body: envelope(job, { status: "processing" }) };
}

export function completed(job: Job): Answer {
  return { status: 200, headers: [json], body: envelope(job, { status: "completed", result: job.result }) };
}

export function failed(job: Job): Answer {
  return { status: 200, headers: [json], body: envelope(job, { status: "failed", error: job.error }) };
}

/** An error answer as problem details (RFC 9457). */
export function problem(status: number, title: string, more: readonly HeaderPair[] = []): Answer {
  const headers: HeaderPair[] = [["content-type", "application/problem+json; charset=utf-8"], ...more];
  return { status, headers, body: JSON.stringify({ title, status }) };
}

export function html(status: number, text: string): Answer {
  const body = `<!doctype html><title>${text}</title><h1>${text}</h1>\n`;
  return { status, headers: [["content-type", "text/html; charset=utf-8"]], body };
}

/** No answer, ever. */
export const silence: Answer = { status: 200, headers: [], body: "", never: true };

/**
 * After this many orders, or requests that get 404, the server falls silent. The fault has shown by then, and a client
 * that floods every scenario would use up the time of the run.
 */
const mostOrders = 5;
const mostStrays = 20;

/** A script that answers POST /reports with `post`, and any other request with 404. */
export function answersPost(post: Answer): Script {
  return { answer: (request) => (isOrder(request) ? post : nothingHere(request)) };
}

/**
 * A script for one job: 202, then at the Location one step for each request, and the last step from then on. Any other
 * request gets 404.
 * @param locate returns the Location header as it is sent; by default /reports/{id}
 */
export function answersPolls(job: Job, steps: readonly Step[], locate?: (origin: string) => string): Script {
  return {
    answer(request, count, at) {
      const location = locate?.(at.origin) ?? `/reports/${job.id}`;
      if (count.posts > mostOrders) return silence;
      if (isOrder(request)) return accepted(job, location);
      const status = new URL(location, `${at.origin}/reports`);
      const asked = new URL(request.url);
      const isStatus = asked.pathname === status.pathname && asked.search === status.search;
      const step = steps[Math.min(count.gets, steps.length) - 1];
      if (request.method !== "GET" || !isStatus || !step) {
        return count.gets > mostStrays ? silence : nothingHere(request);
      }
      return typeof step === "function" ? step(at) : step;
    },
  };
}

/** What a runner has to know of a client scenario; see model/scenario.ts. */
export type Facts = Partial<Pick<ClientScenario, "long" | "needsCallOptions" | "lastsMs">>;

/** About how long one or two polls take on the real clock, ms. */
const usualMs = 6_000;

/** A scenario of one call of `runReport`. */
export function scenario(
  name: string,
  about: string,
  play: (bench: ClientBench, job: Job) => Promise<void>,
  facts: Facts = {},
): ClientScenario {
  return {
    name,
    side: "client",
    about,
    lastsMs: () => usualMs,
    ...facts,
    play: (bench) => play(bench, jobOf(bench.world, name)),
  };
}

/** How long to watch for requests after it settled: `virtualMs`, or 3 s on the real clock. */
export function silenceMs(bench: ClientBench, virtualMs: number): number {
  return bench.world.clock === "virtual" ? virtualMs : 3_000;
}

function isOrder(request: HttpRequest): boolean {
  return request.method === "POST" && new URL(request.url).pathname === "/reports";
}

function nothingHere(request: HttpRequest): Answer {
  return problem(404, `nothing at ${new URL(request.url).pathname}`);
}
