/** Each wall of .oxlintrc.json, tried with imports that must fail and imports that must pass. Needs dev/node_modules. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../workbook/root.ts";
import { allowed, mayImport, places } from "./allowed.ts";
import { lint } from "./lint.ts";

const rule = "eslint(no-restricted-imports)";

/** A file of a room, at the top of the room and further down. */
const depths = ["probe.ts", "deep/er/probe.ts"];

function importOf(file: string, place: string): string {
  const target = /\.[jt]s$/.test(place) ? place : `${place}/target.ts`;
  const specifier = path.posix.relative(path.posix.dirname(file), target);
  return specifier.startsWith(".") ? specifier : `./${specifier}`;
}

/** Every room importing every place, a file each. */
const probes = Object.keys(allowed).flatMap((room) =>
  places.flatMap((place) =>
    depths.map((depth) => {
      const file = `${room}/${depth.replace("probe", `from-${place.replaceAll("/", "-").replace(/\.[jt]s$/, "")}`)}`;
      return { room, place, file: `workbook/${file}`, text: `export * from "${importOf(file, place)}";\n` };
    }),
  ),
);

describe("imports between rooms", () => {
  const findings = lint(Object.fromEntries(probes.map(({ file, text }) => [file, text])));
  const refused = new Set(findings.filter((finding) => finding.rule === rule).map(({ file }) => file));

  for (const room of Object.keys(allowed)) {
    const own = probes.filter((probe) => probe.room === room);
    const named = (list: typeof probes) => [...new Set(list.map(({ place }) => place))];

    test(`${room} may import ${(allowed[room] ?? []).join(", ") || "nothing else"}`, () => {
      const open = own.filter(({ place }) => mayImport(room, place));
      expect(named(open.filter(({ file }) => refused.has(file)))).toEqual([]);
    });

    test(`${room} may import no other place`, () => {
      const closed = own.filter(({ place }) => !mayImport(room, place));
      expect(closed.length).toBeGreaterThan(0);
      expect(named(closed.filter(({ file }) => !refused.has(file)))).toEqual([]);
    });
  }

  test("a refused import is explained by what the room may import", () => {
    const finding = findings.find(({ file }) => file === "workbook/report/from-learner.ts");
    expect(finding?.help).toBe("report imports contract and content/lesson.ts.");
  });

  test("each folder of workbook/ has a wall, but for commands/, which nobody may import", () => {
    const folders = readdirSync(path.join(root, "workbook"), { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map(({ name }) => name);
    expect(folders.filter((name) => !(name in allowed))).toEqual(["commands"]);
    expect(folders.filter((name) => !places.some((place) => place.split("/")[0] === name))).toEqual([]);
  });
});

describe("ways to import", () => {
  const ways = {
    "import { a }": [`import { a } from "../commands/a.ts";\nexport const b = a;\n`, rule],
    "import type": [`import type { A } from "../commands/a.ts";\nexport type B = A;\n`, rule],
    "import alone": [`import "../commands/a.ts";\n`, rule],
    "export from": [`export { a } from "../commands/a.ts";\n`, rule],
    "import()": [`export const a = await import("../commands/a.ts");\n`, rule],
    "a type's import()": [`export type A = import("../commands/a.ts").A;\n`, "typescript(consistent-type-imports)"],
    "require()": [`export const a = require("../commands/a.cjs");\n`, "typescript(no-require-imports)"],
  } as const;
  const fileOf = (index: number) => `workbook/session/way-${index}.ts`;
  const findings = lint(Object.fromEntries(Object.values(ways).map(([text], index) => [fileOf(index), text])));

  test.each(Object.entries(ways).map(([name, [, expected]], index) => [name, expected, index] as const))(
    "%s cannot pass a wall",
    (_, expected, index) => {
      const found = findings.filter(({ file }) => file === fileOf(index)).map((finding) => finding.rule);
      expect(found).toContain(expected);
    },
  );
});

describe("cycles", () => {
  const types = {
    "workbook/run/a.ts": `import type { B } from "./b.ts";\nexport type A = B;\n`,
    "workbook/run/b.ts": `import type { A } from "./a.ts";\nexport type B = A;\n`,
  };

  test("two files that import only types of each other are a cycle", () => {
    const rules = lint(types).map((finding) => finding.rule);
    expect(rules).toEqual(["import(no-cycle)", "import(no-cycle)"]);
  });

  test("one that imports the other is none", () => {
    expect(lint({ ...types, "workbook/run/b.ts": "export type B = string;\n" })).toEqual([]);
  });
});

describe("purity", () => {
  const findings = lint({
    "workbook/contract/judge/node.ts": `import { readFileSync } from "node:fs";\nexport const a = readFileSync;\n`,
    "workbook/contract/judge/package.ts": `import { z } from "zod";\nexport const a = z;\n`,
    "workbook/contract/judge/global.ts": "export const a = () => process.exit();\n",
    "workbook/contract/judge/clock.ts": "export const a = () => Date.now() + Math.random();\n",
    "workbook/content/lesson.ts": `import { sep } from "node:path";\nexport const a = sep;\n`,
    "workbook/content/places.ts": `import { sep } from "node:path";\nexport const a = sep;\n`,
  });
  const rulesFor = (file: string) => findings.filter((finding) => finding.file === file).map((finding) => finding.rule);

  test("the contract uses no Node, no package, no clock and no chance", () => {
    expect(rulesFor("workbook/contract/judge/node.ts")).toEqual([rule]);
    expect(rulesFor("workbook/contract/judge/package.ts")).toEqual([rule]);
    expect(rulesFor("workbook/contract/judge/global.ts")).toEqual(["eslint(no-restricted-globals)"]);
    expect(rulesFor("workbook/contract/judge/clock.ts")).toEqual([
      "eslint(no-restricted-properties)",
      "eslint(no-restricted-properties)",
    ]);
  });

  test("the schema of lesson.json, which a browser imports, uses no Node; the rest of content may", () => {
    expect(rulesFor("workbook/content/lesson.ts")).toEqual([rule]);
    expect(rulesFor("workbook/content/places.ts")).toEqual([]);
  });
});
