/**
 * Ends a process together with everything that it started.
 *
 * - On POSIX systems the process leads a group, which is killed as a whole. What left the group (setsid, a detached
 *   child) is killed by its pid where that was reported.
 * - On Linux it is also found by a mark in its environment, which every descendant inherits.
 * - On Windows taskkill ends the tree.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessTree {
  /** Goes into the environment of the root process. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The root started a process, and it may outlive its group. Without such a report `end` saves itself the search for
   * marks (1 ms per 100 processes on the machine).
   * @param pid null where it isn't known
   */
  add(pid: number | null): void;
  /** Kills the root and its descendants. Can be called again: later calls find what the earlier ones missed. */
  end(): void;
}

const isWindows = process.platform === "win32";
const variable = "ACCEPTED_CHILD";
/** A process may start another one while it is being killed, so the search is repeated. */
const maxSearches = 3;

/** For `detached` of spawn: the root leads a group of its own. On Windows that would only open a window. */
export const leadsGroup = !isWindows;

/** @param root gives the root process, which is spawned later: with `environment`, and with `detached: leadsGroup` */
export function newProcessTree(root: () => ChildProcess): ProcessTree {
  const mark = randomBytes(12).toString("hex");
  const started = new Set<number>();
  let hasStarted = false;
  return {
    environment: { [variable]: [...marksIn(process.env[variable]), mark].join(" ") },
    add(pid) {
      hasStarted = true;
      // -1 would name every process of this user, not a group.
      if (pid !== null && pid > 1) started.add(pid);
    },
    end() {
      const { pid } = root();
      if (pid === undefined) return;
      if (!isWindows) kill(-pid);
      else if (hasStarted) taskkill(root());
      else root().kill("SIGKILL");
      if (!hasStarted) return;
      for (const each of started) {
        kill(each);
        if (leadsGroup) kill(-each);
      }
      started.clear();
      for (let search = 0; search < maxSearches; search++) {
        const found = marked(mark);
        found.forEach(kill);
        if (found.length === 0) return;
      }
    },
  };
}

/** @param pid below 0: a whole group */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // ESRCH: it has ended. EPERM: macOS says so of a group whose last process is just ending.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

function taskkill(root: ChildProcess): void {
  const running = spawn("taskkill", ["/pid", String(root.pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
  running.once("error", () => root.kill("SIGKILL"));
}

/** Pids of the processes that carry the mark. Only Linux shows environments; elsewhere there are none. */
function marked(mark: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) && carries(name, mark) ? [Number(name)] : []));
}

function carries(pid: string, mark: string): boolean {
  try {
    const settings = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
    return settings.some((each) => each.startsWith(`${variable}=`) && marksIn(each).includes(mark));
  } catch {
    return false; // It has ended, or belongs to another user.
  }
}

/** A tree that starts inside another one carries the marks of both. */
function marksIn(setting = ""): string[] {
  return setting
    .slice(setting.indexOf("=") + 1)
    .split(" ")
    .filter(Boolean);
}
