/** How far it is: one line that is written anew at a terminal, a line a round in a pipe. */

export interface Progress {
  /** What is going on now; a terminal shows it at once. */
  now(words: string): void;
  /** A round is over: a line for a pipe. */
  round(words: string): void;
  /** A text that stays, above the line. */
  tell(text: string): void;
  /** Takes the line away. */
  end(): void;
}

interface Out {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export function newProgress(out: Out, env: NodeJS.ProcessEnv = process.env): Progress {
  const live = out.isTTY === true && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
  const clear = live ? "\r\x1b[K" : "";
  let shown = "";
  const show = (line: string) => {
    if (line !== shown) out.write(`${clear}${line}`);
    shown = line;
  };
  return {
    now: (words) => {
      // Some terminals say that they have no width.
      if (live) show(`  ${words}`.slice(0, (out.columns || 80) - 1));
    },
    round: (words) => {
      if (!live) out.write(`${words}\n`);
    },
    tell: (text) => {
      out.write(`${clear}${text}\n`);
      if (live) out.write(shown);
    },
    end: () => {
      if (shown !== "") out.write(clear);
      shown = "";
    },
  };
}
