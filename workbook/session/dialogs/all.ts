import type { DialogName } from "../intents.ts";
import { isPassedNow, openClause, type SessionState } from "../state.ts";
import { two } from "../../report/text.ts";
import { confirmDialog } from "./confirm.ts";
import type { Dialog, SessionActions } from "./dialog.ts";
import { hintsDialog } from "./hints.ts";
import { listDialog } from "./list.ts";
import { quizDialog } from "./quiz.ts";
import { keysDialog, outputDialog, solutionDialog, textDialog, waysDialog } from "./reading.ts";

/** A dialog by name; null where there is nothing to show: no open clause to hint at, or no other ways. */
export function dialogNamed(name: DialogName, state: SessionState, actions: SessionActions): Dialog | null {
  switch (name) {
    case "hint": {
      const clause = openClause(state);
      return clause === null ? null : hintsDialog(state, clause);
    }
    case "list":
      return listDialog(state, actions);
    case "text":
      return textDialog(state);
    case "quiz":
      return quizDialog(state);
    case "solution":
      return afterPass(state, "See the solution all the same?", "show it", () => solutionDialog(state));
    case "ways":
      // They give the solution away too.
      if (state.lesson.ways.length === 0) return null;
      return afterPass(state, "See other ways to solve it all the same?", "show them", () => waysDialog(state));
    case "output":
      return outputDialog(state);
    case "keys":
      return keysDialog();
  }
}

/** A dialog that shows how the step is solved. Asks first if it is not passed. */
function afterPass(state: SessionState, question: string, yes: string, dialog: () => Dialog): Dialog {
  if (isPassedNow(state)) return dialog();
  return confirmDialog(
    {
      title: `Step ${two(state.lesson.number)} is not passed yet.`,
      about: ["A hint (key h) shows less. Your file is not touched."],
      question,
      yes,
      no: "go back",
    },
    () => ({ open: dialog() }),
  );
}
