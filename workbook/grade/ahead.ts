/**
 * Grades while vitest starts, and passes the runs to its tests as files. `npm test 3` takes a fifth less time that way. A
 * test that is run without `npm test` grades by itself.
 */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Lesson } from "../content/lesson.ts";
import { places } from "../content/places.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { closePool } from "../run/memory/pool.ts";
import { gradeMany, type Task } from "./many.ts";

/** Whose files: the learner's, or the reference solution's. */
export type Whose = "own" | "solution";

export interface AheadTask extends Task {
  readonly whose: Whose;
}

export interface Ahead {
  /** For the environment of the process that reads the runs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when all is graded. @throws as `grade` does */
  readonly graded: Promise<void>;
  remove(): void;
}

const variable = "ACCEPTED_AHEAD";
/** This file says that no more runs will come. */
const doneName = "done";
const pollMs = 5;
/** After this the process that graded has surely ended, and the reader grades by itself. */
const maxWaitMs = 60_000;

/** Grades the tasks in the background. */
export function beginAhead(tasks: readonly AheadTask[]): Ahead {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-ahead-"));
  // Renamed, so that a reader never sees half a file.
  const put = (name: string, text: string) => {
    writeFileSync(path.join(folder, `${name}.part`), text);
    renameSync(path.join(folder, `${name}.part`), path.join(folder, name));
  };
  // On one child, since vitest needs the other core.
  const graded = gradeMany(tasks, { lanes: 1 }, (run, task) =>
    put(nameOf(task.lesson, task.whose), JSON.stringify(run)),
  )
    .then(() => {})
    .finally(() => {
      closePool();
      if (existsSync(folder)) put(doneName, "");
    });
  return {
    environment: { [variable]: folder },
    graded,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Waits for the run that `npm test` has started. Null if it has started none, or it failed. */
export async function gradedAhead(lesson: Lesson, whose: Whose): Promise<Run | null> {
  const folder = process.env[variable];
  if (folder === undefined) return null;
  const file = path.join(folder, nameOf(lesson, whose));
  const startedAt = performance.now();
  const isOver = () => existsSync(path.join(folder, doneName)) || performance.now() - startedAt > maxWaitMs;
  while (!existsSync(file) && !isOver()) await new Promise((resolve) => setTimeout(resolve, pollMs));
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Run) : null;
}

/** The files of a lesson's reference solution. */
export function solutionOf({ slug }: Lesson): Subject {
  const { solution } = places(slug);
  return { server: solution("server.ts"), client: solution("client.ts") };
}

function nameOf({ slug }: Lesson, whose: Whose): string {
  return `${slug}-${whose}.json`;
}
