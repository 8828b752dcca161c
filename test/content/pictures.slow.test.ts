/** The exchanges that a passed step shows: they are in the recordings, and short enough to read. */
import { expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { places } from "../../workbook/content/places.ts";
import { grade } from "../../workbook/grade/grade.ts";
import { storyOf } from "../../workbook/report/story.ts";
import { wireRows } from "../../workbook/report/wire.ts";
import { shareChildren } from "../subjects/mutants/share.ts";

shareChildren();

test.each(lessons().map((lesson) => [lesson.slug, lesson] as const))("%s", async (slug, lesson) => {
  const { solution } = places(slug);
  const run = await grade(lesson, { server: solution("server.ts"), client: solution("client.ts") });
  const rows = lesson.pictures.map(({ scenario }) => {
    const recording = run.recordings.find((each) => each.scenario === scenario);
    return recording ? wireRows(storyOf(recording), null, Infinity) : [];
  });
  for (const [first] of rows) expect(first).toMatchObject({ is: "request", text: "POST /reports" });
  expect(rows.flat().length).toBeLessThanOrEqual(12);
});
