import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../workbook/root.ts";
import { mutantsWith, variantsWith } from "../subjects/mutants/chosen.ts";

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", path.join("test", "steady", "run.ts"), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

test("cases graded again, half of them under load and once more with each of three seeds, say the same", async () => {
  const steady = start("only-waiting", "--times", "2");
  const code = await steady.ended;
  expect(steady.stdout()).toBe("5 gradings of 1 case, 1 of them with every core loaded: no difference.\n");
  expect(steady.stderr()).toMatch(/^round 1 of 5: 1 of 1, about \d+ s left\nround 2 of 5, every core loaded: /);
  expect(code).toBe(0);
});

test.skipIf(process.platform === "win32")("interrupted by ctrl-c it ends with what it has", async () => {
  const word = "accept.prompt";
  const cases = mutantsWith(word).length + variantsWith(word).length;
  const steady = start(word);
  await expect.poll(steady.stderr, { timeout: 20_000 }).toMatch(/^round 2 of /m);
  steady.child.kill("SIGINT");
  expect(await steady.ended).toBe(130);
  expect(steady.stdout()).toMatch(
    new RegExp(`^\\d+ gradings of ${cases} cases, .*: no difference\\. Interrupted after \\d+ of 53 rounds\\.\n$`),
  );
});

test("a wrong call is refused in a sentence", async () => {
  const steady = start("--times", "often");
  expect(await steady.ended).toBe(2);
  expect(steady.stdout()).toBe('--times is "often": give it a whole number, such as --times 10\n');
});
