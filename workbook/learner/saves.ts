/** Tells when a file was saved, whichever way the editor saves, and within a few ms. Knows nothing of the screen. */
import { mkdtempSync, mkdirSync, rmSync, watch, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../root.ts";
import { foldersIn, snapshot } from "./snapshot.ts";

/** The part of fs.watch that is used: calls `changed` whenever something happened in a folder. */
export type WatchFolder = (folder: string, changed: () => void, failed: () => void) => { close(): void };

export interface WatchOptions {
  /** The folder whose files are waited for, with its subfolders. It need not be there yet. */
  readonly folder: string;
  /** Folders in which a save is a mistake, such as lessons/03-polling. */
  readonly elsewhere?: readonly string[];
  /** These files of `folder` have other bytes than before, or are new or gone. */
  readonly onSaved: (files: readonly string[]) => void;
  /** A file of `elsewhere` has other bytes than before. */
  readonly onElsewhere?: (file: string) => void;
  /** A folder that may be written, in which to try whether events come. Default .workbook. */
  readonly scratch?: string;
  /** Between two looks where no events come, ms. Default 200. */
  readonly pollMs?: number;
  /** How long the probe's event may take, ms. Default 500. */
  readonly probeMs?: number;
  readonly watchFolder?: WatchFolder;
}

export interface Watching {
  /** How saves are noticed; known once the probe's event came, or did not. */
  readonly how: Promise<"events" | "polling">;
  close(): void;
}

/** An emptied or missing file is looked at again after these ms, one after the other, before it is believed. */
const hollowAgainMs = [10, 20, 40, 80, 160];
/** After a save, further looks, ms: an event may come before the last bytes. */
const settleMs = [30, 150];
/** Between two looks where events come all the same, ms: a folder may have been replaced. */
const safetyMs = 2000;

/** Starts to watch. The files as they are now are no save. */
export function watchFiles(options: WatchOptions): Watching {
  const watchFolder = options.watchFolder ?? watchByNode;
  const places = [
    placeOf(options.folder, options.onSaved, watchFolder),
    ...(options.elsewhere ?? []).map((folder) =>
      placeOf(folder, ([file = folder]) => options.onElsewhere?.(file), watchFolder),
    ),
  ];
  const look = () => places.forEach((place) => place.look());
  let timer = setInterval(look, safetyMs);
  let closed = false;
  const how = eventsCome(options.scratch ?? path.join(root, ".workbook"), watchFolder, options.probeMs ?? 500).then(
    (come) => {
      if (come && places.every((place) => !place.deaf())) return "events" as const;
      clearInterval(timer);
      if (!closed) timer = setInterval(look, options.pollMs ?? 200);
      return "polling" as const;
    },
  );
  return {
    how,
    close() {
      closed = true;
      clearInterval(timer);
      places.forEach((place) => place.close());
    },
  };
}

interface Place {
  look(): void;
  /** True if the folder is there and cannot be watched. */
  deaf(): boolean;
  close(): void;
}

function placeOf(folder: string, saved: (files: readonly string[]) => void, watchFolder: WatchFolder): Place {
  let last = snapshot(folder);
  let tries = 0;
  let failed = false;
  const watchers = new Map<string, { ino: number; watcher: { close(): void } }>();
  const timers = new Set<NodeJS.Timeout>();

  const later = (ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      look();
    }, ms);
    timers.add(timer);
  };
  const look = () => {
    arm();
    const now = snapshot(folder);
    const files = differing(last, now);
    if (files.length === 0) {
      tries = 0;
      return;
    }
    const again = hollowAgainMs[tries];
    if (isHollow(last, now) && again !== undefined) {
      tries++;
      later(again);
      return;
    }
    tries = 0;
    last = now;
    settleMs.forEach(later);
    saved(files);
  };
  const arm = () => {
    const there = new Map(foldersIn(folder).map((each) => [each.folder, each.ino]));
    for (const [name, each] of watchers) {
      if (there.get(name) === each.ino) continue;
      each.watcher.close();
      watchers.delete(name);
    }
    for (const [name, ino] of there) {
      if (watchers.has(name)) continue;
      try {
        watchers.set(name, { ino, watcher: watchFolder(name, look, () => (failed = true)) });
      } catch {
        failed = true; // Said by `deaf`: then it is polled.
      }
    }
  };
  arm();
  return {
    look,
    deaf: () => failed,
    close() {
      timers.forEach(clearTimeout);
      watchers.forEach((each) => each.watcher.close());
    },
  };
}

function differing(before: Map<string, string>, now: Map<string, string>): string[] {
  return [...new Set([...now.keys(), ...before.keys()])].filter((file) => before.get(file) !== now.get(file));
}

/** A file that had text has none now: the editor is most likely in the middle of a save. */
function isHollow(before: Map<string, string>, now: Map<string, string>): boolean {
  return [...before].some(([file, text]) => text.trim() !== "" && (now.get(file) ?? "").trim() === "");
}

const watchByNode: WatchFolder = (folder, changed, failed) => {
  const watcher = watch(folder, changed);
  watcher.on("error", failed);
  return watcher;
};

/** Writes a file and tells whether its event came; some network folders and containers send none. */
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
      const told = (came: boolean) => {
        clearTimeout(timer);
        resolve(came);
      };
      watcher = watchFolder(
        probe,
        () => told(true),
        () => told(false),
      );
      writeFileSync(path.join(probe, "probe"), "x");
    });
  } catch {
    return false; // No right to write, or no watcher left: polling is right then.
  } finally {
    watcher?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
