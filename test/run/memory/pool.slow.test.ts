import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("fixtures/hold.ts", import.meta.url));

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.concurrent.each(["SIGINT", "SIGTERM"] as const)(
  "after %s no child is left, and the workbook has ended by the signal",
  async (signal) => {
    const workbook = spawn(process.execPath, ["--import", "tsx", script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(workbook.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    expect(lives(pid)).toBe(true);
    workbook.kill(signal);
    expect(await once(workbook, "exit")).toEqual([null, signal]);
    await expect.poll(() => lives(pid), { timeout: 2_000 }).toBe(false);
  },
);
