import type { ConfirmView } from "../view.ts";
import type { Dialog, IntentResult } from "./dialog.ts";

/** A question. It has to be answered: nothing else is taken meanwhile. Dismissing it is a no. */
export function confirmDialog(question: Omit<ConfirmView, "is" | "live">, yes: () => IntentResult): Dialog {
  return {
    view: () => ({ is: "confirm", live: true, ...question }),
    take({ is }) {
      if (is === "confirm") return yes();
      return is === "decline" || is === "dismiss" ? "close" : "stay";
    },
  };
}
