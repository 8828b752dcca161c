/** Notices within a few ms that a file was saved, however the editor saves. Polls where no file events arrive. */
import path from "node:path";
import { root } from "../root.ts";
import { eventsCome, watchByNode, type WatchFolder } from "./file-events.ts";
import { foldersIn, snapshot } from "./snapshot.ts";

export interface WatchOptions {
  /** The folder to watch, with its subfolders. It need not exist yet. */
  readonly folder: string;
  /** Folders in which a save is a mistake, such as lessons/03-polling. */
  readonly elsewhere?: readonly string[];
  /** Called with the files of `folder` that were changed, added or removed. */
  readonly onSaved: (files: readonly string[]) => void;
  /** Called with a file of `elsewhere` that was changed, added or removed. */
  readonly onElsewhere?: (file: string) => void;
  /** A folder that may be written, to try whether events arrive. Default .workbook. */
  readonly scratch?: string;
  /** Time between two looks where no events arrive, ms. Default 200. */
  readonly pollMs?: number;
  /** How long the event of the try may take, ms. Default 500. */
  readonly probeMs?: number;
  /** Default: fs.watch. */
  readonly watchFolder?: WatchFolder;
}

export interface Watching {
  /** How saves are noticed. Resolves after the try. */
  readonly how: Promise<"events" | "polling">;
  close(): void;
}

/** Waits before an emptied or missing file is looked at again, ms. After the last one it is believed. */
const emptyAgainMs = [10, 20, 40, 80, 160];
/** Looks after a save, ms: an event may arrive before the last bytes are written. */
const settleMs = [30, 150];
/** Time between two looks where events do arrive, ms: the folder may have been replaced. */
const safetyMs = 2000;

/** Starts to watch. The files that are there now do not count as saved. */
export function watchFiles(options: WatchOptions): Watching {
  const watchFolder = options.watchFolder ?? watchByNode;
  const watched = [
    watchOne(options.folder, options.onSaved, watchFolder),
    ...(options.elsewhere ?? []).map((folder) =>
      watchOne(folder, ([file = folder]) => options.onElsewhere?.(file), watchFolder),
    ),
  ];
  const look = () => watched.forEach((each) => each.look());
  let timer = setInterval(look, safetyMs);
  let closed = false;
  const scratch = options.scratch ?? path.join(root, ".workbook");
  const how = eventsCome(scratch, watchFolder, options.probeMs ?? 500).then((come) => {
    if (come && !watched.some((each) => each.failed())) return "events" as const;
    clearInterval(timer);
    if (!closed) timer = setInterval(look, options.pollMs ?? 200);
    return "polling" as const;
  });
  return {
    how,
    close() {
      closed = true;
      clearInterval(timer);
      watched.forEach((each) => each.close());
    },
  };
}

interface WatchedFolder {
  /** Compares the folder with the last look and reports what differs. */
  look(): void;
  /** True if a folder in it exists and cannot be watched. */
  failed(): boolean;
  close(): void;
}

function watchOne(folder: string, saved: (files: readonly string[]) => void, watchFolder: WatchFolder): WatchedFolder {
  let last = snapshot(folder);
  let tries = 0;
  let failed = false;
  const watchers = new Map<string, { ino: number; watcher: { close(): void } }>();
  const timers = new Set<NodeJS.Timeout>();

  const lookIn = (ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      look();
    }, ms);
    timers.add(timer);
  };
  const look = () => {
    updateWatchers();
    const now = snapshot(folder);
    const files = differing(last, now);
    if (files.length === 0) {
      tries = 0;
      return;
    }
    const again = emptyAgainMs[tries];
    if (hasEmptied(last, now) && again !== undefined) {
      tries++;
      lookIn(again);
      return;
    }
    tries = 0;
    last = now;
    settleMs.forEach(lookIn);
    saved(files);
  };
  /** One watcher for each subfolder. A folder with another inode was replaced and needs a new one. */
  const updateWatchers = () => {
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
        failed = true; // `how` answers "polling" then.
      }
    }
  };
  updateWatchers();
  return {
    look,
    failed: () => failed,
    close() {
      timers.forEach(clearTimeout);
      watchers.forEach((each) => each.watcher.close());
    },
  };
}

function differing(before: Map<string, string>, now: Map<string, string>): string[] {
  return [...new Set([...now.keys(), ...before.keys()])].filter((file) => before.get(file) !== now.get(file));
}

/** True if a file that had text has none now: the editor is most likely in the middle of a save. */
function hasEmptied(before: Map<string, string>, now: Map<string, string>): boolean {
  return [...before].some(([file, text]) => text.trim() !== "" && (now.get(file) ?? "").trim() === "");
}
