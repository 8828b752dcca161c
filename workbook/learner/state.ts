/**
 * .workbook/state.json: where the learner is, and which hints and questions they have seen. Progress in it is a cache:
 * grading the files in exercises/ finds it again. Parts that cannot be read are skipped; the file is written whole.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { root } from "../root.ts";

const progressSchema = z.object({
  /** Fingerprint of the files that were graded; another one means that this is out of date. */
  of: z.string(),
  passed: z.boolean(),
  /** The step's own `must` clauses that pass. */
  passes: z.number().int().nonnegative(),
  /** The first `must` that fails. */
  open: z.string().nullable(),
});

const stepSchema = z.object({
  /** Hashes of SPEC.md and the starters when the step was begun. */
  begun: z.record(z.string(), z.string()).catch({}),
  progress: progressSchema.nullable().catch(null),
  /** How many hints of a clause are revealed, until it passes. */
  hints: z.record(z.string(), z.number().int().positive()).catch({}),
  /** Indexes of the questions answered correctly. */
  quiz: z.array(z.number().int().nonnegative()).catch([]),
});

const emptyStep: Step = { begun: {}, progress: null, hints: {}, quiz: [] };

const stateSchema = z.object({
  /** The slug of the step that the learner is at. */
  current: z.string().nullable().catch(null),
  steps: z.record(z.string(), stepSchema.catch(emptyStep)).catch({}),
});

export type Progress = z.infer<typeof progressSchema>;
export type Step = z.infer<typeof stepSchema>;
export type State = z.infer<typeof stateSchema>;

const stateFile = path.join(root, ".workbook", "state.json");

/** The state of a learner who has not started. */
export function emptyState(): State {
  return { current: null, steps: {} };
}

/**
 * The state stored in `file`. Parts that are missing or broken are read as empty. Never throws.
 * @param otherwise the result when the file cannot be read at all
 */
export function readState(file = stateFile, otherwise = emptyState()): State {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return otherwise; // No file yet, or one that is not JSON.
  }
}

/**
 * Writes the whole state through a rename, so that a reader never sees half of it.
 * @returns false if the folder cannot be written; the workbook then runs without a stored state
 */
export function writeState(state: State, file = stateFile): boolean {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temporary, `${JSON.stringify(state, null, 1)}\n`);
    renameSync(temporary, file);
    return true;
  } catch {
    return false; // No right to write: the doctor says so.
  }
}

/** What the state knows of a step; empty when it knows nothing. */
export function stepOf(state: State, slug: string): Step {
  return state.steps[slug] ?? emptyStep;
}

/** The state with some fields of a step replaced. */
export function withStep(state: State, slug: string, change: Partial<Step>): State {
  return { ...state, steps: { ...state.steps, [slug]: { ...stepOf(state, slug), ...change } } };
}

/**
 * Reads, changes and writes the stored state in one step, so that two terminals lose little of each other's changes.
 * @param otherwise the state to change when none is stored
 * @returns the state as written
 */
export function updateState(change: (state: State) => State, otherwise = emptyState(), file = stateFile): State {
  const next = change(readState(file, otherwise));
  writeState(next, file);
  return next;
}
