/** A right client made of small habits, so that a test can spoil one at a time. */
import type { Answered, Io, ModelClient } from "./client-bench.ts";

export interface Job {
  readonly status?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

export interface Habits {
  readonly contentType: string | undefined;
  body(params: unknown): string | undefined;
  /** POSTs for one order. */
  readonly posts: number;
  /** Takes the answer to the POST for the result when it is 200. */
  readonly takesResult: boolean;
  statusUrl(answer: Answered, baseUrl: string): string;
  acceptsStatus(status: number): boolean;
  refuse(answer: Answered): unknown;
  result(job: Job): unknown;
  fail(job: Job): unknown;
  parse(text: string): Job;
  /** ms until the next poll. */
  waitMs(answer: Answered | null, io: Io, poll: { n: number; askedAt: number }): number;
  isTrouble(status: number): boolean;
  /** The error for a poll whose status is neither 200 nor a passing trouble. */
  final(status: number): unknown;
  onTrouble(io: Io, baseUrl: string): Promise<unknown>;
  late(): unknown;
  /** ms until it gives up. */
  deadlineMs(timeoutMs: number): number;
  readonly clearsDeadline: boolean;
  readonly abortsWait: boolean;
  readonly clearsWait: boolean;
  readonly heedsSignalAtOnce: boolean;
  after(io: Io, statusUrl: string): void;
}

const day = 86_400_000;

/** Retry-After as ms; undefined when there is none, or it cannot be used. */
export function toldMs(answer: Answered | null, io: Io): number | undefined {
  const value = answer?.header("retry-after") ?? null;
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  return value.endsWith(" GMT") ? Date.parse(value) - io.now() : undefined;
}

export const right: Habits = {
  contentType: "application/json",
  body: (params) => JSON.stringify(params),
  posts: 1,
  takesResult: true,
  statusUrl: (answer, baseUrl) => {
    const location = answer.header("location");
    if (location === null) throw new Error("The 202 has no Location.");
    return new URL(location, `${baseUrl}/reports`).href;
  },
  acceptsStatus: (status) => status < 400,
  refuse: (answer) => new Error(`The order was refused: ${answer.status}`),
  result: (job) => job.result,
  fail: (job) => new Error(`The server says: ${String(job.error)}`),
  parse: (text) => {
    if (!text.startsWith("{")) throw new Error("That is no JSON.");
    return JSON.parse(text) as Job;
  },
  waitMs: (answer, io) => Math.min(Math.max(toldMs(answer, io) ?? 2_000, 1_000), day),
  isTrouble: (status) => status === 503 || status === 429,
  final: (status) => new Error(`The poll was answered ${status}.`),
  onTrouble: async () => {},
  late: () => Object.assign(new Error("Nobody knows whether it was done."), { name: "TimeoutError" }),
  deadlineMs: (timeoutMs) => timeoutMs,
  clearsDeadline: true,
  abortsWait: true,
  clearsWait: true,
  heedsSignalAtOnce: true,
  after: () => {},
};

/** The right client with these habits changed. */
export function clientWith(spoilt: Partial<Habits> = {}): ModelClient {
  const habits = { ...right, ...spoilt };
  return async (io, baseUrl, params, options = {}) => {
    const stop = new AbortController();
    const { signal, timeoutMs } = options;
    const heed = () => stop.abort(signal?.reason);
    if (signal?.aborted && habits.heedsSignalAtOnce) throw signal.reason;
    signal?.addEventListener("abort", heed, { once: true });
    const clear =
      timeoutMs === undefined ? () => {} : io.timer(habits.deadlineMs(timeoutMs), () => stop.abort(habits.late()));
    try {
      return await orderAndPoll(habits, io, baseUrl, params, stop.signal);
    } finally {
      if (habits.clearsDeadline) clear();
      signal?.removeEventListener("abort", heed);
    }
  };
}

async function orderAndPoll(
  habits: Habits,
  io: Io,
  baseUrl: string,
  params: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const body = habits.body(params);
  const type = habits.contentType;
  const order = () =>
    io.send({
      method: "POST",
      url: `${baseUrl}/reports`,
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { type }),
      signal,
    });
  let answer = await order();
  for (let n = 1; n < habits.posts; n++) answer = await order();
  if (!habits.acceptsStatus(answer.status)) throw habits.refuse(answer);
  if (answer.status === 200 && habits.takesResult) return settle(habits, habits.parse(answer.body));
  const url = habits.statusUrl(answer, baseUrl);
  try {
    return await poll(habits, io, baseUrl, url, signal);
  } finally {
    habits.after(io, url);
  }
}

function settle(habits: Habits, job: Job): unknown {
  if (job.status === "completed") return habits.result(job);
  throw habits.fail(job);
}

async function poll(habits: Habits, io: Io, baseUrl: string, url: string, signal: AbortSignal): Promise<unknown> {
  for (let n = 1; ; n++) {
    const askedAt = io.now();
    const answer = await io.send({ method: "GET", url, signal }).catch((error: unknown) => {
      if (signal.aborted || (error instanceof Error && "invalid" in error)) throw error;
      return null;
    });
    if (answer === null || habits.isTrouble(answer.status)) await habits.onTrouble(io, baseUrl);
    else if (answer.status !== 200) throw habits.final(answer.status);
    else {
      const job = habits.parse(answer.body);
      if (job.status !== "processing") return settle(habits, job);
    }
    await wait(habits, io, habits.waitMs(answer, io, { n, askedAt }), signal);
  }
}

function wait(habits: Habits, io: Io, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const clear = io.timer(ms, () => {
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    });
    const stop = () => {
      if (habits.clearsWait) clear();
      reject(signal.reason);
    };
    if (habits.abortsWait) signal.addEventListener("abort", stop, { once: true });
  });
}
