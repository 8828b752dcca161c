import { Hono } from "hono";
import { z } from "zod";
import books from "../../lessons/books.json" with { type: "json" };

const paramsSchema = z.object({
  /** Absent: all books. */
  genre: z.string().optional(),
  kind: z.enum(["summary", "full"]).default("full"),
});

type ReportParams = z.infer<typeof paramsSchema>;

interface Report {
  title: string;
  /** When the report was made, RFC 3339. */
  generatedAt: string;
  totalBooks: { count: number };
}

/** A job is what the status resource shows of it. */
type Job = { id: string; status: "processing" } | { id: string; status: "completed"; result: Report };

/** How long the work takes, in ms. */
const workMs = { summary: 500, full: 5000 };

/** All jobs by id. In memory: a restart forgets them. */
const jobs = new Map<string, Job>();

const app = new Hono();

/** Accepts the order for a report, starts the work, and answers before it is done. */
app.post("/reports", async (c) => {
  const params = paramsSchema.parse(await c.req.json());
  const job: Job = { id: crypto.randomUUID(), status: "processing" };
  jobs.set(job.id, job);
  void runJob(job.id, params);
  return c.json(job, 202, { Location: `/reports/${job.id}` });
});

/** Tells how a job is. Reading changes nothing. */
app.get("/reports/:id", (c) => {
  const job = jobs.get(c.req.param("id"));
  if (job === undefined) return c.json({ error: "There is no report with this id." }, 404);
  return c.json(job);
});

/** Does the work of a job, in the background, and keeps its result. */
async function runJob(id: string, params: ReportParams): Promise<void> {
  const result = await makeReport(params);
  jobs.set(id, { id, status: "completed", result });
}

/** The slow work. A wait stands for the walk through the warehouse. */
async function makeReport({ genre, kind }: ReportParams): Promise<Report> {
  await wait(workMs[kind]);
  const found = books.filter((book) => genre === undefined || book.genre === genre);
  return {
    title: genre === undefined ? "All books" : `Books of the genre ${genre}`,
    generatedAt: new Date().toISOString(),
    totalBooks: { count: found.length },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

export default app;
