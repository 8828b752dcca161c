/** A process is killed with everything that it started, however it was started. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { leadsGroup, newProcessTree } from "../../workbook/run/process-tree.ts";
import { isRunning } from "./running.ts";

/** Starts a process that starts another one, detached, and prints its pid. */
async function startPair(environment: Readonly<Record<string, string>>) {
  const script = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const root = spawn(process.execPath, ["-e", script], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
    detached: leadsGroup,
  });
  const [chunk] = (await once(root.stdout, "data")) as [Buffer];
  return { root, pid: root.pid ?? 0, startedPid: Number(chunk.toString()) };
}

test("a reported pid is killed with the root, where the system shows no environments too", async () => {
  let root: Awaited<ReturnType<typeof startPair>> | undefined;
  const tree = newProcessTree(() => root?.root ?? expect.unreachable());
  root = await startPair({});
  tree.add(root.startedPid);
  tree.end();
  await expect.poll(() => [root?.pid, root?.startedPid].some((pid) => isRunning(pid ?? 0))).toBe(false);
});

test.runIf(process.platform === "linux")("an outer tree finds what an inner one started, by its mark", async () => {
  let root: Awaited<ReturnType<typeof startPair>> | undefined;
  const outer = newProcessTree(() => root?.root ?? expect.unreachable());
  const before = process.env["ACCEPTED_CHILD"];
  Object.assign(process.env, outer.environment);
  const inner = newProcessTree(() => root?.root ?? expect.unreachable());
  if (before === undefined) delete process.env["ACCEPTED_CHILD"];
  else process.env["ACCEPTED_CHILD"] = before;
  root = await startPair(inner.environment);
  outer.add(null);
  outer.end();
  await expect.poll(() => [root?.pid, root?.startedPid].some((pid) => isRunning(pid ?? 0))).toBe(false);
});

test("a root that could not be started has nothing to kill", async () => {
  const root = spawn("no-such-program-anywhere", { detached: leadsGroup });
  const tree = newProcessTree(() => root);
  tree.add(null);
  await once(root, "error");
  expect(() => tree.end()).not.toThrow();
});
