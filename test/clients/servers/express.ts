import type { RequestListener } from "node:http";
import { requireDev } from "../dev.ts";
import { Job, order } from "./reports.ts";

interface Request {
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
}

interface Response {
  status(code: number): Response;
  set(headers: Readonly<Record<string, string>>): Response;
  json(value: unknown): void;
}

type Handler = (request: Request, response: Response) => void;

interface Express {
  (): RequestListener & {
    use(handler: unknown): void;
    post(path: string, handler: Handler): void;
    get(path: string, handler: Handler): void;
  };
  json(): unknown;
}

/** Express, with an ETag on every response, a path as Location, and Retry-After in seconds. */
export function expressServer(): RequestListener {
  const express = requireDev<Express>("express");
  const app = express();
  app.use(express.json());
  app.post("/reports", ({ body }, response) => {
    const job = order(body);
    if (typeof job === "string") return response.status(422).json({ message: job });
    response
      .status(202)
      .set({ Location: `/reports/${job.id}`, "Retry-After": "1" })
      .json(job.envelope);
  });
  app.get("/reports/:id", ({ params }, response) => {
    const job = Job.find(params.id ?? "");
    if (job === undefined) return response.status(404).json({ message: "No such report." });
    const seconds = job.secondsLeft;
    response.set(seconds === undefined ? {} : { "Retry-After": String(seconds) }).json(job.envelope);
  });
  return app;
}
