import { lessons } from "../../content/catalogue.ts";
import { clauses } from "../../contract/clauses/all.ts";
import { progressIn } from "../../learner/progress.ts";
import type { State } from "../../learner/state.ts";
import { ownMusts } from "../../report/summary.ts";
import { lessonName } from "../../report/texts.ts";
import type { SessionState } from "../state.ts";
import type { ListEntry, ListView } from "../view.ts";
import type { Dialog, SessionActions } from "./dialog.ts";

/** All steps; any may be opened at any time. */
export function listDialog(state: SessionState, actions: SessionActions): Dialog {
  return {
    view: () => ({ ...listOf(state.learner), live: true, here: state.lesson.slug }),
    take(intent) {
      if (intent.is === "open") openStep(intent.slug, state, actions);
      else if (intent.is !== "dismiss") return "pass";
      return "close";
    },
  };
}

/** The list, to be printed once. */
export function listOf(learner: State): ListView {
  const entries = lessons().map((lesson): ListEntry => {
    const known = progressIn(learner, lesson);
    return {
      lesson: lessonName(lesson),
      musts: ownMusts(lesson, clauses),
      progress: known && { passed: known.passed, passes: known.passes, open: known.open },
    };
  });
  return { is: "list", live: false, entries, current: learner.current, here: null };
}

/** Opens the step with this slug, if there is one and it is not open already. */
export function openStep(slug: string, { lesson: open }: SessionState, actions: SessionActions): void {
  const lesson = lessons().find((each) => each.slug === slug);
  if (lesson && lesson !== open) actions.open(lesson);
}
