/** What the type checker says about the learner's files. Advice only: types decide no verdict. */
import { execFile } from "node:child_process";
import { constants, setPriority } from "node:os";
import path from "node:path";
import { root } from "../root.ts";

export interface TypeRemark {
  /** As from the project's root, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Runs `tsc -p exercises --noEmit` and keeps what it says about one exercise.
 * @returns null if the checker could not be run, or was stopped by the signal.
 */
export async function typeRemarks(slug: string, signal?: AbortSignal): Promise<TypeRemark[] | null> {
  const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", "exercises", "--noEmit", "--pretty", "false"];
  return await new Promise((resolve) => {
    const checker = execFile(process.execPath, args, { cwd: root, signal, maxBuffer: 8 << 20 }, (error, stdout) => {
      // 1 and 2 are its codes for "there are remarks"; anything else is no answer.
      const ran = error === null || error.code === 1 || error.code === 2;
      resolve(ran ? remarksIn(stdout).filter((remark) => remark.file.startsWith(`exercises/${slug}/`)) : null);
    });
    stepBack(checker.pid);
  });
}

/** It may use every core, while children warm up for the next save: they come first. */
function stepBack(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    // It is over already, or the system does not let us: then it only takes longer until the next save is fast.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_SYSTEM_ERROR")) throw error;
  }
}

/** Reads lines such as `exercises/03-polling/server.ts(9,5): error TS2345: …`; indented lines only explain the one before. */
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
