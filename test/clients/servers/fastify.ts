import type { RequestListener } from "node:http";
import { requireDev } from "../dev.ts";
import { Job, order } from "./reports.ts";

type Fastify = typeof import("../../../dev/node_modules/fastify/fastify.js").fastify;

/** Fastify, with the status at another path and in a query, 202 while a job is processing, and its own media type. */
export async function fastifyServer(): Promise<RequestListener> {
  const app = requireDev<Fastify>("fastify")();
  app.post("/reports", (request, reply) => {
    const job = order(request.body);
    if (typeof job === "string") return reply.code(400).send({ error: job });
    return reply
      .code(202)
      .headers({ location: `state?of=${job.id}&v=1`, "retry-after": 1 })
      .send(job.envelope);
  });
  app.get<{ Querystring: { of: string } }>("/state", (request, reply) => {
    const job = Job.find(request.query.of);
    if (job === undefined) return reply.code(410).send({ error: "gone" });
    const seconds = job.secondsLeft;
    if (seconds !== undefined) reply.code(202).header("retry-after", seconds);
    return reply.type("application/vnd.report+json").send(JSON.stringify(job.envelope));
  });
  await app.ready();
  return (request, response) => app.routing(request, response);
}
