/** File events of the system, and whether they arrive in this folder at all. */
import { mkdirSync, mkdtempSync, rmSync, watch, writeFileSync } from "node:fs";
import path from "node:path";

/** The part of fs.watch that is used: calls `changed` when something happens in a folder, `failed` when it can't watch it. */
export type WatchFolder = (folder: string, changed: () => void, failed: () => void) => { close(): void };

export const watchByNode: WatchFolder = (folder, changed, failed) => {
  const watcher = watch(folder, changed);
  watcher.on("error", failed);
  return watcher;
};

/**
 * Writes a file and waits for its event. Some network folders and containers send none.
 * @param scratch a folder that may be written; it is made when it does not exist
 * @param withinMs how long the event may take
 * @returns false also when the folder cannot be written or watched
 */
export async function eventsCome(
  scratch: string,
  watchFolder: WatchFolder = watchByNode,
  withinMs = 500,
): Promise<boolean> {
  let folder: string | undefined;
  let watcher: { close(): void } | undefined;
  try {
    mkdirSync(scratch, { recursive: true });
    const probe = (folder = mkdtempSync(path.join(scratch, "probe-")));
    return await new Promise<boolean>((resolve) => {
      const timer = setTimeout(resolve, withinMs, false);
      const answer = (came: boolean) => {
        clearTimeout(timer);
        resolve(came);
      };
      watcher = watchFolder(
        probe,
        () => answer(true),
        () => answer(false),
      );
      writeFileSync(path.join(probe, "probe"), "x");
    });
  } catch {
    return false; // No right to write, or no watcher left.
  } finally {
    watcher?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
