/** What the terminal can do: its size, colour and Unicode. */
import type { WriteStream } from "node:tty";

export interface Size {
  readonly columns: number;
  /** Infinity where the text is printed once and may scroll. */
  readonly rows: number;
  readonly colour: boolean;
  /** False: marks and arrows in ASCII (+ x - !, ---> <---). */
  readonly unicode: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** True if keys can be read and the screen redrawn. */
export function isLive(
  stdin: { isTTY?: boolean } = process.stdin,
  stdout: { isTTY?: boolean } = process.stdout,
  env: Env = process.env,
): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && !isCi(env) && env["TERM"] !== "dumb";
}

/** True if the output goes to a terminal and not to a pipe or CI. */
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

/** From the locale; on Windows, from the terminals known to show it. */
function hasUnicode(env: Env, platform: string = process.platform): boolean {
  if (platform === "win32") return Boolean(env["WT_SESSION"] ?? env["ConEmuTask"]) || env["TERM_PROGRAM"] === "vscode";
  return /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "");
}
