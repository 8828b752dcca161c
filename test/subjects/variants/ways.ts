import { lessons } from "../../../workbook/content/catalogue.ts";
import { wayFile } from "../../../workbook/content/ways.ts";
import type { Variant } from "../mutants/cases.ts";

/** The other right ways that a lesson shows after you pass it: solutions/NN-slug/ways/. */
export const offered: readonly Variant[] = lessons().flatMap((lesson) =>
  lesson.ways.map((way) => ({
    name: way.name,
    exercise: lesson.slug,
    side: way.file === "client.ts" ? "client" : "server",
    when: way.when,
    source: wayFile(lesson, way).text,
  })),
);
