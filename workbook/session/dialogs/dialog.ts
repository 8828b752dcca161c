import type { Lesson } from "../../content/lesson.ts";
import type { Intent } from "../intents.ts";
import type { View } from "../view.ts";

/** Something shown that takes intents. Nothing else takes any while it is on top, unless it passes them on. */
export interface Dialog {
  view(): View;
  take(intent: Intent): IntentResult;
}

/**
 * What happens to the dialog after an intent: it stays, it closes, another one takes its place, or the session ends.
 * "pass": it has no use for the intent, so what is below takes it.
 */
export type IntentResult = "stay" | "close" | "pass" | "leave" | { readonly open: Dialog };

/** What a dialog can do to the session. */
export interface SessionActions {
  /** Grades the learner's files. `whole`: slow measures too. */
  grade(whole: boolean): void;
  /** Goes to a step, and starts it if necessary. */
  open(lesson: Lesson): void;
  /** Works on the step's files as they are now, with a message. */
  work(message: string | null): void;
}
