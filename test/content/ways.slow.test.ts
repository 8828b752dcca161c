/** Other right ways are as well written as the solutions, because readers copy them too. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { root } from "../../workbook/root.ts";
import { wayFile } from "../../workbook/content/ways.ts";
import { requireDev, whyWithout } from "../clients/dev.ts";

interface Prettier {
  check(source: string, options: object): Promise<boolean>;
}

const each = lessons().flatMap((lesson) =>
  lesson.ways.map((way) => [`${lesson.slug}: ${way.name}`, wayFile(lesson, way)] as const),
);

let folder: string;
beforeAll(() => {
  mkdirSync(path.join(root, ".workbook"), { recursive: true });
  folder = mkdtempSync(path.join(root, ".workbook", "ways-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("they have no errors of types, and nothing that is not used", () => {
  for (const [index, [, { text }]] of each.entries()) {
    // Two folders below the root, as exercises are: the path of books.json is relative.
    writeFileSync(path.join(folder, `way-${index}.ts`), text);
  }
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", include: ["*.ts"], exclude: [] }),
  );
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", folder], { cwd: root, encoding: "utf8" });
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});

test.skipIf(whyWithout !== null).each(each)("%s is formatted as the solutions are", async (_name, { text }) => {
  const options: object = JSON.parse(readFileSync(path.join(root, ".prettierrc.json"), "utf8"));
  expect(await requireDev<Prettier>("prettier").check(text, { ...options, parser: "typescript" })).toBe(true);
});
