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

type JobState =
  { status: "processing" } | { status: "completed"; result: Report } | { status: "failed"; error: string };

interface Job {
  readonly id: string;
  /** When the work is expected to be done, ms since 1970. */
  readonly dueAt: number;
  state: JobState;
}

/** A failure whose message is written for the client to read. Of all others the client is told nothing more. */
class ReportError extends Error {}

/** How long the work takes, in ms. */
const workMs = { summary: 500, full: 5000 };

/** All jobs by id. In memory: a restart forgets them. */
const jobs = new Map<string, Job>();

const app = new Hono();

/** Accepts the order for a report, starts the work, and answers before it is done. */
app.post("/reports", async (c) => {
  const order = parseOrder(await c.req.text());
  if (!order.ok) return c.json({ error: order.error }, 400);
  const { params } = order;
  const job: Job = {
    id: crypto.randomUUID(),
    dueAt: Date.now() + workMs[params.kind],
    state: { status: "processing" },
  };
  jobs.set(job.id, job);
  void runJob(job, params);
  return c.json(envelope(job), 202, { ...statusHeaders(job), Location: `/reports/${job.id}` });
});

/** The collection takes orders and nothing else (RFC 9110, section 15.5.6). */
app.all("/reports", (c) => c.json({ error: "Only POST is allowed here." }, 405, { Allow: "POST" }));

/** Tells how a job is. Reading changes nothing. */
app.get("/reports/:id", (c) => {
  const job = jobs.get(c.req.param("id"));
  if (job === undefined) return c.json({ error: "There is no report with this id." }, 404);
  return c.json(envelope(job), 200, statusHeaders(job));
});

type Order = { ok: true; params: ReportParams } | { ok: false; error: string };

/** Reads the body of an order. What can be refused is refused now: a 202 would be a promise that cannot be kept. */
function parseOrder(body: string): Order {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { ok: false, error: "The body is not JSON." };
  }
  const parsed = paramsSchema.safeParse(json);
  if (parsed.success) return { ok: true, params: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  return { ok: false, error: issues.join("; ") };
}

/** What the world sees of a job. */
function envelope({ id, state }: Job) {
  return { id, ...state };
}

/** No cache may keep a status; and while the work goes on, the client is told when to ask again. */
function statusHeaders(job: Job): Record<string, string> {
  const headers = { "Cache-Control": "no-store" };
  if (job.state.status !== "processing") return headers;
  return { ...headers, "Retry-After": String(retryAfterSeconds(job)) };
}

/** The time left in whole seconds, rounded up. At least 1, even when the work takes longer than expected. */
function retryAfterSeconds(job: Job): number {
  return Math.max(1, Math.ceil((job.dueAt - Date.now()) / 1000));
}

/** Does the work of a job, in the background, and keeps its result or its failure. Never rejects. */
async function runJob(job: Job, params: ReportParams): Promise<void> {
  try {
    job.state = { status: "completed", result: await makeReport(params) };
  } catch (error) {
    job.state = { status: "failed", error: describeFailure(error) };
  }
}

/** The failure in words for the client. What was not foreseen is for our log only: it could show what is inside. */
function describeFailure(error: unknown): string {
  if (error instanceof ReportError) return error.message;
  console.error(error);
  return "The report could not be made.";
}

/**
 * The slow work. A wait stands for the walk through the warehouse.
 *
 * @throws ReportError when no book has the genre.
 */
async function makeReport({ genre, kind }: ReportParams): Promise<Report> {
  await wait(workMs[kind]);
  const found = books.filter((book) => genre === undefined || book.genre === genre);
  if (found.length === 0) throw new ReportError(`No book has the genre ${genre}.`);
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
