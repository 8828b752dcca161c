/** Keys that move within a view: they turn pages and choose lines. The session hears nothing of them. */
import type { ListView, View } from "../session/view.ts";
import type { Key } from "./keys.ts";
import type { Position } from "./position.ts";
import { pagesOf } from "./render.ts";
import type { Size } from "./size.ts";

const forward = new Set<Key>(["right", "down", "page-down", "space", "enter"]);
const back = new Set<Key>(["left", "up", "page-up"]);
const paged: ReadonlySet<View["is"]> = new Set(["text", "output", "solution", "ways"]);

/** The position after a key; null if the key does not move in this view. */
export function moved(key: Key, view: View, position: Position, size: Size): Position | null {
  if (view.is === "list") return movedInList(key, view, position);
  if (!paged.has(view.is) || (!forward.has(key) && !back.has(key))) return null;
  const last = pagesOf(view, size) - 1;
  const page = Math.min(position.page, last);
  return { ...position, page: forward.has(key) ? Math.min(page + 1, last) : Math.max(page - 1, 0) };
}

function movedInList(key: Key, { entries }: ListView, position: Position): Position | null {
  const at = entries.findIndex(({ lesson }) => lesson.slug === position.selected);
  const select = (index: number) => ({ ...position, selected: entries[index]?.lesson.slug ?? position.selected });
  if (key === "up") return select(Math.max(0, at - 1));
  if (key === "down") return select(at + 1);
  if (/^[1-9]$/.test(key)) return select(entries.findIndex(({ lesson }) => lesson.number === Number(key)));
  return null;
}
