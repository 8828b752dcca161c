/** Saves of the open step's files, as events. */
import path from "node:path";
import { places, pathFromRoot } from "../content/places.ts";
import type { Lesson } from "../content/lesson.ts";
import { watchFiles, type Watching } from "../learner/saves.ts";
import type { Push } from "./events.ts";

/** Watches a step's folder, and the folders where a save is a mistake. The files as they are now are no save. */
export function watchStep(lesson: Lesson, push: Push): Watching {
  const place = places(lesson.slug);
  const watching = watchFiles({
    folder: place.exercise,
    elsewhere: [place.lesson, place.solutions],
    onSaved: (files) => push({ is: "saved", files }),
    onElsewhere: (file) => push({ is: "savedElsewhere", file }),
  });
  void watching.how.then((how) => {
    if (how === "polling") push({ is: "polling" });
  });
  return watching;
}

/** True if all of these are files that are graded; others may be read by the learner's code. */
export function areGraded(saved: readonly string[], { slug, files }: Lesson): boolean {
  const { mine } = places(slug);
  return saved.every((file) => files.some((name) => file === mine(name)));
}

/** Where the learner should have saved instead. */
export function savedElsewhereText(file: string, { slug, files }: Lesson): string {
  const name = files.find((each) => each === path.basename(file));
  const mine = name ? pathFromRoot(places(slug).mine(name)) : `${pathFromRoot(places(slug).exercise)}/`;
  return `You saved ${pathFromRoot(file)}, which is handed out and not graded. Your own file is ${mine}`;
}

export const pollingText = "No word of saves comes from this folder, so your files are looked at five times a second.";
