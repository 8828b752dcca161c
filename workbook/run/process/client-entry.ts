/** The process of `npm run client`: one call of the learner's client against a real server, with a line for each exchange. */
import { inspect } from "node:util";
import { exchangeLog } from "./exchange-log.ts";
import { load, whyNotLoaded } from "./load.ts";

export interface ClientInput {
  /** Absolute path of the learner's file. */
  readonly file: string;
  readonly baseUrl: string;
  readonly params: Readonly<Record<string, string>>;
  /** null: called without that option. */
  readonly timeoutMs: number | null;
  /** The command that starts the server, shown when nothing answers. */
  readonly starts: string;
}

type RunReport = (baseUrl: string, params: object, options: object) => unknown;

function isFunction(value: unknown): value is RunReport {
  return typeof value === "function";
}

const input = JSON.parse(process.argv[2] ?? "{}") as ClientInput;
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  let module: Record<string, unknown>;
  try {
    module = await load(input.file);
  } catch (error) {
    say(`${whyNotLoaded(input.file, error)}\nMend it, then run the same line again.`);
    process.exitCode = 3;
    return;
  }
  const { runReport } = module;
  if (!isFunction(runReport)) {
    say(
      "client.ts exports no function runReport. Write: export async function runReport(baseUrl, params, options) { … }",
    );
    process.exitCode = 3;
    return;
  }
  await call(runReport);
}

async function call(runReport: RunReport): Promise<void> {
  const at = performance.now();
  const sinceStart = () => ((performance.now() - at) / 1000).toFixed(1);
  const options = input.timeoutMs === null ? {} : { timeoutMs: input.timeoutMs };
  exchangeLog(at, say);
  let settled = false;
  process.once("beforeExit", () => {
    if (settled) return;
    say(
      `\n  Your client waits for something that never comes: its promise did not settle, and nothing is left that could settle it.`,
    );
    process.exitCode = 1;
  });
  try {
    const value: unknown = await runReport(input.baseUrl, input.params, options);
    say(`\n  resolved after ${sinceStart()} s:\n\n${indent(inspect(value, { depth: 6 }))}`);
    process.exitCode = 0;
  } catch (error) {
    say(`\n  rejected after ${sinceStart()} s:\n\n${indent(described(error))}`);
    if (isRefused(error))
      say(`\n  Nothing answers at ${input.baseUrl}. Start your server in another terminal: ${input.starts}`);
    process.exitCode = 1;
  } finally {
    settled = true;
  }
}

/** Name and message of an error and of its causes, without stacks. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return `${inspect(error)}, which is no Error`;
  const cause = error.cause === undefined ? "" : `\n  because of ${described(error.cause)}`;
  return `${error.name}: ${error.message}${cause}`;
}

function isRefused(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isRefused);
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === "ECONNREFUSED") || isRefused(error.cause);
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}

await main();
