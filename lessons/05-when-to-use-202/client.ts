import { z } from "zod";

/** What the report is about. */
export interface ReportParams {
  /** Absent: all books. */
  genre?: string;
  kind?: "summary" | "full";
}

export interface RunOptions {
  /** Ends the call at once. It rejects with the signal's reason. */
  signal?: AbortSignal;
  /** After so many ms the call gives up, with a TimeoutError. Absent: it waits as long as it takes. */
  timeoutMs?: number;
}

const reportSchema = z.looseObject({
  title: z.string(),
  generatedAt: z.string(),
  totalBooks: z.looseObject({ count: z.number() }),
});

const statusSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("processing") }),
  z.object({ status: z.literal("completed"), result: reportSchema }),
  z.object({ status: z.literal("failed"), error: z.string() }),
]);

export type Report = z.infer<typeof reportSchema>;

/** The shortest wait between two polls, in ms, whatever the server says: 0 or a date in the past makes no hot loop. */
const shortestWaitMs = 1000;

/** The wait when the server names none, in ms. */
const defaultWaitMs = 2000;

/** The longest timer there is, in ms: setTimeout takes any greater number for 1. */
const longestTimerMs = 2 ** 31 - 1;

/** Answers to a poll that mean "not now" (RFC 9110, RFC 6585). Asking again is harmless: it is a GET. */
const passingStatuses = new Set([429, 502, 503, 504]);

/** After so many polls in a row without a status the client gives up. */
const mostTroubles = 5;

/**
 * Orders a report and polls until it is there.
 *
 * @throws an Error named "TimeoutError" when there is no report after `timeoutMs` (it may have been made all the same),
 * the signal's reason when it is aborted, and otherwise an Error that says what the server answered.
 */
export async function runReport(baseUrl: string, params: ReportParams, options: RunOptions = {}): Promise<Report> {
  const { signal, timeoutMs } = options;
  const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(Math.min(timeoutMs, longestTimerMs));
  const stop = AbortSignal.any([signal, deadline].filter((one) => one !== undefined));
  try {
    const accepted = await orderReport(baseUrl, params, stop);
    return await pollReport(accepted, stop);
  } catch (error) {
    signal?.throwIfAborted();
    if (deadline?.aborted) throw outcomeUnknown(`${timeoutMs} ms`, error);
    throw error;
  }
}

interface Accepted {
  /** Where the status of the job is. */
  statusUrl: URL;
  /** How long to wait before the first poll, in ms. */
  firstWaitMs: number;
}

/** Sends the order, once. */
async function orderReport(baseUrl: string, params: ReportParams, signal: AbortSignal): Promise<Accepted> {
  const response = await fetch(new URL("/reports", baseUrl), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(params),
    signal,
  });
  // Read to its end, so that the connection can be used again.
  const text = await response.text();
  if (!response.ok) throw new Error(`The order was answered with ${response.status}: ${excerpt(text)}`);
  const location = response.headers.get("Location");
  if (location === null) throw new Error("The answer to the order has no Location: nobody knows where the status is.");
  const firstWaitMs = response.headers.has("Retry-After") ? retryAfterMs(response.headers) : 0;
  return { statusUrl: new URL(location, response.url), firstWaitMs };
}

/** Asks for the status until the report is there, as often as the server wants to be asked. */
async function pollReport({ statusUrl, firstWaitMs }: Accepted, signal: AbortSignal): Promise<Report> {
  let waitMs = firstWaitMs;
  let troubles = 0;
  while (true) {
    await wait(waitMs, signal);
    const answer = await ask(statusUrl, signal);
    if (answer.is === "trouble") {
      troubles += 1;
      if (troubles >= mostTroubles) throw new Error(`${statusUrl} gave no status ${troubles} times: ${answer.why}`);
    } else {
      troubles = 0;
      const job = parseStatus(answer.text, statusUrl);
      if (job.status === "completed") return job.result;
      if (job.status === "failed") throw new Error(`The report could not be made: ${job.error}`);
    }
    waitMs = retryAfterMs(answer.headers);
  }
}

type Answer =
  | { is: "status"; headers: Headers; text: string }
  /** It may pass: ask again. */
  | { is: "trouble"; headers: Headers; why: string };

/**
 * Asks for the status once.
 *
 * @throws Error when the answer is one that asking again will not change.
 */
async function ask(statusUrl: URL, signal: AbortSignal): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(statusUrl, { signal });
    text = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    return { is: "trouble", headers: new Headers(), why: `the connection broke (${error})` };
  }
  const { status, headers } = response;
  if (passingStatuses.has(status)) return { is: "trouble", headers, why: `it was answered with ${status}` };
  if (!response.ok) throw new Error(`${statusUrl} was answered with ${status}: ${excerpt(text)}`);
  return { is: "status", headers, text };
}

function parseStatus(text: string, statusUrl: URL): z.infer<typeof statusSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`The answer of ${statusUrl} is not JSON: ${excerpt(text)}`, { cause });
  }
  const parsed = statusSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(`The answer of ${statusUrl} is not the status of a job: ${excerpt(text)}`, { cause: parsed.error });
}

/** The beginning of a body, for a message. */
function excerpt(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** How long to wait before the next poll, in ms, by the answer's Retry-After (RFC 9110, section 10.2.3). */
function retryAfterMs(headers: Headers): number {
  const value = headers.get("Retry-After");
  if (value === null) return defaultWaitMs;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : msUntil(value, headers.get("Date"));
  return Math.min(Math.max(ms ?? defaultWaitMs, shortestWaitMs), longestTimerMs);
}

/** The ms until an HTTP-date. The server's own clock counts, where it tells its time: ours may be wrong. */
function msUntil(date: string, serverDate: string | null): number | undefined {
  const at = parseHttpDate(date);
  const now = (serverDate === null ? undefined : parseHttpDate(serverDate)) ?? Date.now();
  return at === undefined ? undefined : at - now;
}

/**
 * Reads an HTTP-date. Only text that comes out the same when it is written again is one; Date.parse alone takes nearly
 * anything, even "5".
 *
 * @returns ms since 1970, or undefined if it is not an HTTP-date.
 */
function parseHttpDate(text: string): number | undefined {
  // One of the forms names no zone. It is GMT all the same; Date.parse would take it for local time.
  const ms = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return !Number.isNaN(ms) && httpDates(ms).includes(text) ? ms : undefined;
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** An instant in the forms of an HTTP-date (RFC 9110, section 5.6.7). The first is sent; recipients must read all. */
function httpDates(ms: number): string[] {
  const date = new Date(ms);
  const text = date.toUTCString(); // Sun, 06 Nov 1994 08:49:37 GMT
  const [weekday = "", day = "", month = "", year = "", time = ""] = text.replace(",", "").split(" ");
  return [
    text,
    `${weekdays[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`, // Sunday, 06-Nov-94 08:49:37 GMT
    `${weekday} ${month} ${day.replace(/^0/, " ")} ${time} ${year}`, // Sun Nov  6 08:49:37 1994
  ];
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. Leaves no timer behind. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    function stop() {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** The deadline has passed. That says when we stopped listening, not what the server did. */
function outcomeUnknown(after: string, cause: unknown): Error {
  const error = new Error(`No report after ${after}. The outcome is unknown: it may be made all the same.`, { cause });
  error.name = "TimeoutError";
  return error;
}
