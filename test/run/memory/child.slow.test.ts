import { expect, test } from "vitest";
import { places } from "../../../workbook/content/places.ts";
import { scenarios } from "../../../workbook/contract/scenarios/all.ts";
import { compile } from "../../../workbook/run/memory/compile.ts";
import { newPlayRequest, type PlayerOptions } from "../../../workbook/run/memory/play-request.ts";
import { begin } from "../../../workbook/run/memory/pool.ts";
import { childProgram } from "../../../workbook/run/memory/program.ts";
import type { Scenario } from "../../../workbook/contract/model/scenario.ts";
import { world } from "../../world.ts";

const loopMs = 1_000;
const realMs = 10_000;
const scenario = scenarios.get("S1") as Scenario;

async function options(): Promise<PlayerOptions> {
  const server = await compile("server", places("06-cleaning-up").solution("server.ts"));
  if (!("is" in server)) throw new Error(server.message);
  return { sides: { server }, world, limits: { loopMs, realMs, memoryMb: 400 } };
}

test("a second pass right after the same request, on the same child, is played and does not hang", async () => {
  const child = begin(await childProgram("plain"));
  const asked = await options();
  await child.ready();
  for (let round = 0; round < 12; round++) {
    for (const trace of [false, true]) {
      const request = { ...newPlayRequest(scenario, round, realMs, asked), trace };
      expect((await child.play(request, realMs)).is).toBe("done");
    }
  }
  child.kill();
});

test("a request cuts a child's warm-up short: it has played sooner than one that warms up to the end", async () => {
  const program = await childProgram("warm");
  const asked = await options();
  const playedAfterMs = async (hurry: boolean) => {
    const startedAt = performance.now();
    const child = begin(program);
    if (hurry) await child.ready();
    expect((await child.play(newPlayRequest(scenario, 0, realMs, asked), Infinity)).is).toBe("done");
    child.kill();
    return performance.now() - startedAt;
  };
  const [hurried, patient]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    hurried.push(await playedAfterMs(true));
    patient.push(await playedAfterMs(false));
  }
  expect(Math.min(...hurried)).toBeLessThan(Math.min(...patient));
});
