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

/** How long the work takes, in ms. */
const workMs = { summary: 500, full: 5000 };

const app = new Hono();

/** Makes the report and answers when it is done. Until then the client hears nothing. */
app.post("/reports", async (c) => {
  const params = paramsSchema.parse(await c.req.json());
  const id = crypto.randomUUID();
  const result = await makeReport(params);
  return c.json({ id, status: "completed", result });
});

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
