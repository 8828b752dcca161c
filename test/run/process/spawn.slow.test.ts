/** The process of `npm run serve`: it ends when it is told to, with everything that it started. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../../workbook/root.ts";
import { startServer } from "../../../workbook/run/process/spawn.ts";
import { isRunning } from "../running.ts";

let folder: string;
beforeAll(() => {
  mkdirSync(path.join(root, ".workbook"), { recursive: true });
  folder = mkdtempSync(path.join(root, ".workbook", "spawn-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a server whose module begins with this text. @returns it once it listens */
async function listening(text: string) {
  const file = path.join(folder, "server.ts");
  writeFileSync(file, `${text}\nexport default { fetch: () => new Response("ok") };\n`);
  return await new Promise<ReturnType<typeof startServer>>((resolve, reject) => {
    const server = startServer({ file, port: 0 }, (message) => {
      if (message.is === "listening") resolve(server);
      else reject(new Error(message.why));
    });
  });
}

test("a server may shut down by itself", async () => {
  const note = path.join(folder, "note");
  const server = await listening(`
    import { writeFileSync } from "node:fs";
    process.on("SIGTERM", () => { writeFileSync(${JSON.stringify(note)}, "closed"); process.exit(7); });`);
  await server.stop();
  expect(await server.ended).toBe(process.platform === "win32" ? 1 : 7);
  if (process.platform !== "win32") expect(readFileSync(note, "utf8")).toBe("closed");
});

test.skipIf(process.platform === "win32")("one that ignores the signal is killed after a second", async () => {
  const server = await listening(`process.on("SIGTERM", () => {});`);
  const start = performance.now();
  await server.stop();
  expect(await server.ended).toBe(1);
  expect(performance.now() - start).toBeGreaterThan(900);
});

test.runIf(process.platform === "linux")("what it started in a group of its own is killed too", async () => {
  const note = path.join(folder, "pid");
  const server = await listening(`
    import { spawn } from "node:child_process";
    import { writeFileSync } from "node:fs";
    const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
    child.unref();
    writeFileSync(${JSON.stringify(note)}, String(child.pid));`);
  const pid = Number(readFileSync(note, "utf8"));
  expect(isRunning(pid)).toBe(true);
  await server.stop();
  await expect.poll(() => isRunning(pid)).toBe(false);
});
