/**
 * Gradings that `npm test` begins while vitest is still starting, handed to its tests as files: vitest takes half a second
 * to start, and a grading no longer. Without them (vitest called by itself) a test grades on its own.
 */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { places } from "../content/places.ts";
import type { Lesson } from "../content/lesson.ts";
import { gradeMany } from "./many.ts";
import { ownSubject } from "../learner/progress.ts";
import { closePool } from "../run/memory/pool.ts";
import type { Run, Subject } from "../contract/model/run.ts";
import { isStarted } from "../learner/exercises.ts";

/** Whose files: the learner's, or the reference solution's. */
export type Whose = "own" | "solution";

export interface Ahead {
  /** For the environment of those who wait for the runs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when all is graded. @throws as `grade` does */
  readonly graded: Promise<void>;
  remove(): void;
}

const variable = "ACCEPTED_AHEAD";
/** There when no more runs will come. */
const overName = "over";
const lookMs = 5;
/** A grading is over long before; then its process is gone, and the one who waits grades by itself. */
const longestMs = 60_000;

/** Grades these lessons' own files, where they are started, and their solutions. */
export function beginAhead(of: readonly Lesson[]): Ahead {
  const folder = mkdtempSync(path.join(tmpdir(), "accepted-ahead-"));
  const put = (name: string, text: string) => {
    writeFileSync(path.join(folder, `${name}.half`), text);
    renameSync(path.join(folder, `${name}.half`), path.join(folder, name));
  };
  const tasks = of.flatMap((lesson) => [
    ...(isStarted(lesson) ? [{ lesson, whose: "own" as const, subject: ownSubject(lesson) }] : []),
    { lesson, whose: "solution" as const, subject: solutionOf(lesson) },
  ]);
  // One child: vitest needs the other core.
  const graded = gradeMany(tasks, { lanes: 1 }, (run, { lesson, whose }) =>
    put(nameOf(lesson, whose), JSON.stringify(run)),
  )
    .then(() => {})
    .finally(() => {
      closePool();
      if (existsSync(folder)) put(overName, "");
    });
  return {
    environment: { [variable]: folder },
    graded,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The run of these files that `npm test` has begun; null where it has not, or did not come to its end. */
export async function gradedAhead(lesson: Lesson, whose: Whose): Promise<Run | null> {
  const folder = process.env[variable];
  if (folder === undefined) return null;
  const file = path.join(folder, nameOf(lesson, whose));
  const since = performance.now();
  while (!existsSync(file) && !existsSync(path.join(folder, overName)) && performance.now() - since < longestMs) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Run) : null;
}

/** A lesson's reference solution, to be graded. */
export function solutionOf({ slug }: Lesson): Subject {
  const { solution } = places(slug);
  return { server: solution("server.ts"), client: solution("client.ts") };
}

function nameOf({ slug }: Lesson, whose: Whose): string {
  return `${slug}-${whose}.json`;
}
