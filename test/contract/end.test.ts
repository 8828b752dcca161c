import { expect, test } from "vitest";
import { judge } from "../../workbook/contract/judge/judge.ts";
import type { Clause } from "../../workbook/contract/model/clause.ts";
import { endOf } from "../../workbook/contract/model/end.ts";
import type { Event, Problem, Recording } from "../../workbook/contract/model/recording.ts";
import type { ClientScenario } from "../../workbook/contract/model/scenario.ts";
import { world } from "../world.ts";

const problem: Problem = { kind: "exit", side: "server", message: "it ended", file: "s.ts", line: 7, column: 1 };
const started: Event = { is: "started", atMs: 0, pid: 1 };
const killed: Event = { is: "killed", atMs: 5, signal: "SIGKILL" };
const ended: Event = { is: "ended", atMs: 6, problem };
const printed: Event = { is: "printed", atMs: 9, from: "server", text: "bye" };

function recording(...events: Event[]): Recording {
  return { scenario: "S1", side: "server", clock: "real", events, lastedMs: 10 };
}

test("a recording ends with a problem unless the process was started again after it", () => {
  expect(endOf(recording(started))).toBeNull();
  expect(endOf(recording(started, killed, ended))).toBe(ended);
  expect(endOf(recording(started, ended, printed))).toBe(ended);
  expect(endOf(recording(started, killed, ended, started))).toBeNull();
  expect(endOf(recording(ended, started, { ...ended, atMs: 8 }))?.atMs).toBe(8);
});

test("the judge names the last end, and where it stands among the events", () => {
  const words = { sentence: "-", why: "-", source: "-", decided: "-", hints: ["-"] };
  const clause: Clause = {
    ...words,
    id: "lives",
    side: "server",
    level: "must",
    needs: [],
    yieldsTo: [],
    scenarios: ["S1"],
    check: () => ({ is: "missing", scenario: "S1" }),
  };
  const last: Event = { ...ended, atMs: 8, problem: { ...problem, message: "it ended again" } };
  const recordings = new Map([["S1", recording(ended, started, last, printed)]]);
  const [verdict] = judge({ clauses: [clause], graded: ["lives"], sides: ["server"], recordings, world });
  expect(verdict).toMatchObject({ verdict: "fail", seen: "it ended again", atMs: 8, mark: { event: 2 } });
});

test("a client scenario has no server to send to", () => {
  const scenario: ClientScenario = {
    name: "wrong",
    side: "client",
    about: "",
    // @ts-expect-error -- a client's bench only runs the client
    play: async (bench) => void (await bench.send({ label: "get", method: "GET", url: "/" })),
  };
  expect(scenario.side).toBe("client");
});
