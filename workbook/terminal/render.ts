/** From a view to text. Pure. */
import type { StepView, View } from "../session/view.ts";
import { positionIn, type Position } from "./position.ts";
import { fit, type Screen } from "./screens/compose.ts";
import { confirmScreen } from "./screens/confirm.ts";
import { finishedScreen } from "./screens/finished.ts";
import { hintsScreen } from "./screens/hints.ts";
import { keysScreen } from "./screens/keys.ts";
import { textPages, textScreen } from "./screens/lesson-text.ts";
import { listScreen } from "./screens/list.ts";
import { outputPages, outputScreen } from "./screens/output.ts";
import { quizScreen } from "./screens/quiz.ts";
import { solutionPages, solutionScreen } from "./screens/solution.ts";
import { stepScreen } from "./screens/step.ts";
import { subjectScreen } from "./screens/subject.ts";
import { waysPages, waysScreen } from "./screens/ways.ts";
import { welcomeScreen } from "./screens/welcome.ts";
import type { Size } from "./size.ts";
import { paint, sheetFor, type Sheet } from "./style.ts";

/**
 * The whole screen, lines joined by "\n", none longer than `size.columns`, no more than `size.rows`. The text is
 * the same to the letter with and without colour.
 */
export function render(view: View, size: Size, position: Position = positionIn(view)): string {
  const sheet = sheetFor(size);
  return paint(view.is === "step" ? stepScreen(view, sheet) : fit(screenOf(view, position, sheet), sheet), size);
}

/** How many pages a view takes at this size; 1 for views that are not paged. */
export function pagesOf(view: View, size: Size): number {
  const sheet = sheetFor(size);
  if (view.is === "text") return textPages(view, sheet);
  if (view.is === "output") return outputPages(view, sheet);
  if (view.is === "solution") return solutionPages(view, sheet);
  if (view.is === "ways") return waysPages(view, sheet);
  return 1;
}

function screenOf(view: Exclude<View, StepView>, { page, selected }: Position, sheet: Sheet): Screen {
  switch (view.is) {
    case "welcome":
      return welcomeScreen(view, sheet);
    case "hints":
      return hintsScreen(view, sheet);
    case "keys":
      return keysScreen(view, sheet);
    case "list":
      return listScreen({ ...view, selected }, sheet);
    case "quiz":
      return quizScreen(view, sheet);
    case "solution":
      return solutionScreen({ ...view, page }, sheet);
    case "ways":
      return waysScreen({ ...view, page }, sheet);
    case "output":
      return outputScreen({ ...view, page }, sheet);
    case "text":
      return textScreen({ ...view, page }, sheet);
    case "confirm":
      return confirmScreen(view, sheet);
    case "finished":
      return finishedScreen(view, sheet);
    case "subject":
      return subjectScreen(view, sheet);
  }
}
