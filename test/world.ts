/** The world of a scenario, for tests that need nothing special of it. */
import type { World } from "../workbook/contract/model/world.ts";

export const world: World = {
  clock: "virtual",
  seed: 1,
  books: [],
  graded: [],
  privatePaths: [],
  origin: "http://127.0.0.1:8202",
};
