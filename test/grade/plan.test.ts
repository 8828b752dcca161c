import path from "node:path";
import { expect, test } from "vitest";
import { findLesson, lessons } from "../../workbook/content/catalogue.ts";
import { isForHttp, planOf } from "../../workbook/grade/plan.ts";

const third = findLesson("3") ?? expect.unreachable("There is no third lesson.");
const last = lessons().at(-1) ?? expect.unreachable("There are no lessons.");
const server = path.resolve("somewhere", "server.ts");
const client = path.resolve("elsewhere", "client.ts");

test("files are graded on the virtual clock, and each file's folder is private", () => {
  const { world, sides } = planOf(third, { server, client }, { seed: 7 });
  expect(world).toMatchObject({ clock: "virtual", seed: 7, origin: "http://127.0.0.1:8202" });
  expect(world.privatePaths).toEqual(expect.arrayContaining([path.dirname(server), path.dirname(client)]));
  expect(sides).toEqual(["server", "client"]);
});

test("one file is judged by its own side's clauses, and the world has those of both", () => {
  const { world, clauses, scenarios } = planOf(third, { client });
  expect(new Set(clauses.map(({ side }) => side))).toEqual(new Set(["client"]));
  expect(new Set(scenarios.map(({ side }) => side))).toEqual(new Set(["client"]));
  expect(world.graded).toEqual(planOf(third, { server, client }).world.graded);
});

test("the debugger sees the world of the grading, of one file alone too", () => {
  expect(planOf(third, { server }).world).toMatchObject({ graded: planOf(third, { server, client }).world.graded });
});

test("a URL is graded on the real clock: what decides most first, what may end the server last", () => {
  const { world, scenarios } = planOf(third, { url: "http://localhost:8080/" });
  expect(world).toMatchObject({ clock: "real", origin: "http://localhost:8080" });
  expect(scenarios[0]?.decidesMost).toBe(true);
  const ends = scenarios.map(({ mayEnd }) => mayEnd === true);
  expect(ends).toEqual(ends.toSorted((a, b) => Number(a) - Number(b)));
  expect(ends.at(-1)).toBe(true);
});

test("a command is not judged by what needs options of the call, and its world does not name it either", () => {
  const ofFile = planOf(third, { client }).clauses;
  const { world, clauses, scenarios } = planOf(third, { command: "python3 client.py" });
  const left = ofFile.filter((clause) => !clauses.includes(clause));
  expect(left.length).toBeGreaterThan(0);
  expect(left.every(({ needsCallOptions }) => needsCallOptions)).toBe(true);
  expect(left.filter(({ id }) => world.graded.includes(id))).toEqual([]);
  expect(scenarios.filter(({ needsCallOptions }) => needsCallOptions)).toEqual([]);
});

test("heavy scenarios are played only in a full grading", () => {
  const heavy = (options: { heavy?: boolean }) =>
    planOf(last, { server }, options).scenarios.some((each) => each.heavy);
  expect([heavy({}), heavy({ heavy: true })]).toEqual([false, true]);
});

test("steps 02 to 05 can be graded over HTTP", () => {
  const numbers = lessons()
    .filter((lesson) => isForHttp(lesson))
    .map(({ number }) => number);
  expect(numbers).toEqual([2, 3, 4, 5]);
});

test("a subject with no side is a fault of the caller", () => {
  expect(() => planOf(third, {})).toThrow("A subject has a server, a client, or both.");
});
