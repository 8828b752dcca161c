/** Screens with little of their own: a question, the keys, a message. */
import type { ConfirmView, MessageView, View } from "../../report/view.ts";
import type { Page, Turn } from "../desk.ts";

/** A question that y or n answers; esc is n. */
export function confirmPage(
  view: Omit<ConfirmView, "is" | "live">,
  yes: () => Turn,
  no: () => Turn = () => "back",
): Page {
  return {
    view: () => ({ is: "confirm", live: true, ...view }),
    key(key) {
      if (key === "y") return yes();
      return key === "n" || key === "esc" ? no() : "stay";
    },
  };
}

/** Key ?: all keys. */
export function keysPage(): Page {
  return { view: (): View => ({ is: "keys", live: true }), key: backOr };
}

/** Something told; any of enter and esc goes on. */
export function messagePage(view: Omit<MessageView, "is" | "live">): Page {
  return { view: () => ({ is: "message", live: true, ...view }), key: backOr };
}

function backOr(key: string): Turn {
  return key === "esc" || key === "enter" ? "back" : "unknown";
}
