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

const answerSchema = z.object({ status: z.literal("completed"), result: reportSchema });

export type Report = z.infer<typeof reportSchema>;

/**
 * Orders a report and waits for it.
 *
 * @throws an Error named "TimeoutError" when there is no report after `timeoutMs`. It may have been made all the same.
 */
export async function runReport(baseUrl: string, params: ReportParams, options: RunOptions = {}): Promise<Report> {
  const { timeoutMs } = options;
  const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  try {
    return await orderReport(baseUrl, params, deadline);
  } catch (error) {
    if (deadline?.aborted) throw outcomeUnknown(`${timeoutMs} ms`, error);
    throw error;
  }
}

async function orderReport(baseUrl: string, params: ReportParams, signal?: AbortSignal): Promise<Report> {
  const response = await fetch(new URL("/reports", baseUrl), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(params),
    signal,
  });
  const { result } = answerSchema.parse(await response.json());
  return result;
}

/** The deadline has passed. That says when we stopped listening, not what the server did. */
function outcomeUnknown(after: string, cause: unknown): Error {
  const error = new Error(`No report after ${after}. The outcome is unknown: it may be made all the same.`, { cause });
  error.name = "TimeoutError";
  return error;
}
