/** `lesson` at a terminal: a session, with what the word asks for on top. */
import type { Lesson } from "../../content/lesson.ts";
import type { State } from "../../learner/state.ts";
import { closePool } from "../../run/memory/pool.ts";
import type { DialogName } from "../../session/intents.ts";
import { watch } from "../../terminal/watch.ts";
import { exit } from "../command.ts";

/** Resolves when the learner leaves. */
export async function live(word: DialogName | null, lesson: Lesson, state: State): Promise<number> {
  try {
    await watch({ state, lesson, first: word });
    return exit.passed;
  } finally {
    closePool();
  }
}
