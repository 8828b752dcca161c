/** Keeps what is made from other files equal to them: the code that lessons show, and CONTRACT.md. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../root.ts";
import { blocksOf, region, rewrite } from "./blocks.ts";
import { contractPage, contractPagePath, type ContractData } from "./contract-page.ts";

function readText(file: string): string {
  const full = path.join(root, file);
  if (!existsSync(full)) throw new Error(`There is no ${file}.`);
  return readFileSync(full, "utf8");
}

/** Paths of the lessons' texts from the root, with slashes, in order. */
export function lessonTexts(): readonly string[] {
  const slugs = readdirSync(path.join(root, "lessons")).filter((name) => /^\d\d-/.test(name));
  return slugs
    .sort()
    .map((slug) => `lessons/${slug}/lesson.md`)
    .filter((file) => existsSync(path.join(root, file)));
}

/** The blocks that show other code than their file has: a sentence each, empty when all is well. */
export function compareSync(
  files: readonly string[] = lessonTexts(),
  read: (file: string) => string = readText,
): readonly string[] {
  return files.flatMap((file) => {
    try {
      return blocksOf(read(file)).flatMap(({ source, code, line }) =>
        source && region(read(source.file), source) !== code
          ? [`${file}, line ${line}: the code shown is not what ${source.file} has. Run npm run sync.`]
          : [],
      );
    } catch (error) {
      return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

/**
 * Rewrites the code shown in every lesson.
 * @returns paths from the root of the files that changed
 * @throws Error with a sentence when a marker names what is not there; files before it are already rewritten
 */
export function syncLessons(): readonly string[] {
  return lessonTexts().filter((file) => {
    const before = readText(file).replaceAll("\r\n", "\n");
    const after = rewrite(before, readText);
    if (after !== before) writeFileSync(path.join(root, file), after);
    return after !== before;
  });
}

/** True if CONTRACT.md is what the clauses' data make it. */
export function isContractPageFresh(data: ContractData): boolean {
  const full = path.join(root, contractPagePath);
  return existsSync(full) && readFileSync(full, "utf8").replaceAll("\r\n", "\n") === contractPage(data);
}

/** Rewrites CONTRACT.md. @returns its path from the root if it changed, else none */
export function syncContractPage(data: ContractData): readonly string[] {
  if (isContractPageFresh(data)) return [];
  writeFileSync(path.join(root, contractPagePath), contractPage(data));
  return [contractPagePath];
}
