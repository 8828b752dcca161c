/** npm run lesson N debug: the failing scenario alone, with the inspector on. */
import type { Lesson } from "../../catalogue.ts";
import { wrongCall } from "../command.ts";

/** Ends when the scenario does. */
export async function debug(lesson: Lesson): Promise<number> {
  throw wrongCall(`There is no debugger for step ${lesson.number} yet.`);
}
