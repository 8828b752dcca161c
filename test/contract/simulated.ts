/** Plays scenarios without a runner: a bench with its own clock, and a server that is a function of time. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { findLesson } from "../../workbook/content/catalogue.ts";
import { judge } from "../../workbook/contract/judge/judge.ts";
import { serverScenarios } from "../../workbook/contract/scenarios/server/all.ts";
import type { Verdict } from "../../workbook/contract/model/clause.ts";
import type { Event, HeaderPair, HttpResponse, Recording } from "../../workbook/contract/model/recording.ts";
import type { Later, ServerScenario } from "../../workbook/contract/model/scenario.ts";
import type { ServerBench } from "../../workbook/contract/model/bench.ts";
import type { Book, World } from "../../workbook/contract/model/world.ts";
import { root } from "../../workbook/root.ts";

const books = JSON.parse(readFileSync(path.join(root, "lessons", "books.json"), "utf8")) as Book[];

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string | undefined;
  /** ms from the scenario's start. */
  readonly atMs: number;
}

/** What a simulated server answers, `delayMs` after the request; null: nothing, ever. */
export type Simulated = (asked: Asked) => (HttpResponse & { readonly delayMs?: number }) | null;

export function json(status: number, value: unknown, ...headers: HeaderPair[]): HttpResponse {
  return { status, headers: [["content-type", "application/json"], ...headers], body: JSON.stringify(value) };
}

export interface Job {
  readonly id: string;
  readonly params: { readonly genre?: string; readonly kind?: string };
  readonly atMs: number;
}

/** What a test may change in the right server. */
export interface Ways {
  /** The answer to a valid POST. */
  accept?(job: Job): HttpResponse;
  /** The answer about a job at this time. */
  show?(job: Job, atMs: number): HttpResponse;
  /** The job that a path leads to; by default /reports/{id}. */
  find?(path: string, jobs: ReadonlyMap<string, Job>): Job | undefined;
  /** Answers before the right server does; undefined leaves it to that. */
  first?(asked: Asked): HttpResponse | undefined;
}

export function report(job: Job): object {
  const count = books.filter(({ genre }) => job.params.genre === undefined || genre === job.params.genre).length;
  return { title: "Books", generatedAt: new Date(job.atMs + 5_000).toISOString(), totalBooks: { count } };
}

const known = new Set(books.map(({ genre }) => genre));

/** The right server's answer about a job at this time. */
export function shown(job: Job, atMs: number): HttpResponse {
  const { id, params } = job;
  const over = atMs >= job.atMs + (params.kind === "summary" ? 500 : 5_000);
  if (!over) return json(200, { id, status: "processing" }, ["retry-after", "5"], ["cache-control", "no-store"]);
  if (params.genre !== undefined && !known.has(params.genre)) {
    return json(200, { id, status: "failed", error: `No book has the genre ${params.genre}.` });
  }
  return json(200, { id, status: "completed", result: report(job) });
}

/** A right server with these changes; new in each scenario. */
export function server(ways: Ways = {}): () => Simulated {
  return () => {
    const jobs = new Map<string, Job>();
    return (asked) => {
      const early = ways.first?.(asked);
      if (early) return early;
      if (asked.path === "/reports")
        return asked.method === "POST"
          ? take(jobs, asked, ways)
          : json(405, { error: "Only POST." }, ["allow", "POST"]);
      const find = ways.find ?? ((where, all) => all.get(decodeURIComponent(where.slice("/reports/".length))));
      const job = find(asked.path, jobs);
      return job ? (ways.show ?? shown)(job, asked.atMs) : json(404, { error: "There is no such report." });
    };
  };
}

