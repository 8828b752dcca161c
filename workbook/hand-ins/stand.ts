/**
 * The place of one lane's rooms. Each room is a fresh copy, and all are at one path: so a workbook that was compiled
 * once, before any hand-in was there, serves all of them. Compiling it anew costs as much as grading a step or two.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../root.ts";
import { copyWorkbook } from "./copy.ts";
import { furnish, type Room } from "./room.ts";
import { rowsWord } from "./rows.ts";

export interface Stand {
  /**
   * A new empty folder for a room, and the workbook to copy there with what it has compiled. Null while the last room
   * is still there. @throws the system's error
   */
  take(): { readonly folder: string; readonly workbook: string } | null;
  /** @throws the system's error */
  remove(): void;
}

/** Nobody waits longer for what only saves time, ms. */
const compileMs = 60_000;

/** @returns undefined where it cannot be made: each room then is somewhere, and compiles for itself */
export async function openStand(signal: AbortSignal): Promise<Stand | undefined> {
  let folder: string | undefined;
  const remove = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    folder = mkdtempSync(path.join(tmpdir(), "accepted-hand-ins-"));
    const room = path.join(folder, "room");
    const workbook = path.join(folder, "workbook");
    mkdirSync(room);
    copyWorkbook(root, room, false);
    await compile(room, furnish(room), signal);
    renameSync(room, workbook);
    return {
      take() {
        if (existsSync(room)) return null;
        mkdirSync(room);
        return { folder: room, workbook };
      },
      remove,
    };
  } catch {
    // The rooms' own errors say what is wrong, if it stands in their way too.
    remove();
    return undefined;
  }
}

/** Resolves when it has ended, well or not. */
function compile(folder: string, env: Room["env"], signal: AbortSignal): Promise<void> {
  const main = path.join(folder, "workbook", "main.js");
  const running = spawn(process.execPath, [main, "grade", rowsWord], {
    cwd: folder,
    env,
    // It ends with this process, since its standard input does.
    stdio: ["pipe", "ignore", "ignore"],
    timeout: compileMs,
    killSignal: "SIGKILL",
    signal,
    windowsHide: true,
  });
  return new Promise((resolve) => {
    running.once("error", () => resolve());
    running.once("close", () => resolve());
  });
}
