import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { scenarios } from "../../../workbook/contract/scenarios/all.ts";
import type { Scenario } from "../../../workbook/contract/model/scenario.ts";
import { inspectScenario } from "../../../workbook/run/memory/inspect.ts";
import { closePool } from "../../../workbook/run/memory/pool.ts";
import { world } from "../../world.ts";
import { attach } from "./fixtures/inspector.ts";

const folder = mkdtempSync(path.join(tmpdir(), "inspect-"));
afterAll(() => {
  closePool();
  rmSync(folder, { recursive: true, force: true });
});

const text = `/** A client that stops where a debugger is. */
interface Options { timeoutMs?: number }
export async function runReport(baseUrl: string, params: object, options: Options = {}): Promise<unknown> {
  const before = Date.now();
  debugger;
  const after = Date.now();
  void [baseUrl, params, options];
  return { stoodStillMs: after - before };
}
`;

/** The first scenario of a client. */
function clientScenario(): Scenario {
  const found = [...scenarios.values()].find((scenario) => scenario.side === "client");
  if (!found) throw new Error("The contract has no client scenario.");
  return found;
}

test("while a debugger holds the code for a second, virtual time does not move, and lines are those of the file", async () => {
  const file = path.join(folder, "client.ts");
  writeFileSync(file, text);
  let listening: (address: string | null) => void = () => {};
  const address = new Promise<string | null>((resolve) => (listening = resolve));
  const playing = inspectScenario({ scenario: clientScenario(), file, world, onListening: (at) => listening(at) });

  const inspector = await attach((await address) ?? "");
  const maps: string[] = [];
  inspector.on("Debugger.scriptParsed", (script) => maps.push(...sourcesOf(script)));
  const atTop = inspector.once("Debugger.paused");
  await inspector.send("Runtime.enable");
  await inspector.send("Debugger.enable");
  await inspector.send("Runtime.runIfWaitingForDebugger");
  await atTop;
  const inCall = inspector.once("Debugger.paused");
  await inspector.send("Debugger.resume");
  const paused = (await inCall) as { callFrames: { functionName: string }[] };
  expect(paused.callFrames[0]?.functionName).toBe("runReport");
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  // Its answer may not come: the run ends, and with it the child.
  void inspector.send("Debugger.resume");

  const recording = await playing;
  inspector.close();
  if (!("events" in recording)) throw new Error(recording.message);
  expect(recording.events).toContainEqual(expect.objectContaining({ is: "resolved", json: `{"stoodStillMs":0}` }));
  expect(maps).toContain(pathToFileURL(file).href);
});

/** The sources that a script's own source map names; none for a script that is no learner's. */
function sourcesOf({ url, sourceMapURL }: { url?: string; sourceMapURL?: string }): string[] {
  if (!url?.startsWith("learner:")) return [];
  const map = Buffer.from(sourceMapURL?.split(",")[1] ?? "", "base64").toString();
  return (JSON.parse(map) as { sources: string[] }).sources;
}