function take(jobs: Map<string, Job>, asked: Asked, ways: Ways): HttpResponse {
  let params: unknown;
  try {
    params = JSON.parse(asked.body ?? "");
  } catch {
    return json(400, { error: "The body is not JSON." });
  }
  const { genre, kind } = (params ?? {}) as Record<string, unknown>;
  const isText = (value: unknown) => value === undefined || typeof value === "string";
  if (typeof params !== "object" || Array.isArray(params) || !isText(genre) || !isText(kind)) {
    return json(422, { error: "genre and kind are strings" });
  }
  const job: Job = { id: `job-${jobs.size + 1}`, params: params as Job["params"], atMs: asked.atMs };
  jobs.set(job.id, job);
  if (ways.accept) return ways.accept(job);
  return json(202, { id: job.id, status: "processing" }, ["location", `/reports/${job.id}`], ["retry-after", "5"]);
}

export function worldOf(lesson: number, more: Partial<World> = {}): World {
  const graded = findLesson(String(lesson))?.graded ?? [];
  return {
    clock: "virtual",
    seed: 1,
    books,
    graded,
    privatePaths: ["/home/ada"],
    origin: "http://127.0.0.1:8202",
    ...more,
  };
}

/** Plays a scenario to its end. */
export async function play(scenario: ServerScenario, simulated: Simulated, world: World): Promise<Recording> {
  const events: Event[] = [];
  let nowMs = 0;
  let seed = 7;
  const alarms: { readonly atMs: number; readonly ring: () => void }[] = [];
  const until = (atMs: number) =>
    atMs <= nowMs ? Promise.resolve() : new Promise<void>((ring) => alarms.push({ atMs, ring }));
  const bench: ServerBench = {
    world,
    now: () => nowMs,
    until,
    wait: (ms) => until(nowMs + ms),
    random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647,
    async send({ label, method, url, body, aside = false }) {
      const whole = new URL(url, world.origin);
      const request = { method, url: whole.href, headers: [], body: body ?? null };
      const sentMs = nowMs;
      const answer = simulated({ method, path: whole.pathname + whole.search, body, atMs: nowMs });
      if (answer?.delayMs) await until(nowMs + answer.delayMs);
      const failure = answer ? null : ({ kind: "never", message: "nothing came" } as const);
      const exchange = {
        label,
        request,
        response: answer,
        failure,
        sentMs,
        doneMs: answer ? nowMs : null,
        slow: false,
        aside,
      };
      events.push({ is: "exchange", exchange });
      return exchange;
    },
    probe: async (name) => void events.push({ is: "probe", atMs: nowMs, name, value: 0 }),
    repeat: () => Promise.resolve(),
    pause: (ms) => until(nowMs + ms),
  };
  const state = { over: false };
  const playing: Promise<void | Later> = scenario.play(bench).finally(() => (state.over = true));
  while (!state.over) {
    await new Promise((resolve) => setImmediate(resolve));
    const next = alarms.sort((a, b) => a.atMs - b.atMs).shift();
    if (!next) continue;
    nowMs = next.atMs;
    next.ring();
  }
  await (
    await playing
  )?.();
  return { scenario: scenario.name, side: "server", clock: world.clock, events, lastedMs: nowMs };
}

/** Plays every scenario of an exercise on a new simulated server, and judges. */
export async function verdicts(
  lesson: number,
  fresh: () => Simulated,
  change: (recording: Recording) => Recording = (recording) => recording,
  more: Partial<World> = {},
): Promise<Verdict[]> {
  const world = worldOf(lesson, more);
  const recordings = new Map<string, Recording>();
  for (const scenario of serverScenarios.filter(({ heavy }) => !heavy)) {
    if (scenario.name === "S8") continue;
    recordings.set(scenario.name, change(await play(scenario, fresh(), world)));
  }
  const replaces = findLesson(String(lesson))?.replaces ?? {};
  return judge({ graded: world.graded, replaces, sides: ["server"], recordings, world });
}

/** The clauses that failed. */
export function reds(all: readonly Verdict[]): string[] {
  return all.filter(({ verdict }) => verdict === "fail").map(({ clause }) => clause);
}
