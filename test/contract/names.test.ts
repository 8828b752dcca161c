/** Clause ids and scenario names stay in the contract: the engine reads fields of clauses and scenarios instead. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { clauses } from "../../workbook/contract/clauses/all.ts";
import { scenarios } from "../../workbook/contract/scenarios/all.ts";
import { root } from "../../workbook/root.ts";

/** First words of ids, as in `startsWith("ttl.")`. */
const families = clauses.map(({ id }) => `${id.split(".")[0]}.`);
const names = [...new Set([...families, ...clauses.map(({ id }) => id), ...scenarios.keys()])];

/** The names that stand as a string in a program's text. */
function namesIn(text: string): string[] {
  return names.filter((name) => ['"', "'", "`"].some((quote) => text.includes(quote + name + quote)));
}

test("a name in a program is found", () => {
  const program = 'if (id === "client.quiet" || id.startsWith("ttl.") || name === `S6a`) open("client.ts"); // don\'t';
  expect(namesIn(program)).toEqual(["ttl.", "client.quiet", "S6a"]);
});

test("no file of the engine outside the contract names a clause or a scenario", () => {
  const engine = readdirSync(path.join(root, "workbook"), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => /\.(?:ts|js|cjs)$/.test(file) && !file.startsWith("contract/"));
  expect(engine).toContain("grade/grade.ts");
  const found = engine.flatMap((file) =>
    namesIn(readFileSync(path.join(root, "workbook", file), "utf8")).map((name) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});
