import { expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { isStarted } from "../../workbook/learner/exercises.ts";
import { unifiedDiff } from "../../workbook/learner/solution-diff.ts";

test("every solution differs from its starter in what the lesson edits", () => {
  // The diff of a started step is against the learner's own file.
  for (const lesson of lessons().filter((each) => !isStarted(each))) {
    for (const file of lesson.edits) expect(unifiedDiff(lesson)).toContain(`+++ solutions/${lesson.slug}/${file}\n`);
  }
});
