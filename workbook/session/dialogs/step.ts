/** The step's own screen, and what each key does there. */
import { following } from "../../learner/progress.ts";
import { resetStep, shown } from "../../learner/exercises.ts";
import { two } from "../../report/text.ts";
import { before, isPassedNow, openNow, stepView, type Desk, type Page, type Turn } from "../desk.ts";
import type { Key } from "../../terminal/keys.ts";
import { hintsPage } from "./hints.ts";
import { listPage } from "./list.ts";
import { outputPage, solutionPage, textPage, waysPage } from "./paged.ts";
import { confirmPage, keysPage } from "./plain.ts";
import { quizPage } from "./quiz.ts";

/** @param finished called for the key n after the last step; a page if all are passed. */
export function stepPage(desk: Desk, finished: () => Page | null): Page {
  const say = (message: string): Turn => {
    desk.message = message;
    return "stay";
  };
  const goTo = (lesson: ReturnType<typeof before>, otherwise: string): Turn => {
    if (!lesson) return say(otherwise);
    desk.open(lesson);
    return "stay";
  };
  const keys: Readonly<Record<string, () => Turn>> = {
    h: () => {
      const open = openNow(desk);
      if (open !== null) return { page: hintsPage(desk, open) };
      if (desk.now.is === "grading") return say("Hints come with the verdicts, in a moment.");
      return say("No clause fails, so there is nothing to hint at.");
    },
    n: () => {
      const page = following(desk.lesson) ? null : finished();
      return page
        ? { page }
        : goTo(following(desk.lesson), "This is the last step. Press l for the list: some are not passed yet.");
    },
    b: () => goTo(before(desk.lesson), "This is the first step."),
    l: () => ({ page: listPage(desk) }),
    t: () => ({ page: textPage(desk) }),
    z: () => ({ page: quizPage(desk) }),
    s: () => ({ page: solutionOrQuestion(desk) }),
    w: () => {
      const page = waysOrQuestion(desk);
      return page ? { page } : say("This step has no other ways to show.");
    },
    r: () => ({ page: resetQuestion(desk) }),
    p: () => ({ page: outputPage(desk) }),
    "?": () => ({ page: keysPage() }),
    g: () => {
      desk.grade(true);
      return "stay";
    },
    q: () => "quit",
  };
  return {
    view: () => stepView(desk),
    key: (key: Key) => (Object.hasOwn(keys, key) ? keys[key]?.() : undefined) ?? "unknown",
  };
}

/** The solution; if the step is not passed, a question first. */
export function solutionOrQuestion(desk: Desk): Page {
  return afterPass(desk, "See the solution all the same?", "show it", () => solutionPage(desk));
}

/** Other right ways, which give the solution away too; null where the step has none. */
export function waysOrQuestion(desk: Desk): Page | null {
  if (desk.lesson.ways.length === 0) return null;
  return afterPass(desk, "See other ways to solve it all the same?", "show them", () => waysPage(desk));
}

/** A page that tells how it is done; if the step is not passed, a question first. */
function afterPass(desk: Desk, question: string, yes: string, page: () => Page): Page {
  if (isPassedNow(desk)) return page();
  return confirmPage(
    {
      title: `Step ${two(desk.lesson.number)} is not passed yet.`,
      about: ["A hint (key h) shows less. Your file is not touched."],
      question,
      yes,
      no: "go back",
    },
    () => ({ page: page() }),
  );
}

function resetQuestion(desk: Desk): Page {
  const { lesson } = desk;
  return confirmPage(
    {
      title: `Begin step ${two(lesson.number)} again?`,
      about: ["The starter takes the place of your server.ts and client.ts. Both are kept in a backup."],
      question: "Put the starter back?",
      yes: "put it back",
      no: "keep my files",
    },
    () => {
      const { backup } = resetStep(lesson);
      desk.work(
        backup === null ? "The starter is back." : `The starter is back. Your files lie in ${shown(backup.folder)}/`,
      );
      return "back";
    },
  );
}
