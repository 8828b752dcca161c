/** Where the terminal is in the view it shows: the page, and the chosen line of the list. The session knows neither. */
import type { ListView, View } from "../session/view.ts";

export interface Position {
  /** Which view it belongs to. */
  readonly of: string;
  /** From 0, in a view that takes several pages. May be past the end after a resize: then the last page is shown. */
  readonly page: number;
  /** Slug of the chosen line; null in views that have none. */
  readonly selected: string | null;
}

/** A view with the page to draw. */
export type Paged<V> = V & Pick<Position, "page">;

/** The list with its chosen line. */
export type ChosenList = ListView & Pick<Position, "selected">;

/** The position to draw a view at: the last one if it belongs to this view, else the start. */
export function positionIn(view: View, last: Position | null = null): Position {
  const of = "lesson" in view ? `${view.is} ${view.lesson.slug}` : view.is;
  if (last?.of === of) return last;
  return { of, page: 0, selected: view.is === "list" ? view.here : null };
}
