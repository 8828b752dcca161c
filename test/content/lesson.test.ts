/** What lesson.json may hold, and what follows from it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { join, lessonSchema, startsFrom } from "../../workbook/content/lesson.ts";
import { places } from "../../workbook/content/places.ts";
import { root } from "../../workbook/root.ts";

const [, second] = lessons();
if (!second) throw new Error("There is no second lesson.");
const data = JSON.parse(readFileSync(places(second.slug).data, "utf8")) as Record<string, unknown>;
const wrong = (change: object) => lessonSchema.safeParse({ ...data, ...change }).error?.message;

describe("lesson.json", () => {
  test("names how the files run, the files, and those to edit", () => {
    const startsFrom = { "web.ts": "own", "worker.ts": "own", "queue.postgres.ts": "own", "work.ts": "own" };
    const parsed = lessonSchema.parse({ ...data, runs: "process", edits: ["web.ts", "queue.postgres.ts"], startsFrom });
    expect(join("08-made-up", { ...parsed, keeps: null }, []).files).toEqual(Object.keys(startsFrom));
  });

  test("may not name a side for a file, or a file that is somewhere else", () => {
    for (const name of ["server", "../server.ts", "lib/server.ts", "Server.ts", ".ts", "server.js"]) {
      expect(wrong({ edits: [name], startsFrom: { [name]: "own" } }), name).toContain("must be a file name");
    }
  });

  test("may not ask to edit a file that the step does not have", () => {
    expect(wrong({ edits: ["worker.ts"] })).toContain("names a file that startsFrom does not have");
  });

  test("says memory or process", () => {
    expect(wrong({ runs: "docker" })).toContain('"memory"');
    expect(wrong({ runs: undefined })).toContain('"memory"');
  });
});

describe("a lesson", () => {
  test("keeps what an earlier one grades, except what it leaves out, replaces or has itself", () => {
    const parsed = lessonSchema.parse({
      ...data,
      keeps: { lesson: second.slug, less: ["accept.body"] },
      replaces: { "accept.status": "choose.slow" },
      parts: [{ title: "Part", teaches: ["choose.slow"], guards: ["accept.prompt"] }],
    });
    const left = second.graded.filter((id) => !["accept.body", "accept.status", "accept.prompt"].includes(id));
    const lesson = join("03-made-up", parsed, [second]);
    expect(lesson.number).toBe(3);
    expect(lesson.kept).toEqual(left);
    expect(lesson.graded).toEqual([...left, "choose.slow", "accept.prompt"]);
  });

  test("cannot keep what no earlier one grades", () => {
    const parsed = lessonSchema.parse({ ...data, keeps: { lesson: "09-later" } });
    expect(() => join("03-made-up", parsed, [second])).toThrow("keeps 09-later, which is no earlier lesson");
  });

  test("starts from another one's solution when one of its files does", () => {
    const own = { ...second, startsFrom: { "work.ts": "own" as const } };
    expect(startsFrom(own)).toBeNull();
    expect(startsFrom({ ...own, startsFrom: { "work.ts": "own", "server.ts": "04-failing" } })).toBe("04-failing");
  });
});

test("the schema imports nothing that only Node has", () => {
  const text = readFileSync(path.join(root, "workbook", "content", "lesson.ts"), "utf8");
  const imports = [...text.matchAll(/^import (type )?.* from "(.+)";$/gm)];
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter(([, type]) => type === undefined).map(([, , from]) => from)).toEqual(["zod"]);
});
