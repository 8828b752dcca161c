import { findLesson, lessons } from "../content/catalogue.ts";
import type { Lesson } from "../content/lesson.ts";
import { wrongCall } from "./command.ts";

/** Finds the lesson that an argument names. @throws a wrong call that says which lessons there are */
export function lessonNamed(word: string): Lesson {
  const lesson = findLesson(word);
  if (lesson) return lesson;
  const all = lessons();
  const last = all.at(-1);
  if (!last) throw wrongCall("There are no lessons in this copy of the workbook; get a whole one with git pull.");
  throw wrongCall(`There is no step "${word}": the steps are 1 to ${last.number}, and npm run lesson list shows them.`);
}
