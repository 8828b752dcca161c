import books from "../../../lessons/books.json" with { type: "json" };

type Status =
  | { id: string; status: "processing" }
  | { id: string; status: "completed"; result: unknown }
  | { id: string; status: "failed"; error: string };

const jobs = new Map<string, Status>();

const noStore = { "cache-control": "no-store" };

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/reports") {
      if (request.method === "POST") return order(request);
      return Response.json({ message: "POST only" }, { status: 405, headers: { allow: "POST" } });
    }
    const id = /^\/reports\/([^/]+)$/.exec(pathname)?.[1];
    const job = id === undefined ? undefined : jobs.get(id);
    if (!job) return Response.json({ message: "not found" }, { status: 404 });
    return Response.json(job, { headers: job.status === "processing" ? { ...noStore, "retry-after": "2" } : noStore });
  },
};

async function order(request: Request): Promise<Response> {
  let params: unknown;
  try {
    params = await request.json();
  } catch {
    return Response.json({ message: "no JSON" }, { status: 400 });
  }
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    return Response.json({ message: "an object, please" }, { status: 422 });
  }
  const genre = "genre" in params ? params.genre : undefined;
  const kind = "kind" in params ? params.kind : "full";
  if (genre !== undefined && typeof genre !== "string") {
    return Response.json({ errors: { genre: "must be a string" } }, { status: 422 });
  }
  if (kind !== "full" && kind !== "summary") return Response.json({ errors: { kind: "unknown" } }, { status: 422 });
  const id = crypto.randomUUID();
  const job: Status = { id, status: "processing" };
  jobs.set(id, job);
  setTimeout(() => jobs.set(id, finish(id, genre)), kind === "full" ? 5000 : 500);
  return Response.json(job, { status: 202, headers: { ...noStore, location: `/reports/${id}`, "retry-after": "2" } });
}

function finish(id: string, genre: string | undefined): Status {
  const count = books.filter((book) => genre === undefined || book.genre === genre).length;
  if (count === 0) return { id, status: "failed", error: `We have nothing in ${genre}.` };
  const generatedAt = new Date().toISOString();
  return { id, status: "completed", result: { title: "Books", generatedAt, totalBooks: { count } } };
}
