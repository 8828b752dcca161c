/** A process is killed with everything that it started, however it was started. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { leadsGroup, newProcessTree } from "../../workbook/run/process-tree.ts";
import { isRunning } from "./running.ts";

/** Starts a process that starts another one, detached, and prints its pid. */
async function startPair(environment: Readonly<Record<string, string>>) {
  const script = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", script], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
    detached: leadsGroup,
  });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return { child, pid: child.pid ?? 0, startedPid: Number(chunk.toString()) };
}

/** A tree whose root is yet to be started. */
function newTree() {
  const root: { child?: ChildProcess } = {};
  return { root, tree: newProcessTree(() => root.child ?? expect.unreachable("not started yet")) };
}

test("a reported pid is killed with the root, also where the mark can't be seen", async () => {
  const { root, tree } = newTree();
  const { child, pid, startedPid } = await startPair({});
  root.child = child;
  tree.add(startedPid);
  tree.end();
  await expect.poll(() => [pid, startedPid].some(isRunning)).toBe(false);
});

test.runIf(process.platform === "linux")("an outer tree finds what an inner one started, by its mark", async () => {
  const outer = newTree();
  vi.stubEnv("ACCEPTED_CHILD", outer.tree.environment["ACCEPTED_CHILD"]);
  const inner = newTree();
  vi.unstubAllEnvs();
  const { child, pid, startedPid } = await startPair(inner.tree.environment);
  outer.root.child = child;
  outer.tree.add(null);
  outer.tree.end();
  await expect.poll(() => [pid, startedPid].some(isRunning)).toBe(false);
});

test("a root that could not be started has nothing to kill", async () => {
  const root = spawn("no-such-program-anywhere", { detached: leadsGroup });
  const tree = newProcessTree(() => root);
  tree.add(null);
  await once(root, "error");
  expect(() => tree.end()).not.toThrow();
});
