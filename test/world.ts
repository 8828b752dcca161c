/** What a scenario knows of the world, for tests in which no clause asks for more. */
import type { World } from "../workbook/contract/model/world.ts";

export const world: World = {
  clock: "virtual",
  seed: 1,
  books: [],
  graded: [],
  privatePaths: [],
  origin: "http://127.0.0.1:8202",
};
