/**
 * The 202 pattern with plain node:http, no framework, no types: exercise 04's server.
 *
 *   node examples/node-http/server.js 8081
 *   npm run grade -- 4 --url http://127.0.0.1:8081
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const books = JSON.parse(readFileSync("lessons/books.json", "utf8"));
const workMs = { summary: 500, full: 5000 };
const jobs = new Map();

/** A failure whose message is written for the client to read. */
class ReportError extends Error {}

async function makeReport({ genre, kind = "full" }) {
  await wait(workMs[kind]);
  const found = books.filter((book) => genre === undefined || book.genre === genre);
  if (found.length === 0) throw new ReportError(`The warehouse has no book of the genre ${genre}.`);
  return {
    title: genre === undefined ? "All books" : `Books of the genre ${genre}`,
    generatedAt: new Date().toISOString(),
    totalBooks: { count: found.length },
  };
}

function accept(params) {
  const job = { id: randomUUID(), dueAt: Date.now() + workMs[params.kind ?? "full"], state: { status: "processing" } };
  jobs.set(job.id, job);
  makeReport(params).then(
    (result) => (job.state = { status: "completed", result }),
    (error) => (job.state = { status: "failed", error: describeFailure(error) }),
  );
  return job;
}

/** What was not foreseen is for our log only: it could show what is inside. */
function describeFailure(error) {
  if (error instanceof ReportError) return error.message;
  console.error(error);
  return "The report could not be made.";
}

function problemWith(params) {
  if (typeof params !== "object" || params === null || Array.isArray(params))
    return "The body has to be a JSON object.";
  if (params.genre !== undefined && typeof params.genre !== "string") return "genre has to be a string.";
  if (params.kind !== undefined && !Object.hasOwn(workMs, params.kind)) return 'kind has to be "summary" or "full".';
  return null;
}

function statusHeaders(job) {
  const headers = { "Cache-Control": "no-store" };
  if (job.state.status !== "processing") return headers;
  return { ...headers, "Retry-After": Math.max(1, Math.ceil((job.dueAt - Date.now()) / 1000)) };
}

function answer(response, status, value, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(value));
}

async function order(request, response) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  let params;
  try {
    params = JSON.parse(text);
  } catch {
    return answer(response, 400, { error: "The body is no JSON." });
  }
  const problem = problemWith(params);
  if (problem) return answer(response, 422, { error: problem });
  const job = accept(params);
  answer(response, 202, { id: job.id, ...job.state }, { ...statusHeaders(job), Location: `/reports/${job.id}` });
}

async function handle(request, response) {
  const [pathname] = request.url.split("?");
  if (pathname === "/reports" && request.method === "POST") return order(request, response);
  if (pathname === "/reports") return answer(response, 405, { error: "Only POST makes a report." }, { Allow: "POST" });
  const job = request.method === "GET" && jobs.get(pathname.replace("/reports/", ""));
  if (!job) return answer(response, 404, { error: "There is no report with this id." });
  answer(response, 200, { id: job.id, ...job.state }, statusHeaders(job));
}

const server = http.createServer((request, response) => {
  // It rejects when a client leaves in the middle of its order: nobody is there to be answered, and the others go on.
  handle(request, response).catch(() => response.destroy());
});

server.listen(Number(process.argv[2] ?? 8081), "127.0.0.1");
