import { expect, test, vi } from "vitest";
import type { Recording } from "../../workbook/contract/model/recording.ts";
import { judgeAsRecorded, scenariosOf } from "../../workbook/contract/judge/as-recorded.ts";

function recording(scenario: string): Recording {
  return { scenario, side: "server", clock: "virtual", events: [], lastedMs: 0 };
}

/** The scenarios that the verdict on accept.prompt rests on. */
const prompt = [...new Set(scenariosOf("accept.prompt"))];

test("the clause that the reader waits for is judged as soon as all that it rests on has been played", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const judge = vi.fn();
  const others = ["x", "y"];
  const tell = judgeAsRecorded({
    graded: ["accept.prompt"],
    first: new Set(["accept.prompt"]),
    scenarios: [...prompt, ...others],
    known: new Map(),
    nowMs: () => performance.now(),
    judge,
  });
  for (const name of prompt) {
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
  const tell = judgeAsRecorded({
    graded: ["accept.prompt"],
    first: new Set(["accept.prompt"]),
    scenarios: prompt,
    known: new Map(),
    nowMs: () => performance.now(),
    judge,
  });
  for (const name of prompt) tell(recording(name));
  expect(judge).not.toHaveBeenCalled();
});

test("what is decided before anything is played is shown with what is decided next, and is no reason to judge at once", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const judge = vi.fn();
  const tell = judgeAsRecorded({
    graded: ["accept.prompt"],
    first: new Set(["accept.prompt"]),
    scenarios: [...prompt, "x", "y", "z"],
    known: new Map(prompt.map((name) => [name, recording(name)])),
    nowMs: () => performance.now(),
    judge,
  });
  tell(recording("x"));
  expect(judge).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  tell(recording("y"));
  expect(judge).toHaveBeenCalledOnce();
  vi.useRealTimers();
});
