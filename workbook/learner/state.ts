/**
 * .workbook/state.json: where the learner is and what was said already. Only a cache: without it everything is found
 * again by grading what lies in exercises/. Read leniently, written whole.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { root } from "../root.ts";

const progressSchema = z.object({
  /** Hash of what was graded; another one means that the entry is old. */
  of: z.string(),
  passed: z.boolean(),
  /** The step's own `must` clauses that pass. */
  passes: z.number().int().nonnegative(),
  /** The first failing clause. */
  open: z.string().nullable(),
});

const stepSchema = z.object({
  /** Hashes of SPEC.md and the starters when the step was begun. */
  begun: z.record(z.string(), z.string()).catch({}),
  progress: progressSchema.nullable().catch(null),
  /** How many hints of a clause are revealed, until it passes. */
  hints: z.record(z.string(), z.number().int().positive()).catch({}),
  /** Questions answered rightly, by index. */
  quiz: z.array(z.number().int().nonnegative()).catch([]),
});

const emptyStep: Step = { begun: {}, progress: null, hints: {}, quiz: [] };

const stateSchema = z.object({
  /** Slug of the step that the learner is at. */
  current: z.string().nullable().catch(null),
  steps: z.record(z.string(), stepSchema.catch(emptyStep)).catch({}),
});

export type Progress = z.infer<typeof progressSchema>;
export type Step = z.infer<typeof stepSchema>;
export type State = z.infer<typeof stateSchema>;

const stateFile = path.join(root, ".workbook", "state.json");

/** What a learner has who has not begun. */
export function emptyState(): State {
  return { current: null, steps: {} };
}

/**
 * The state as stored in `file`. Parts that are missing, corrupt or foreign are read as not there; never throws.
 * @param otherwise what to take where there is no file that can be read at all
 */
export function readState(file = stateFile, otherwise = emptyState()): State {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return otherwise; // A cache that cannot be read is an empty one.
  }
}

/**
 * Writes the whole state by a rename, so that a reader never sees half of it.
 * @returns false if the folder cannot be written; the workbook goes on without a memory then.
 */
export function writeState(state: State, file = stateFile): boolean {
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(beside, `${JSON.stringify(state, null, 1)}\n`);
    renameSync(beside, file);
    return true;
  } catch {
    return false;
  }
}

/** What is known of a step; empty when nothing is. */
export function stepOf(state: State, slug: string): Step {
  return state.steps[slug] ?? emptyStep;
}

/** The state with some of a step's fields replaced. */
export function withStep(state: State, slug: string, change: Partial<Step>): State {
  return { ...state, steps: { ...state.steps, [slug]: { ...stepOf(state, slug), ...change } } };
}

/**
 * Reads, changes and writes the stored state in one go, so that two terminals lose little of each other's.
 * @param otherwise what is known, for where nothing can be stored
 * @returns the state as written.
 */
export function updateState(change: (state: State) => State, otherwise = emptyState(), file = stateFile): State {
  const next = change(readState(file, otherwise));
  writeState(next, file);
  return next;
}
