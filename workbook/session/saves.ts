/** Saves of the open step's files, as events. */
import path from "node:path";
import { places, type Lesson } from "../content/catalogue.ts";
import { bothSides, shown } from "../learner/exercises.ts";
import { watchFiles, type Watching } from "../learner/saves.ts";
import type { Push } from "./events.ts";

/** Watches a step's folder, and the folders where a save is a mistake. The files as they are now are no save. */
export function watchStep(lesson: Lesson, push: Push): Watching {
  const place = places(lesson.slug);
  const watching = watchFiles({
    folder: place.exercise,
    elsewhere: [path.dirname(place.text), path.dirname(place.solution("server"))],
    onSaved: (files) => push({ is: "saved", files }),
    onElsewhere: (file) => push({ is: "savedElsewhere", file }),
  });
  void watching.how.then((how) => {
    if (how === "polling") push({ is: "polling" });
  });
  return watching;
}

/** True if all of these are files that are graded; others may be read by the learner's code. */
export function areGraded(files: readonly string[], { slug }: Lesson): boolean {
  const { mine } = places(slug);
  return files.every((file) => bothSides.some((side) => file === mine(side)));
}

/** Where the learner should have saved instead. */
export function savedElsewhereText(file: string, { slug }: Lesson): string {
  const side = bothSides.find((each) => path.basename(file) === `${each}.ts`);
  const mine = side ? shown(places(slug).mine(side)) : `${shown(places(slug).exercise)}/`;
  return `You saved ${shown(file)}, which is handed out and not graded. Your own file is ${mine}`;
}

export const pollingText = "No word of saves comes from this folder, so your files are looked at five times a second.";
