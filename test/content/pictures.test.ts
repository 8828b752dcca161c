/** The pictures in lesson.json: exchanges that a passed step shows. */
import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { scenarios } from "../../workbook/contract/scenarios/all.ts";

const each = lessons().map((lesson) => [lesson.slug, lesson] as const);

describe("the pictures of a passed step", () => {
  test.each(each)("%s shows scenarios of a file that the step edits", (_slug, { pictures, edits }) => {
    for (const { scenario } of pictures) expect(edits).toContain(`${scenarios.get(scenario)?.side}.ts`);
  });
});
