/** A session as a terminal shows it: keys become intents or moves, and the view becomes text. */
import type { SessionEvent } from "../session/events.ts";
import type { Session } from "../session/session.ts";
import type { View } from "../session/view.ts";
import { intentOf } from "./intent-of.ts";
import type { Key } from "./keys.ts";
import { moved } from "./move.ts";
import { positionIn, type Position } from "./position.ts";
import { render } from "./render.ts";
import type { Size } from "./size.ts";

export type TerminalEvent = SessionEvent | { readonly is: "key"; readonly key: Key } | { readonly is: "resized" };

export interface Terminal {
  /** The screen as it should be now. */
  text(): string;
  /** @returns false when the learner leaves. @throws a fault of the workbook. */
  take(event: TerminalEvent): boolean;
}

export function openTerminal(session: Session, size: () => Size): Terminal {
  let last: Position | null = null;
  let pasted = false; // Since the last key and the last save.

  function press(key: Key): boolean {
    pasted = key === "paste";
    if (pasted) return true;
    if (key === "ctrl-c") return session.take({ is: "ended" });
    const view = session.view();
    const position = positionIn(view, last);
    const next = moved(key, view, position, size());
    if (next) {
      last = next;
      return true;
    }
    const intent = intentOf(key, view, position);
    if (!intent) return true;
    last = null; // The same dialog, opened again, begins at its start.
    return session.take({ is: "intent", intent });
  }

  return {
    text() {
      const view = session.view();
      last = positionIn(view, last);
      return render(pasted ? { ...view, message: pastedText(view) } : view, size(), last);
    },
    take(event) {
      if (event.is === "key") return press(event.key);
      if (event.is === "saved") pasted = false;
      return event.is === "resized" || session.take(event);
    },
  };
}

function pastedText(view: View): string {
  const folder = "lesson" in view ? `exercises/${view.lesson.slug}/` : "exercises/";
  return `Pasted text does nothing here: edit the files in ${folder} in your editor.`;
}
