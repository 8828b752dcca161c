/** What is shown: the step's own screen, or a dialog over it. Passes intents to the one that is on top. */
import type { Dialog } from "./dialogs/dialog.ts";
import type { Intent } from "./intents.ts";
import type { SessionState } from "./state.ts";
import type { View } from "./view.ts";

export interface Dialogs {
  view(): View;
  /** @returns false when the learner leaves. */
  take(intent: Intent): boolean;
  /** Replaces what is under the dialog: the step's own screen, or what comes before it. */
  setBase(dialog: Dialog): void;
  /** Opens a dialog over it; null: none. */
  show(dialog: Dialog | null): void;
}

export function createDialogs(state: SessionState, first: Dialog): Dialogs {
  let base = first;
  let over: Dialog | null = null;
  return {
    view: () => (over ?? base).view(),
    take(intent) {
      if (!over) state.message = null; // Under a dialog it has not been read yet.
      let next = (over ?? base).take(intent);
      if (over && next === "pass") {
        next = base.take(intent);
        if (next !== "pass") over = null;
      }
      if (next === "close") over = null;
      else if (typeof next === "object") over = next.open;
      return next !== "leave";
    },
    setBase: (dialog) => void (base = dialog),
    show: (dialog) => void (over = dialog),
  };
}
