/** A process of its own: the learner's server on a real port, with each request told. Started by `npm run serve`. */
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { load, whyNotLoaded } from "./load.ts";
import { requestLog } from "./request-log.ts";

interface Input {
  readonly file: string;
  readonly port: number;
}

/** What the parent is told; `listening` and `failed` come once. */
export type Told =
  | { readonly is: "listening"; readonly port: number }
  | { readonly is: "failed"; readonly why: string; readonly taken?: boolean };

const input = JSON.parse(process.argv[2] ?? "{}") as Input;

function tell(told: Told): void {
  process.send?.(told);
}

function fail(why: string, taken = false): void {
  process.send?.({ is: "failed", why, taken } satisfies Told, () => process.exit(1));
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
    const entry = log(incoming, outgoing);
    const listener = getRequestListener(async (request) => entry.made(await app.fetch(request)));
    void listener(incoming, outgoing);
  });
  server.on("error", (error: NodeJS.ErrnoException) =>
    error.code === "EADDRINUSE" ? fail(`Port ${input.port} is taken by another program.`, true) : fail(error.message),
  );
  server.listen(input.port, "127.0.0.1", () => {
    const address = server.address();
    tell({ is: "listening", port: typeof address === "object" && address !== null ? address.port : input.port });
  });
}

// Without its parent it would go on for ever.
process.on("disconnect", () => process.exit(0));
main().catch((error: unknown) => fail(whyNotLoaded(input.file, error)));
