import { EventEmitter, once } from "node:events";
import { Hono } from "hono";
import { z } from "zod";
import books from "../../../lessons/books.json" with { type: "json" };

const paramsSchema = z.object({ genre: z.string().optional(), kind: z.enum(["summary", "full"]).default("full") });

type Params = z.infer<typeof paramsSchema>;

class Job extends EventEmitter {
  readonly id = `job_${crypto.randomUUID().replaceAll("-", "")}`;
  readonly params: Params;
  status: "processing" | "completed" | "failed" = "processing";
  result: object | undefined;
  error: string | undefined;

  constructor(params: Params) {
    super();
    this.params = params;
  }

  async work(): Promise<void> {
    setTimeout(() => this.emit("books"), this.params.kind === "full" ? 5000 : 500);
    await once(this, "books");
    const { genre } = this.params;
    const count = books.filter((book) => genre === undefined || book.genre === genre).length;
    if (count === 0) throw new RangeError(`There is no genre "${genre}".`);
    this.result = { title: "A report", generatedAt: new Date().toISOString(), totalBooks: { count } };
    this.status = "completed";
  }

  fail(error: unknown): void {
    this.error = error instanceof RangeError ? error.message : "Something went wrong.";
    this.status = "failed";
  }

  toJSON(): object {
    return { id: this.id, status: this.status, result: this.result, error: this.error };
  }
}

class Store {
  readonly #jobs: Job[] = [];

  add(job: Job): void {
    this.#jobs.push(job);
    job.work().catch((error: unknown) => job.fail(error));
  }

  find(id: string): Job | undefined {
    return this.#jobs.find((job) => job.id === id);
  }
}

const store = new Store();
const app = new Hono().basePath("/reports");

app.use(async (c, next) => {
  await next();
  c.header("Cache-Control", "no-store");
});

app.post("/", async (c) => {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (body === undefined) return c.json({ error: "malformed JSON" }, 400);
  const parsed = paramsSchema.safeParse(body);
  if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 422);
  const job = new Job(parsed.data);
  store.add(job);
  c.header("Location", `/reports/${job.id}`);
  c.header("Retry-After", "1");
  return c.json(job, 202);
});

app.get("/:id", (c) => {
  const job = store.find(c.req.param("id"));
  if (!job) return c.json({ error: "unknown job" }, 404);
  if (job.status === "processing") c.header("Retry-After", "1");
  return c.json(job);
});

export default app;
