import { describe, expect, test } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { places } from "../../workbook/content/places.ts";
import { grade } from "../../workbook/grade/grade.ts";
import { shareChildren } from "../subjects/mutants/share.ts";

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 202];

shareChildren();

describe("ten seeds pass: the values differ, the reference solution passes every clause", () => {
  for (const lesson of lessons()) {
    test(lesson.slug, async () => {
      const at = places(lesson.slug);
      const bodies = new Set<string>();
      for (const seed of seeds) {
        const run = await grade(
          lesson,
          { server: at.solution("server.ts"), client: at.solution("client.ts") },
          { seed },
        );
        expect(run).toMatchObject({ seed, problem: null, passed: true });
        expect(run.verdicts.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
        const sent = run.recordings.flatMap(({ events }) =>
          events.map((event) => (event.is === "exchange" ? event.exchange.request.body : null)),
        );
        bodies.add(JSON.stringify(sent));
      }
      expect(bodies.size).toBe(seeds.length);
    });
  }
});
