import type { IncomingMessage, RequestListener } from "node:http";
import { requireDev } from "../dev.ts";
import { Job, order } from "./reports.ts";

interface Context {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly req: IncomingMessage;
  status: number;
  body: unknown;
  set(headers: Readonly<Record<string, string>>): void;
}

type Koa = new () => { use(handler: (context: Context) => Promise<void>): void; callback(): RequestListener };

/** Koa, with an absolute Location, and Retry-After as an HTTP-date beside the server's Date. */
export function koaServer(): RequestListener {
  const app = new (requireDev<Koa>("koa"))();
  app.use(async (context) => {
    if (context.method === "POST" && context.path === "/reports") await accept(context);
    else if (context.method === "GET") tell(context);
    else context.status = 405;
  });
  return app.callback();
}

async function accept(context: Context): Promise<void> {
  let text = "";
  for await (const part of context.req) text += String(part);
  const job = order(text.startsWith("{") ? JSON.parse(text) : null);
  if (typeof job === "string") {
    context.status = 400;
    context.body = { title: job };
    return;
  }
  context.status = 202;
  context.set({ Location: `http://${context.host}/reports/${job.id}`, ...when(job) });
  context.body = job.envelope;
}

function tell(context: Context): void {
  const job = Job.find(context.path.replace("/reports/", ""));
  if (job === undefined) return;
  context.set(when(job));
  context.body = job.envelope;
}

function when(job: Job): Record<string, string> {
  const seconds = job.secondsLeft;
  return seconds === undefined ? {} : { "Retry-After": new Date(Date.now() + seconds * 1000).toUTCString() };
}
