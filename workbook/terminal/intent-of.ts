/** What each key asks the session for, view by view. Keys that only move within a view are in move.ts. */
import type { Intent } from "../session/intents.ts";
import type { ConfirmView, QuizView, View } from "../session/view.ts";
import type { Key } from "./keys.ts";
import type { Position } from "./position.ts";

const dismiss: Intent = { is: "dismiss" };
const leave: Intent = { is: "leave" };

/** The keys of the step's own screen. Most views take them too. */
const stepKeys = new Map<Key, Intent>([
  ["h", { is: "hint" }],
  ["n", { is: "next" }],
  ["b", { is: "previous" }],
  ["l", { is: "list" }],
  ["t", { is: "text" }],
  ["z", { is: "quiz" }],
  ["s", { is: "solution" }],
  ["w", { is: "ways" }],
  ["r", { is: "reset" }],
  ["p", { is: "output" }],
  ["?", { is: "keys" }],
  ["g", { is: "grade" }],
  ["q", leave],
]);

const confirmKeys = new Map<Key, Intent>([
  ["n", { is: "decline" }],
  ["esc", dismiss],
  ["q", leave],
]);

/** Null: the key means nothing here. Pure. */
export function intentOf(key: Key, view: View, position: Position): Intent | null {
  switch (view.is) {
    case "step":
      return stepKeys.get(key) ?? dismiss; // Any key takes the message away.
    case "welcome":
      return key === "enter" ? { is: "start" } : (stepKeys.get(key) ?? dismiss);
    case "confirm":
      if (key === yesKey(view)) return { is: "confirm" };
      return confirmKeys.get(key) ?? null;
    case "text":
    case "output":
    case "solution":
    case "ways":
      // As in any pager, q closes it. It does not end the session.
      return key === "esc" || key === "q" ? dismiss : (stepKeys.get(key) ?? null);
    case "hints":
    case "keys":
      return key === "esc" || key === "enter" ? dismiss : (stepKeys.get(key) ?? null);
    case "list":
      if (key === "enter") return position.selected === null ? dismiss : { is: "open", slug: position.selected };
      return key === "esc" ? dismiss : (stepKeys.get(key) ?? null);
    case "quiz":
      return quizIntent(key, view);
    case "finished":
      return key === "esc" ? dismiss : (stepKeys.get(key) ?? null);
    case "subject":
      return null; // It is only printed.
  }
}

/**
 * The key that says yes. Where files are replaced it takes a capital letter, which is hardly typed by accident: `r` and
 * `y` alone are in many words. It is still one key for one answer, so a page can use a button and send the same intent.
 */
export function yesKey({ replacesFiles }: ConfirmView): Key {
  return replacesFiles ? "Y" : "y";
}

function quizIntent(key: Key, { lesson, index }: QuizView): Intent | null {
  if (key === "esc") return dismiss;
  if (key === "enter") return { is: "continue" };
  const answer = key.length === 1 ? key.charCodeAt(0) - "a".charCodeAt(0) : -1;
  const answers = lesson.quiz[index]?.answers.length ?? 0;
  return answer >= 0 && answer < answers ? { is: "answer", index: answer } : (stepKeys.get(key) ?? null);
}
