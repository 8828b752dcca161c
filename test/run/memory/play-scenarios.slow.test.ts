import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import type { Recording, Side } from "../../../workbook/contract/model/recording.ts";
import type { Scenario } from "../../../workbook/contract/model/scenario.ts";
import type { Compiled } from "../../../workbook/run/memory/bundle.ts";
import { closePool, keepSpares, withSharedChildren } from "../../../workbook/run/memory/pool.ts";
import { playScenarios } from "../../../workbook/run/memory/play-scenarios.ts";
import { world } from "../../world.ts";

vi.mock("../../../workbook/run/memory/program.ts", () => ({
  childProgram: (kind: string) =>
    Promise.resolve({ args: [fileURLToPath(new URL("fixtures/child.mjs", import.meta.url)), kind] }),
}));

afterEach(() => closePool());

function compiled(side: Side): Compiled {
  return { is: "compiled", side, bundle: { file: `/none/${side}.ts`, code: "" }, map: "", inputs: [], borrowed: [] };
}

function scenario(name: string, side: Side = "server"): Scenario {
  return { name, side, about: name, play: () => Promise.resolve() };
}

function play(
  scenarios: readonly Scenario[],
  more: {
    first?: string[];
    realMs?: number;
    known?: ReadonlyMap<string, Recording>;
    onRecording?: (recording: Recording) => void;
  } = {},
) {
  return playScenarios({
    scenarios,
    first: new Set(more.first),
    sides: { server: compiled("server"), client: compiled("client") },
    world,
    limits: { loopMs: 1_000, realMs: more.realMs ?? 5_000, memoryMb: 400 },
    ...(more.known && { known: more.known }),
    ...(more.onRecording && { onRecording: more.onRecording }),
  });
}

/** "pid count" of the child that played it. */
function childOf(recording: Recording | undefined): string[] {
  const event = recording?.events[0];
  return event?.is === "printed" ? event.text.split(" ") : [];
}

test("few scenarios are played by one child, one after the other; with two waiting children, side by side", async () => {
  const scenarios = [scenario("answer 1"), scenario("answer 2"), scenario("answer 3")];
  const alone = await play(scenarios);
  expect(new Set(alone.all.map((recording) => childOf(recording)[0])).size).toBe(1);
  expect(alone.all.map((recording) => childOf(recording)[1])).toEqual(["1", "2", "3"]);
  await keepSpares(2);
  const { recordings, dead } = await play(scenarios);
  expect(dead).toEqual({});
  const [one, two, three] = [...recordings.values()].map(childOf);
  expect(one?.[0]).toBe(three?.[0]);
  expect(two?.[0]).not.toBe(one?.[0]);
});

test("a scenario played beside the one that opens its side counts only if that one shows that the side can be graded", async () => {
  await keepSpares(2);
  const order: string[] = [];
  const onRecording = (recording: Recording) => order.push(recording.scenario);
  const { all, dead, recordings } = await play([scenario("throw"), scenario("answer")], { onRecording });
  expect(dead).toMatchObject({ server: { kind: "throw" } });
  expect([all.map(({ scenario: name }) => name), [...recordings.keys()], order]).toEqual([["throw"], [], []]);
});

test("a known recording is not made again, and opens its side", async () => {
  const known = new Map((await play([scenario("answer 1")])).all.map((each) => [each.scenario, each]));
  const played: string[] = [];
  const onRecording = (recording: Recording) => played.push(recording.scenario);
  const { recordings } = await play([scenario("answer 1"), scenario("answer 2")], { known, onRecording });
  expect(played).toEqual(["answer 2"]);
  expect([...recordings.keys()]).toEqual(["answer 1", "answer 2"]);
  expect(recordings.get("answer 1")).toBe(known.get("answer 1"));
});

test("after a scenario that leaves its child unclean, the rest is played on a new child", async () => {
  const { recordings } = await play([scenario("answer unclean"), scenario("answer")]);
  const [one, two] = [...recordings.values()].map(childOf);
  expect(one?.[0]).not.toBe(two?.[0]);
  expect(two?.[1]).toBe("1");
});

test("after the first answer a problem ends one scenario, and the others go on", async () => {
  const { recordings, dead } = await play([
    scenario("answer"),
    scenario("throw"),
    scenario("exit"),
    scenario("answer 2"),
  ]);
  expect(dead).toEqual({});
  expect([...recordings.keys()]).toEqual(["answer", "throw", "exit", "answer 2"]);
  expect(recordings.get("throw")?.events.at(-1)).toMatchObject({
    is: "ended",
    atMs: 5,
    problem: { kind: "throw", side: "server" },
  });
  expect(recordings.get("exit")?.events.at(-1)).toMatchObject({ is: "ended", problem: { kind: "exit" } });
});

test("a problem before the first answer ends the side, and only that side", async () => {
  const { recordings, all, dead } = await play([scenario("throw"), scenario("answer"), scenario("answer 3", "client")]);
  expect(dead).toMatchObject({ server: { kind: "throw" } });
  expect([...recordings.keys()]).toEqual(["answer 3"]);
  expect(all.map(({ scenario: name }) => name)).toEqual(["throw", "answer 3"]);
});

test("what the reader waits for is played right after the scenario that opens a side", async () => {
  const order: string[] = [];
  const scenarios = [scenario("answer 1"), scenario("throw"), scenario("answer 3")];
  await play(scenarios, { first: ["answer 3"], onRecording: (recording) => order.push(recording.scenario) });
  expect(order).toEqual(["answer 1", "answer 3", "throw"]);
});

test("a server whose first POST is never answered is silent; a client that does nothing is graded", async () => {
  const { recordings, dead } = await play([scenario("never"), scenario("answer"), scenario("", "client")]);
  expect(dead).toMatchObject({ server: { kind: "silent" } });
  expect([...recordings.keys()]).toEqual([""]);
});

test("a subject that the clock does not reach is not graded, however late that shows", async () => {
  const { dead } = await play([scenario("answer"), scenario("clock"), scenario("answer 2")]);
  expect(dead).toMatchObject({ server: { kind: "clock" } });
});

test("the parent ends a child that falls silent", async () => {
  const { dead } = await play([scenario("hang")], { realMs: 100 });
  expect(dead.server).toMatchObject({ kind: "clock", message: expect.stringContaining("was not done") });
});

test("while runs share, a clean child goes on with the next one", async () => {
  const [one, two] = await withSharedChildren(async () => [
    await play([scenario("answer")]),
    await play([scenario("answer")]),
  ]);
  expect(childOf(two?.all[0])).toEqual([childOf(one?.all[0])[0], "2"]);
});

test("a spare is taken, and no child plays for two runs", async () => {
  await keepSpares(1);
  const one = await play([scenario("answer")]);
  const two = await play([scenario("answer")]);
  expect(childOf(one.all[0])[1]).toBe("1");
  expect(childOf(two.all[0])[1]).toBe("1");
  expect(childOf(two.all[0])[0]).not.toBe(childOf(one.all[0])[0]);
});

test("an aborted run ends its child and rejects with the reason", async () => {
  const controller = new AbortController();
  const reason = new Error("a newer save");
  setTimeout(() => controller.abort(reason), 150);
  const options = {
    scenarios: [scenario("hang")],
    first: new Set<string>(),
    sides: { server: compiled("server") },
    world,
  };
  const playing = playScenarios({
    ...options,
    limits: { loopMs: 1_000, realMs: 5_000, memoryMb: 400 },
    signal: controller.signal,
  });
  await expect(playing).rejects.toBe(reason);
});
