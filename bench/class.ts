/** A made-up class: what its students handed in for every step, and the marks they should get. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mutants } from "../test/subjects/mutants/all.ts";
import { sourceOf } from "../test/subjects/mutants/cases.ts";
import { lessons } from "../workbook/content/catalogue.ts";
import { places } from "../workbook/content/places.ts";
import type { Lesson } from "../workbook/content/lesson.ts";
import { clauseOf } from "../workbook/contract/clauses/all.ts";
import type { Side } from "../workbook/contract/model/recording.ts";
import { seeded } from "../workbook/run/seed.ts";

/** What a row of marks.csv should say. */
export interface ExpectedRow {
  readonly student: string;
  readonly exercise: string;
  readonly passed: boolean;
  /** The first failing clause; undefined: not compared. */
  readonly open: string | undefined;
  /** The kind of the problem, "" for none; undefined: not compared. */
  readonly problem: string | undefined;
}

/** One exercise of a hand-in: its files, and the marks they should get. */
interface Work {
  readonly files: Readonly<Partial<Record<Side, string>>>;
  readonly expected: Pick<ExpectedRow, "passed" | "open" | "problem">;
}

/** How many of a hundred exercises are of each kind, in this order. The rest is right. */
const shares = { wrong: 27, starter: 15, broken: 4, missing: 2, half: 2, looping: 1 } as const;
type Kind = keyof typeof shares | "right";

const failing = (problem: string) => ({ passed: false, open: undefined, problem });

/**
 * Writes a folder for each student into `folder`. The same number of students always gives the same class.
 * @returns the rows that marks.csv should have, in order
 */
export function makeClass(folder: string, students: number): readonly ExpectedRow[] {
  const random = seeded(1, "class");
  return Array.from({ length: students }, (_, index) => {
    const student = `student-${String(index + 1).padStart(3, "0")}`;
    return lessons().map((lesson) => {
      const { files, expected } = workOf(lesson, kindOf(random()), random);
      const home = path.join(folder, student, "exercises", lesson.slug);
      // A student who handed in nothing has still started the step: its folder is there, and empty.
      mkdirSync(home, { recursive: true });
      for (const [side, text] of Object.entries(files)) writeFileSync(path.join(home, `${side}.ts`), text);
      return { student, exercise: lesson.slug, ...expected };
    });
  }).flat();
}

function kindOf(chance: number): Kind {
  let below = 0;
  for (const [kind, share] of Object.entries(shares)) {
    below += share / 100;
    if (chance < below && isKind(kind)) return kind;
  }
  return "right";
}

function isKind(name: string): name is keyof typeof shares {
  return name in shares;
}

function workOf(lesson: Lesson, kind: Kind, random: () => number): Work {
  const text = (side: Side) => sourceOf({ name: lesson.slug, exercise: lesson.slug, side });
  const right = { server: text("server"), client: text("client") };
  const side = lesson.edits.includes("client.ts") ? "client" : "server";
  if (kind === "wrong") return wrong(lesson, right, random);
  if (kind === "starter") return starterOf(lesson);
  if (kind === "broken")
    return { files: { ...right, [side]: `${right[side]}\nconst = 1;\n` }, expected: failing("syntax") };
  if (kind === "looping") return { files: { ...right, [side]: looping[side] }, expected: failing("loop") };
  if (kind === "missing") return { files: {}, expected: failing("missing") };
  if (kind === "half" && lesson.edits.length > 1)
    return { files: { server: right.server }, expected: failing("import") };
  return { files: right, expected: { passed: true, open: "", problem: "" } };
}

const looping: Readonly<Record<Side, string>> = {
  client: "export async function runReport() {\n  for (let n = 0; n >= 0; n++);\n}\n",
  server: "export default {\n  fetch() {\n    for (let n = 0; n >= 0; n++);\n  },\n};\n",
};

/** The starters, which always fail something. */
function starterOf({ slug }: Lesson): Work {
  const text = (side: Side) => readFileSync(places(slug).starter(`${side}.ts`), "utf8");
  return {
    files: { server: text("server"), client: text("client") },
    expected: { passed: false, open: undefined, problem: undefined },
  };
}

/** A mutant of the step. The other side is right. */
function wrong(lesson: Lesson, right: Readonly<Record<Side, string>>, random: () => number): Work {
  const own = mutants.filter(({ exercise }) => exercise === lesson.slug);
  const mutant = own[Math.floor(random() * own.length)];
  if (!mutant) throw new Error(`There is no mutant of ${lesson.slug}.`);
  const must = clauseOf(mutant.clause).level === "must";
  const expected = { passed: !must, open: must ? mutant.clause : "", problem: undefined };
  return { files: { ...right, [mutant.side]: sourceOf(mutant) }, expected };
}
