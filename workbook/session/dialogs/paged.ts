/** Screens that show one part of something at a time: the text, what was printed, the solution, other right ways. */
import { readFileSync } from "node:fs";
import { places } from "../../content/catalogue.ts";
import { pagesOf } from "../../terminal/render.ts";
import { diffParts } from "../../learner/solution-diff.ts";
import { shownWays } from "../../content/ways.ts";
import { openNow, type Desk, type Page } from "../desk.ts";

const forward = new Set(["right", "down", "page-down", "space", "enter"]);
const back = new Set(["left", "up", "page-up"]);

function paged(count: () => number, viewAt: (page: number) => ReturnType<Page["view"]>): Page {
  let page = 0;
  const within = (to: number) => Math.max(0, Math.min(to, count() - 1));
  return {
    view: () => viewAt(within(page)),
    key(key) {
      // q closes a pager; it does not end the session.
      if (key === "esc" || key === "q") return "back";
      if (forward.has(key)) page = within(page + 1);
      else if (back.has(key)) page = within(within(page) - 1);
      else return "unknown";
      return "stay";
    },
  };
}

/** Key t: lesson.md, a page at a time. */
export function textPage(desk: Desk): Page {
  const { lesson } = desk;
  const text = readFileSync(places(lesson.slug).text, "utf8");
  const viewAt = (page: number) => ({ is: "text", live: true, lesson, text, page }) as const;
  return paged(() => pagesOf(viewAt(0), desk.size()), viewAt);
}

/** All that was printed in the last run, the newest first. */
export function outputPage(desk: Desk): Page {
  const { lesson, now } = desk;
  const output = now.is === "run" ? now.run.output : (now.last?.run.output ?? []);
  const viewAt = (page: number) => ({ is: "output", live: true, lesson, output, page }) as const;
  return paged(() => pagesOf(viewAt(0), desk.size()), viewAt);
}

/** The solution against the learner's files, a part at a time. */
export function solutionPage(desk: Desk): Page {
  const { lesson } = desk;
  const parts = diffParts(lesson);
  const viewAt = (page: number) => ({ is: "solution", live: true, lesson, parts, page, open: openNow(desk) }) as const;
  return paged(() => pagesOf(viewAt(0), desk.size()), viewAt);
}

/** Other right ways than the solution, one at a time. */
export function waysPage(desk: Desk): Page {
  const { lesson } = desk;
  const ways = shownWays(lesson);
  const viewAt = (page: number) => ({ is: "ways", live: true, lesson, ways, page }) as const;
  return paged(() => pagesOf(viewAt(0), desk.size()), viewAt);
}
