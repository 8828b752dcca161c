import { Worker } from "node:worker_threads";
import { Hono } from "hono";
import { z } from "zod";
import books from "../../../lessons/books.json" with { type: "json" };

const paramsSchema = z.object({ genre: z.string().optional(), kind: z.enum(["summary", "full"]).default("full") });

const answerSchema = z.union([z.object({ count: z.number() }), z.object({ error: z.string() })]);

type Status = { status: "processing" } | { status: "completed"; result: object } | { status: "failed"; error: string };

const jobs = new Map<string, Status>();
const app = new Hono();

/** Runs in its own thread: waits, counts, and posts the result. */
const work = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { books, genre, ms } = workerData;
  setTimeout(() => {
    const count = books.filter((book) => genre === undefined || book.genre === genre).length;
    parentPort.postMessage(count > 0 ? { count } : { error: "no books of the genre " + genre });
  }, ms);
`;

app.post("/reports", async (c) => {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (body === undefined) return c.json({ error: "malformed JSON" }, 400);
  const parsed = paramsSchema.safeParse(body);
  if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400);
  const { genre, kind } = parsed.data;
  const id = crypto.randomUUID();
  jobs.set(id, { status: "processing" });
  const worker = new Worker(work, { eval: true, workerData: { books, genre, ms: kind === "full" ? 5000 : 500 } });
  worker.once("message", (message) => jobs.set(id, settle(message)));
  worker.once("error", () => jobs.set(id, { status: "failed", error: "the worker broke" }));
  return c.json({ id, status: "processing" }, 202, { Location: `/reports/${id}`, ...waiting });
});

app.get("/reports/:id", (c) => {
  const id = c.req.param("id");
  const job = jobs.get(id);
  if (!job) return c.json({ error: "no such job" }, 404);
  return c.json({ id, ...job }, 200, job.status === "processing" ? waiting : {});
});

const waiting = { "Retry-After": "2", "Cache-Control": "no-store" };

function settle(message: unknown): Status {
  const answer = answerSchema.parse(message);
  if ("error" in answer) return { status: "failed", error: answer.error };
  const result = { title: "Books", generatedAt: new Date().toISOString(), totalBooks: { count: answer.count } };
  return { status: "completed", result };
}

export default app;
