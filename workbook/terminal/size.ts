/** What the terminal that we print to can do. */
import type { WriteStream } from "node:tty";
import type { Size } from "../report/view.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** True if somebody sits there: keys can be read and the screen redrawn. */
export function isLive(
  stdin: { isTTY?: boolean } = process.stdin,
  stdout: { isTTY?: boolean } = process.stdout,
  env: Env = process.env,
): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && !isCi(env) && env["TERM"] !== "dumb";
}

/** True if a person reads what is printed: no pipe, and no CI. */
export function isRead(stdout: { isTTY?: boolean } = process.stdout, env: Env = process.env): boolean {
  return stdout.isTTY === true && !isCi(env);
}

/** The size of a live screen. */
export function screenSize(stdout: WriteStream = process.stdout, env: Env = process.env): Size {
  return { ...pageSize(stdout, env), rows: stdout.rows || 24 };
}

/** The size for text that is printed once. */
export function pageSize(stdout: { isTTY?: boolean; columns?: number } = process.stdout, env: Env = process.env): Size {
  const isTerminal = stdout.isTTY === true;
  const colour = isTerminal && !env["NO_COLOR"] && env["TERM"] !== "dumb" && !isCi(env);
  return { columns: (isTerminal && stdout.columns) || 80, rows: Infinity, colour, unicode: hasUnicode(env) };
}

function isCi(env: Env): boolean {
  const ci = env["CI"];
  return ci !== undefined && ci !== "" && ci !== "false" && ci !== "0";
}

/** By the locale; on Windows by the terminals that are known to. */
function hasUnicode(env: Env, platform: string = process.platform): boolean {
  if (platform === "win32") return Boolean(env["WT_SESSION"] ?? env["ConEmuTask"]) || env["TERM_PROGRAM"] === "vscode";
  return /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "");
}
