/** npm run sync: for authors. Writes anew what is made of other files: the code shown in lessons, the patches of other ways. */
import { syncLessons } from "../content/sync.ts";
import { syncWays } from "../content/ways.ts";
import { exit, say } from "./command.ts";

export const help = `npm run sync                     for authors: write the code shown in lessons anew from its files,
                                 and the patches of other right ways for the solutions as they are`;

/** Says which files changed. */
export async function run(): Promise<number> {
  const changed = [...syncLessons(), ...syncWays()];
  say(
    changed.length === 0
      ? "Every lesson shows its files as they are, and every other way fits its solution."
      : changed.map((file) => `written  ${file}`).join("\n"),
  );
  return exit.passed;
}
