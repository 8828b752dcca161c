/** The process of `npm run serve`: the learner's server on a real port, with a line for each request. */
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { load, whyNotLoaded } from "./load.ts";
import { requestLog } from "./request-log.ts";

export interface ServerInput {
  /** Absolute path of the learner's file. */
  readonly file: string;
  /** 0: the system chooses. */
  readonly port: number;
}

/** What this process sends to its parent: one of these, once. */
export type FromServer =
  | { readonly is: "listening"; readonly port: number }
  /** `why` is a sentence; `isTaken`: another program has the port. */
  | { readonly is: "failed"; readonly why: string; readonly isTaken: boolean };

const input = JSON.parse(process.argv[2] ?? "{}") as ServerInput;

function send(message: FromServer, then = () => {}): void {
  process.send?.(message, then);
}

function fail(why: string, isTaken = false): void {
  send({ is: "failed", why, isTaken }, () => process.exit(1));
}

function hasFetch(value: unknown): value is { fetch: (request: Request) => Response | Promise<Response> } {
  return typeof value === "object" && value !== null && "fetch" in value && typeof value.fetch === "function";
}

async function main(): Promise<void> {
  const module = await load(input.file);
  const app = module["default"];
  if (!hasFetch(app))
    return fail("server.ts has no default export with a fetch method. End it with: export default app;");
  const log = requestLog((line) => process.stdout.write(`${line}\n`));
  const server = createServer((incoming, outgoing) => {
    const logged = log(incoming, outgoing);
    const listener = getRequestListener(async (request) => logged.ready(await app.fetch(request)));
    void listener(incoming, outgoing);
  });
  server.on("error", (error: NodeJS.ErrnoException) =>
    error.code === "EADDRINUSE" ? fail(`Port ${input.port} is taken by another program.`, true) : fail(error.message),
  );
  server.listen(input.port, "127.0.0.1", () => {
    const address = server.address();
    send({ is: "listening", port: typeof address === "object" && address !== null ? address.port : input.port });
  });
}

// Ends with its parent.
process.on("disconnect", () => process.exit(0));
main().catch((error: unknown) => fail(whyNotLoaded(input.file, error)));
