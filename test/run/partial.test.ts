import { expect, test, vi } from "vitest";
import type { Recording } from "../../workbook/contract/types.ts";
import { closure, partially } from "../../workbook/run/partial.ts";
import { clauseOf } from "../../workbook/contract/clauses.ts";

function recording(scenario: string): Recording {
  return { scenario, side: "server", clock: "virtual", events: [], lastedMs: 0 };
}

/** The scenarios that the verdict on a clause rests on. */
function scenariosOf(id: string): string[] {
  return [...new Set([...closure([id])].flatMap((each) => clauseOf(each).scenarios))];
}

test("the clause that the reader waits for is judged as soon as all that it rests on has been played", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const judge = vi.fn();
  const wanted = scenariosOf("accept.prompt");
  const others = ["x", "y"];
  const tell = partially({
    graded: ["accept.prompt"],
    first: new Set(["accept.prompt"]),
    scenarios: [...wanted, ...others],
    known: new Map(),
    judge,
  });
  for (const name of wanted) {
    expect(judge).not.toHaveBeenCalled();
    tell(recording(name));
  }
  expect(judge).toHaveBeenCalledOnce();
  tell(recording("x"));
  tell(recording("y"));
  expect(judge, "nothing more is decided").toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test("what the last recording decides is left to the run itself", () => {
  const judge = vi.fn();
  const scenarios = scenariosOf("accept.prompt");
  const tell = partially({
    graded: ["accept.prompt"],
    first: new Set(["accept.prompt"]),
    scenarios,
    known: new Map(),
    judge,
  });
  for (const name of scenarios) tell(recording(name));
  expect(judge).not.toHaveBeenCalled();
});

test("what is decided before anything is played is shown with what is decided next, and is no reason to judge at once", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const judge = vi.fn();
  const decided = scenariosOf("accept.prompt");
  const tell = partially({
    graded: ["accept.prompt"],
    first: new Set(["accept.prompt"]),
    scenarios: [...decided, "x", "y", "z"],
    known: new Map(decided.map((name) => [name, recording(name)])),
    judge,
  });
  tell(recording("x"));
  expect(judge).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  tell(recording("y"));
  expect(judge).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
