import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { watchFiles, type Watching, type WatchOptions } from "../../workbook/learner/saves.ts";
import { eventsCome } from "../../workbook/learner/file-events.ts";

let base: string;
let folder: string;
let watching: Watching | undefined;

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), "watch-"));
  folder = path.join(base, "exercise");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "server.ts"), "first");
});

afterEach(() => {
  watching?.close();
  rmSync(base, { recursive: true, force: true });
});

function start(more: Partial<WatchOptions> = {}) {
  const saves: { file: string; at: number }[] = [];
  watching = watchFiles({
    folder,
    scratch: path.join(base, "scratch"),
    onSaved: () => saves.push({ file: folder, at: performance.now() }),
    ...more,
  });
  return { saves, watching };
}

async function until(what: () => boolean, withinMs = 2000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!what() && performance.now() < end) await wait(2);
  expect(what()).toBe(true);
}

test("a plain save is told within 5 ms of its event, and once", async () => {
  const { saves, watching } = start();
  expect(await watching.how).toBe("events");
  const at = performance.now();
  writeFileSync(path.join(folder, "server.ts"), "second");
  await until(() => saves.length > 0);
  expect(saves[0]!.at - at).toBeLessThan(50);
  await wait(250);
  expect(saves).toHaveLength(1);
});

test("a save by rename is told, as vim and JetBrains do it, twice in a row", async () => {
  const { saves, watching } = start();
  await watching.how;
  for (const [n, text] of ["second", "third"].entries()) {
    writeFileSync(path.join(folder, "server.ts~"), text);
    renameSync(path.join(folder, "server.ts~"), path.join(folder, "server.ts"));
    await until(() => saves.length === n + 1);
    await wait(200);
  }
  expect(saves).toHaveLength(2);
});

test("a file that is emptied first and written 100 ms later is one save", async () => {
  const { saves, watching } = start();
  await watching.how;
  const file = openSync(path.join(folder, "server.ts"), "w");
  await wait(100);
  expect(saves).toHaveLength(0);
  writeSync(file, "second");
  closeSync(file);
  await until(() => saves.length === 1);
});

test("a file that stays empty is told in the end", async () => {
  const { saves, watching } = start();
  await watching.how;
  writeFileSync(path.join(folder, "server.ts"), "");
  await until(() => saves.length === 1);
});

test("the same bytes saved again are no save", async () => {
  const { saves, watching } = start();
  await watching.how;
  writeFileSync(path.join(folder, "server.ts"), "first");
  await wait(250);
  expect(saves).toHaveLength(0);
});

test("a helper file in a new subfolder counts too", async () => {
  const { saves, watching } = start();
  await watching.how;
  mkdirSync(path.join(folder, "lib"));
  await wait(50);
  writeFileSync(path.join(folder, "lib", "store.ts"), "export {}");
  await until(() => saves.length === 1);
});

test("where no event comes it says polling, and sees a save all the same", async () => {
  const { saves, watching } = start({ watchFolder: () => ({ close() {} }), probeMs: 20, pollMs: 20 });
  expect(await watching.how).toBe("polling");
  writeFileSync(path.join(folder, "server.ts"), "second");
  await until(() => saves.length === 1);
});

test("a folder that is deleted and made again is still watched", async () => {
  const { saves, watching } = start();
  await watching.how;
  rmSync(folder, { recursive: true });
  await until(() => saves.length === 1);
  mkdirSync(folder);
  writeFileSync(path.join(folder, "server.ts"), "second");
  await until(() => saves.length === 2, 4000);
});

test("a save in the starter's folder is told as elsewhere, with its path", async () => {
  const lessons = path.join(base, "lessons");
  mkdirSync(lessons);
  writeFileSync(path.join(lessons, "server.ts"), "starter");
  const strays: string[] = [];
  const { saves, watching } = start({ elsewhere: [lessons], onElsewhere: (file) => strays.push(file) });
  await watching.how;
  writeFileSync(path.join(lessons, "server.ts"), "edited by mistake");
  await until(() => strays.length === 1);
  expect(strays).toEqual([path.join(lessons, "server.ts")]);
  expect(saves).toHaveLength(0);
});

test("a watcher that cannot be had means polling, with nothing left behind", async () => {
  const scratch = path.join(base, "scratch");
  const none = () => {
    throw new Error("ENOSPC: no watcher left");
  };
  expect(await eventsCome(scratch, none, 20)).toBe(false);
  expect(readdirSync(scratch)).toEqual([]);
});
