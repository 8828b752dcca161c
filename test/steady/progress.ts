/** Shows how far it is: in a terminal one line that is rewritten, in a pipe one line for each round. */

export interface Progress {
  /** Shows what is going on. Only a terminal shows it. */
  now(words: string): void;
  /** Call this at the end of a round. A pipe gets a line. */
  round(words: string): void;
  /** Prints a text that stays, above the line. */
  tell(text: string): void;
  /** Clears the line. */
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
      // Some terminals report a width of 0.
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
