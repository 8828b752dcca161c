import { z } from "zod";

/** What the report is about. */
export interface ReportParams {
  /** Absent: all books. */
  genre?: string;
  kind?: "summary" | "full";
}

export interface RunOptions {
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
]);

export type Report = z.infer<typeof reportSchema>;

/** How long to wait between two polls, in ms. */
const pollMs = 1000;

/**
 * Orders a report and polls until it is there.
 *
 * @throws an Error named "TimeoutError" when there is no report after `timeoutMs`. It may have been made all the same.
 */
export async function runReport(baseUrl: string, params: ReportParams, options: RunOptions = {}): Promise<Report> {
  const { timeoutMs } = options;
  const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  try {
    const statusUrl = await orderReport(baseUrl, params, deadline);
    return await pollReport(statusUrl, deadline);
  } catch (error) {
    if (deadline?.aborted) throw outcomeUnknown(`${timeoutMs} ms`, error);
    throw error;
  }
}

/** Sends the order, once. @returns where the status of the job is. */
async function orderReport(baseUrl: string, params: ReportParams, signal?: AbortSignal): Promise<URL> {
  const response = await fetch(new URL("/reports", baseUrl), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(params),
    signal,
  });
  // Read to its end, so that the connection can be used again.
  await response.text();
  const location = response.headers.get("Location");
  if (location === null) throw new Error("The answer to the order has no Location: nobody knows where the status is.");
  return new URL(location, response.url);
}

/** Asks for the status until the report is there. */
async function pollReport(statusUrl: URL, signal?: AbortSignal): Promise<Report> {
  while (true) {
    const response = await fetch(statusUrl, { signal });
    const job = statusSchema.parse(await response.json());
    if (job.status === "completed") return job.result;
    await wait(pollMs, signal);
  }
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. Leaves no timer behind. */
function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    function stop() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The deadline has passed. That says when we stopped listening, not what the server did. */
function outcomeUnknown(after: string, cause: unknown): Error {
  const error = new Error(`No report after ${after}. The outcome is unknown: it may be made all the same.`, { cause });
  error.name = "TimeoutError";
  return error;
}
