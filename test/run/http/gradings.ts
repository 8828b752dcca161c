/**
 * Gradings on the real clock. Each mostly waits, so a test file begins all of its gradings in beforeAll, and its tests ask
 * for the results. They begin some time apart, because what takes processor time is their start: programs are started,
 * files are compiled.
 */
import type { Run } from "../../../workbook/contract/model/run.ts";

/** A grading that can be started. */
export type Grading = readonly [name: string, start: () => Promise<Run>];

/** Gradings under way, by name. */
export interface Gradings {
  /** Starts the first grading now and each other one so many milliseconds after the one before. Names are unique. */
  begin(gradings: readonly Grading[], apartMs: number): void;
  /** The result of a grading. @throws Error when there is none of that name, or what the grading threw */
  runOf(name: string): Promise<Run>;
}

export function newGradings(): Gradings {
  const runs = new Map<string, Promise<Run>>();
  return {
    begin: (gradings, apartMs) => {
      for (const [index, [name, start]] of gradings.entries()) {
        if (runs.has(name)) throw new Error(`Two gradings are called ${name}.`);
        const run = new Promise((resolve) => setTimeout(resolve, index * apartMs)).then(start);
        // Without a handler an early failure would end the process. The test that asks for the run gets it.
        run.catch(() => undefined);
        runs.set(name, run);
      }
    },
    runOf: async (name) => {
      const run = runs.get(name);
      if (!run) throw new Error(`No grading is called ${name}.`);
      return await run;
    },
  };
}
