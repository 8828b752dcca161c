import { readFileSync } from "node:fs";

/** False for a process that has ended, also while its parent hasn't read its exit code yet (a zombie). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false; // There is no /proc on this system, or the process has just ended.
  }
}
