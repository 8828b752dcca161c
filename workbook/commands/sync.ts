/** npm run sync: for authors. Writes the code shown in lessons anew, from the files that it is taken from. */
import { syncLessons } from "../sync.ts";
import { exit, say } from "./command.ts";

export const help = `npm run sync                     for authors: write the code shown in lessons anew from its files`;

/** Says which texts changed. */
export async function run(): Promise<number> {
  const changed = syncLessons();
  say(
    changed.length === 0
      ? "Every lesson shows its files as they are."
      : changed.map((file) => `written  ${file}`).join("\n"),
  );
  return exit.passed;
}
