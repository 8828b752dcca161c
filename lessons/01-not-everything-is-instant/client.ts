import { z } from "zod";

/** What the report is about. */
export interface ReportParams {
  /** Absent: all books. */
  genre?: string;
  kind?: "summary" | "full";
}

export interface RunOptions {
  /** After so many ms the call gives up. Nothing reads it yet. */
  timeoutMs?: number;
}

const reportSchema = z.looseObject({
  title: z.string(),
  generatedAt: z.string(),
  totalBooks: z.looseObject({ count: z.number() }),
});

const answerSchema = z.object({ status: z.literal("completed"), result: reportSchema });

export type Report = z.infer<typeof reportSchema>;

/** Orders a report and waits for it, as long as it takes. */
export async function runReport(baseUrl: string, params: ReportParams, _options: RunOptions = {}): Promise<Report> {
  const response = await fetch(new URL("/reports", baseUrl), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(params),
  });
  const { result } = answerSchema.parse(await response.json());
  return result;
}
