/** The terminal's screens: from a view to text, and nothing else. */
import type { Size, View } from "./view.ts";

/** The whole screen, lines joined by "\n", no line longer than `size.columns`. Pure. */
export function render(view: View, size: Size): string {
  void size;
  return view.is;
}

/** How many pages a view has; 1 for those that are not paged. */
export function pagesOf(view: View, size: Size): number {
  void view, size;
  return 1;
}
