import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { clauses } from "../../workbook/contract/clauses/all.ts";
import { dependencies } from "../../workbook/contract/judge/dependencies.ts";
import type { Clause } from "../../workbook/contract/model/clause.ts";
import { scenarios } from "../../workbook/contract/scenarios/all.ts";
import { root } from "../../workbook/root.ts";

const ids = new Set(clauses.map((clause) => clause.id));

describe("the contract as data", () => {
  test("has clauses, and no id twice", () => {
    expect(clauses.length).toBeGreaterThan(50);
    expect(ids.size).toBe(clauses.length);
  });

  test.each(clauses.map((clause) => [clause.id, clause] as const))(
    "%s says why, from where, and helps",
    (_id, clause) => {
      expect(clause.why.length).toBeGreaterThan(30);
      expect(clause.source.length).toBeGreaterThan(10);
      expect(clause.hints.length).toBeGreaterThanOrEqual(1);
      expect(clause.hints.length).toBeLessThanOrEqual(3);
      expect(clause.sentence).toMatch(/[^.]$/);
    },
  );

  test.each(clauses.map(({ id, decided }) => [id, decided] as const))("%s says how it is decided", (_id, decided) => {
    expect(decided).toMatch(/\.$/);
    expect(decided.length).toBeGreaterThanOrEqual(20);
    expect(decided.length).toBeLessThanOrEqual(400);
  });

  test.each(clauses.map((clause) => [clause.id, clause] as const))(
    "%s names clauses and scenarios that are there",
    (_id, clause) => {
      expect(dependencies(clause).filter((id) => !ids.has(id))).toEqual([]);
      expect(clause.scenarios.length).toBeGreaterThan(0);
      expect(clause.scenarios.filter((name) => scenarios.get(name)?.side !== clause.side)).toEqual([]);
    },
  );

  test.each(["as it stands", "with what exercise 05 replaces"])("has no cycle over needs and yields, %s", (how) => {
    const replaces = how === "as it stands" ? {} : (lessons().find((lesson) => lesson.number === 5)?.replaces ?? {});
    // A blocked outcome depends on the recording and is no edge: two clauses may name each other for different recordings.
    const edges = ({ needs, yieldsTo, partNeeds = [] }: Clause) => [...needs, ...yieldsTo, ...partNeeds];
    const next = new Map(clauses.map((clause) => [clause.id, edges(clause).map((id) => replaces[id] ?? id)]));
    const done = new Set<string>();
    const visit = (id: string, trail: readonly string[]): void => {
      if (trail.includes(id)) throw new Error(`cycle: ${[...trail, id].join(" -> ")}`);
      if (done.has(id)) return;
      for (const other of next.get(id) ?? []) if (other !== id) visit(other, [...trail, id]);
      done.add(id);
    };
    for (const id of ids) visit(id, []);
    expect(done.size).toBe(ids.size);
  });

  test.each([...ids])("%s is in the file that its id leads to", (id) => {
    const [family = "", name = ""] = id.split(".");
    const file = path.join(root, "workbook", "contract", "clauses", family, `${name}.ts`);
    expect(readFileSync(file, "utf8")).toContain(`  id: "${id}",`);
  });

  test("every scenario that can be played on the real clock says how long it lasts there", () => {
    const unknown = [...scenarios.values()].filter(({ spansDays, lastsMs }) => !spansDays && !lastsMs);
    expect(unknown.map(({ name }) => name)).toEqual([]);
  });

  test("imports nothing but itself", () => {
    const folder = path.join(root, "workbook", "contract");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const foreign = files.flatMap((name) =>
      [...readFileSync(path.join(folder, name), "utf8").matchAll(/from "([^"]+)"/g)]
        .map((match) => match[1] ?? "")
        .filter(
          (from) =>
            !from.startsWith(".") ||
            path.relative(folder, path.resolve(folder, path.dirname(name), from)).startsWith(".."),
        ),
    );
    expect(files.length).toBeGreaterThan(8);
    expect(foreign).toEqual([]);
  });
});
