/** What a child leaves behind: the processes that a learner's code has started must not outlive the grading. */
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

/** A child and all that descends from it. */
export interface Family {
  /** For the child's environment; what descends from it inherits it. */
  readonly environment: Readonly<Record<string, string>>;
  /** A process of the child's is known; null: there may be some whose number is not known. */
  add(pid: number | null): void;
  /** Ends all of them, and not the child itself if that is asked for. */
  end(): void;
}

const variable = "ACCEPTED_CHILD";
/** One may start another while they are ended. */
const rounds = 3;

/** A child that leads a group of its own can be ended with the group; Windows has none. */
export const leadsGroup = process.platform !== "win32";

/** @param leader the child's pid, known later */
export function newFamily(leader: () => number | undefined): Family {
  const mark = randomBytes(12).toString("hex");
  const known = new Set<number>();
  let any = false;
  return {
    environment: { [variable]: mark },
    add(pid) {
      any = true;
      if (pid !== null && pid > 0) known.add(pid);
    },
    end() {
      const pid = leader();
      if (pid === undefined) return;
      if (leadsGroup) kill(-pid);
      if (!any) return;
      for (const each of known) {
        kill(each);
        if (leadsGroup) kill(-each);
      }
      known.clear();
      for (let round = 0; round < rounds; round++) {
        const found = marked(`${variable}=${mark}`);
        for (const each of found) kill(each);
        if (found.length === 0) return;
      }
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already, or there is no such group.
  }
}

/** Processes that carry the mark, however they were detached. Only Linux tells; elsewhere there are none. */
function marked(setting: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) && carries(name, setting) ? [Number(name)] : []));
}

function carries(pid: string, setting: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(setting);
  } catch {
    return false; // It has ended, or is another user's.
  }
}
