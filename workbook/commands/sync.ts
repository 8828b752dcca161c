/** npm run sync: for authors. Rewrites what is made from other files: the code in lessons, patches of other ways, CONTRACT.md. */
import { lessons } from "../content/catalogue.ts";
import { syncContractPage, syncLessons } from "../content/sync.ts";
import { syncWays } from "../content/ways.ts";
import { clauses } from "../contract/clauses/all.ts";
import { exit, say } from "./command.ts";

export const help = `npm run sync                     for authors: rewrites the code shown in lessons, the patches of other
                                 right ways, and lessons/CONTRACT.md`;

/** Says which files changed. */
export async function run(): Promise<number> {
  const page = syncContractPage({ clauses, lessons: lessons() });
  const changed = [...syncLessons(), ...syncWays(), ...page];
  say(
    changed.length === 0
      ? "Every lesson shows its files as they are, every other way fits its solution, and CONTRACT.md has every clause."
      : changed.map((file) => `written  ${file}`).join("\n"),
  );
  return exit.passed;
}
