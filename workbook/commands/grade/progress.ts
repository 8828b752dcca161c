/** A line at a terminal that shows how far a grading on the real clock is. */
import type { RealClock } from "../../grade/options.ts";

export interface Progress {
  readonly onClock: (clock: RealClock) => void;
  /** Removes the line. */
  end(): void;
}

interface Out {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Null in a pipe, on CI, and on a terminal that cannot go back to the start of a line. */
export function progressLine(out: Out = process.stderr, env: NodeJS.ProcessEnv = process.env): Progress | null {
  const isCi = !["", "0", "false"].includes(env["CI"] ?? "");
  if (out.isTTY !== true || isCi || env["TERM"] === "dumb") return null;
  const clear = "\r\x1b[K";
  let shown = "";
  return {
    onClock: (clock) => {
      const line = progressWords(clock).slice(0, (out.columns || 80) - 1);
      if (line !== shown) out.write(`${clear}${line}`);
      shown = line;
    },
    end: () => {
      if (shown !== "") out.write(clear);
    },
  };
}

/** "  … status.settled, 39 s of about 70 s". */
export function progressWords({ clause, elapsedMs, aboutMs }: RealClock): string {
  const about = Math.max(Math.ceil(aboutMs / 5_000) * 5, 5);
  return `  … ${clause ?? "the last scenarios"}, ${Math.round(elapsedMs / 1_000)} s of about ${about} s`;
}
