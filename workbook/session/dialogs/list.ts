/** Key l: all steps. Any may be opened at any time. */
import { lessons } from "../../content/catalogue.ts";
import { clauses } from "../../contract/clauses/all.ts";
import { entriesOf } from "../../learner/progress.ts";
import type { Desk, Page } from "../desk.ts";

/** Up and down move, enter opens, a digit opens that step. */
export function listPage(desk: Desk): Page {
  const all = lessons();
  let selected = Math.max(0, all.indexOf(desk.lesson));
  return {
    view: () => ({
      is: "list",
      live: true,
      entries: entriesOf(desk.state()),
      clauses,
      current: desk.state().current,
      selected: all[selected]?.slug ?? null,
    }),
    key(key) {
      if (key === "esc") return "back";
      if (key === "up") selected = Math.max(0, selected - 1);
      else if (key === "down") selected = Math.min(all.length - 1, selected + 1);
      else if (key === "enter") {
        const lesson = all[selected];
        if (lesson && lesson !== desk.lesson) desk.open(lesson);
        return "back";
      } else if (/^[1-9]$/.test(key)) {
        const at = all.findIndex((lesson) => lesson.number === Number(key));
        if (at !== -1) selected = at;
      } else return "unknown";
      return "stay";
    },
  };
}
