/** Grades a model client by the client clauses, without a runner. */
import { expect } from "vitest";
import { client } from "../../workbook/contract/clauses/client/all.ts";
import type { Verdict } from "../../workbook/contract/model/clause.ts";
import type { Recording } from "../../workbook/contract/model/recording.ts";
import type { World } from "../../workbook/contract/model/world.ts";
import { judge } from "../../workbook/contract/judge/judge.ts";
import { clientScenarios } from "../../workbook/contract/scenarios/client/all.ts";
import type { ModelClient } from "./client-bench.ts";
import { playOn } from "./client-bench.ts";
import type { Habits } from "./client-model.ts";
import { clientWith, toldMs } from "./client-model.ts";

const all = client.map((clause) => clause.id);

/** @param spoil changes a recording before it is judged */
export async function verdictsOn(
  subject: ModelClient,
  graded: readonly string[] = all,
  spoil: (recording: Recording) => Recording = (recording) => recording,
): Promise<Verdict[]> {
  const world: World = {
    clock: "virtual",
    seed: 7,
    books: [],
    graded: [...graded, "choose.fast"],
    privatePaths: [],
    origin: "",
  };
  const needed = new Set(client.filter(({ id }) => graded.includes(id)).flatMap(({ scenarios }) => scenarios));
  const played = clientScenarios.filter(({ name }) => needed.has(name));
  const recordings = new Map(
    await Promise.all(played.map(async (one) => [one.name, spoil(await playOn(subject, one, world))] as const)),
  );
  return judge({ graded, sides: ["client"], recordings, world, clauses: client });
}

/** The clauses that fail; checks that each one not reached names one of them. */
export function failed(verdicts: readonly Verdict[]): string[] {
  for (const verdict of verdicts) {
    const root = verdicts.find(({ clause }) => clause === verdict.blockedBy);
    if (verdict.verdict === "not-reached") expect(root?.verdict, verdict.clause).toBe("fail");
  }
  return verdicts.filter(({ verdict }) => verdict === "fail").map(({ clause }) => clause);
}

export async function failing(spoilt: Partial<Habits>, graded: readonly string[] = all): Promise<string[]> {
  return failed(await verdictsOn(clientWith(spoilt), graded));
}

/** A client whose wait is a function of Retry-After (2 s without it) and of the number of the poll. */
export function waiting(ms: (told: number, n: number) => number): Partial<Habits> {
  return { waitMs: (answer, io, { n }) => ms(toldMs(answer, io) ?? 2_000, n) };
}
