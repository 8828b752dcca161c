/** What the type checker says about the learner's files. Advice only: no verdict depends on types. */
import { execFile } from "node:child_process";
import { constants, setPriority } from "node:os";
import path from "node:path";
import { root } from "../root.ts";

/** A remark of the type checker. */
export interface TypeRemark {
  /** From the workbook's folder, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Runs `tsc -p exercises --noEmit` and keeps its remarks on one exercise.
 * @returns null if the checker could not run, or was stopped by the signal
 */
export async function typeRemarks(slug: string, signal?: AbortSignal): Promise<TypeRemark[] | null> {
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", "exercises", "--noEmit", "--pretty", "false"];
  return await new Promise((resolve) => {
    const checker = execFile(process.execPath, args, { cwd: root, signal, maxBuffer: 8 << 20 }, (error, stdout) => {
      // tsc exits with 1 or 2 when it has remarks.
      const ran = error === null || error.code === 1 || error.code === 2;
      resolve(ran ? remarksIn(stdout).filter((remark) => remark.file.startsWith(`exercises/${slug}/`)) : null);
    });
    lowerPriority(checker.pid);
  });
}

/** tsc may use every core. The children that warm up for the next save go first. */
function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    // tsc has ended already, or the system does not allow it: then the next save may be graded a little later.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_SYSTEM_ERROR")) throw error;
  }
}

/** Reads lines such as `exercises/03-polling/server.ts(9,5): error TS2345: …`. Indented lines explain the one before and are skipped. */
export function remarksIn(stdout: string): TypeRemark[] {
  const remarks: TypeRemark[] = [];
  for (const line of stdout.split(/\r?\n/)) {
    const found = /^(.+?)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line);
    if (!found) continue;
    const [, file = "", at = "", message = ""] = found;
    remarks.push({ file: file.replaceAll("\\", "/"), line: Number(at), message });
  }
  return remarks;
}
