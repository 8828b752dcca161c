/**
 * What a learner's session remembers of its last grading. A save changes one file of two, and runs repeat exactly: what
 * was recorded of code that is still the same need not be played again.
 */
import { readFileSync, statSync } from "node:fs";
import type { Problem, Recording, Side } from "../../contract/model/recording.ts";
import { compile, type Compiled } from "./compile.ts";

export interface Earlier {
  /** As `compile`, or what it gave before if every file that went into it has the same text. */
  compile(side: Side, file: string): Promise<Compiled | Problem>;
  /** Recordings of this side, made of the same code and for the same `task`. */
  recall(compiled: Compiled, task: string): readonly Recording[];
  /** Remembers a side's recordings; to be called with all of them, and only where nothing was odd. */
  keep(compiled: Compiled, task: string, recordings: readonly Recording[]): void;
}

interface Kept {
  readonly code: string;
  readonly file: string;
  readonly task: string;
  readonly recordings: readonly Recording[];
}

interface Built {
  readonly compiled: Compiled;
  /** Text of each file that went into it. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A file that was changed so shortly before it was compiled, ms, may have been changed in between. */
const settledMs = 100;

/** Forgets nothing by itself: to be made anew when something else changed that the code may read. */
export function newEarlier(): Earlier {
  const kept = new Map<Side, Kept>();
  const built = new Map<Side, Built>();
  return {
    async compile(side, file) {
      const known = built.get(side);
      if (known?.compiled.bundle.file === file && isAsBefore(known.texts)) return known.compiled;
      built.delete(side);
      const startedAt = Date.now();
      const compiled = await compile(side, file);
      if ("is" in compiled) remember(compiled, startedAt);
      return compiled;
    },
    recall(compiled, task) {
      const { file, code } = compiled.bundle;
      const known = kept.get(compiled.side);
      return known?.file === file && known.code === code && known.task === task ? known.recordings : [];
    },
    keep(compiled, task, recordings) {
      kept.set(compiled.side, { ...compiled.bundle, task, recordings });
    },
  };

  /** Only where no file can have changed since the compiler read it. */
  function remember(compiled: Compiled, startedAt: number): void {
    try {
      const texts = new Map<string, string>();
      for (const input of compiled.inputs) {
        texts.set(input, readFileSync(input, "utf8"));
        const { mtimeMs, ctimeMs } = statSync(input);
        if (Math.max(mtimeMs, ctimeMs) > startedAt - settledMs) return;
      }
      built.set(compiled.side, { compiled, texts });
    } catch {
      // It has gone since: then it is compiled again, and that is told.
    }
  }
}

function isAsBefore(texts: ReadonlyMap<string, string>): boolean {
  try {
    return [...texts].every(([file, text]) => readFileSync(file, "utf8") === text);
  } catch {
    return false;
  }
}
