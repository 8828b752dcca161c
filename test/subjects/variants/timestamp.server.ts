import { Hono } from "hono";
import { z } from "zod";
import books from "../../../lessons/books.json" with { type: "json" };

const paramsSchema = z.object({ genre: z.string().optional(), kind: z.enum(["summary", "full"]).default("full") });

interface Job {
  readonly genre: string | undefined;
  readonly endsAt: number;
}

const jobs = new Map<string, Job>();
const app = new Hono();

app.post("/reports", async (c) => {
  const text = await c.req.text();
  const parsed = z.string().transform(parseJson).pipe(paramsSchema).safeParse(text);
  if (!parsed.success) return c.json({ issues: parsed.error.issues }, 400);
  const { genre, kind } = parsed.data;
  const id = crypto.randomUUID();
  const job = { genre, endsAt: Date.now() + (kind === "full" ? 5000 : 500) };
  jobs.set(id, job);
  return c.json(statusOf(id, job), 202, { ...headersOf(job), Location: `/reports/${id}` });
});

app.get("/reports/:id", (c) => {
  const id = c.req.param("id");
  const job = jobs.get(id);
  if (!job) return c.json({ error: "no such job" }, 404);
  return c.json(statusOf(id, job), 200, headersOf(job));
});

function statusOf(id: string, { genre, endsAt }: Job) {
  if (Date.now() < endsAt) return { id, status: "processing" };
  const count = books.filter((book) => genre === undefined || book.genre === genre).length;
  if (count === 0) return { id, status: "failed", error: `no books of the genre ${genre}` };
  const generatedAt = new Date(endsAt).toISOString();
  return { id, status: "completed", result: { title: "Books", generatedAt, totalBooks: { count } } };
}

function headersOf({ endsAt }: Job): Record<string, string> {
  const left = endsAt - Date.now();
  const noStore = { "Cache-Control": "no-store" };
  return left > 0 ? { ...noStore, "Retry-After": String(Math.ceil(left / 1000)) } : noStore;
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "malformed JSON" });
    return z.NEVER;
  }
}

export default app;
