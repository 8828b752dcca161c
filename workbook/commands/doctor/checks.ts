/** The checks of the doctor, a function each. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { transform } from "esbuild";
import { lessons } from "../../content/catalogue.ts";
import { places } from "../../content/places.ts";
import { solutionOf } from "../../grade/ahead.ts";
import { eventsCome } from "../../learner/file-events.ts";
import { grade } from "../../grade/grade.ts";
import { two } from "../../report/text.ts";
import { root } from "../../root.ts";

export interface Finding {
  readonly well: boolean;
  readonly seen: string;
  /** What to do; shown only if the check fails. */
  readonly remedy: string;
}

/** In the order in which they are shown. A check that rejects has failed. */
export const checks: Readonly<Record<string, () => Promise<Finding>>> = { node, esbuild, write, watch, ports, grading };

function node(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const well = major > 20 || (major === 20 && minor >= 19);
  return Promise.resolve({
    well,
    seen: `Node ${process.versions.node}`,
    remedy: "Install Node 20.19 or newer from https://nodejs.org",
  });
}

async function esbuild(): Promise<Finding> {
  const remedy = "Run npm ci again on this machine: esbuild is a program of its own for each system.";
  try {
    const { code } = await transform("const n: number = 1; export default n", { loader: "ts" });
    return { well: !code.includes(": number"), seen: "compiles TypeScript", remedy };
  } catch (error) {
    return { well: false, seen: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error), remedy };
  }
}

function write(): Promise<Finding> {
  const folders = [".workbook", "exercises"];
  const closed = folders.filter((folder) => !canWrite(path.join(root, folder)));
  return Promise.resolve({
    well: closed.length === 0,
    seen: closed.length === 0 ? `${folders.join(" and ")} can be written` : `${closed.join(" and ")} cannot be written`,
    remedy: "Give yourself the right to write there, or clone the workbook into a folder of your own.",
  });
}

function canWrite(folder: string): boolean {
  const probe = path.join(folder, `probe-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, "");
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

/** Passes without file events too: the workbook polls then, and says so. */
async function watch(): Promise<Finding> {
  const come = await eventsCome(path.join(root, ".workbook"));
  const seen = come
    ? "saves are told at once"
    : "no word of saves comes from this folder: your files are looked at five times a second";
  return { well: true, seen, remedy: "" };
}

async function ports(): Promise<Finding> {
  const wanted = lessons().map((lesson) => 3000 + lesson.number);
  const free = await Promise.all(wanted.map(isFree));
  const taken = wanted.filter((_, i) => !free[i]);
  return {
    well: taken.length === 0,
    seen:
      taken.length === 0
        ? `${wanted[0]} to ${wanted.at(-1)} are free`
        : `${taken.join(", ")} taken (by npm run serve, perhaps)`,
    remedy: `Stop what listens there, or choose another port: PORT=4000 npm run serve ${(taken[0] ?? 3001) - 3000}`,
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

async function grading(): Promise<Finding> {
  const remedy = "Paste the block below into an issue.";
  const lesson = lessons().findLast((each) => existsSync(places(each.slug).solution("server.ts")));
  if (!lesson)
    return {
      well: false,
      seen: "there is no solution to grade",
      remedy: "Get a whole copy of the workbook with git pull.",
    };
  const run = await grade(lesson, solutionOf(lesson));
  const failed = run.verdicts.filter((verdict) => verdict.verdict === "fail").map((verdict) => verdict.clause);
  const what = `the solution of step ${two(lesson.number)}`;
  const notice = run.notice === null ? "" : `; ${run.notice}`;
  if (run.passed) return { well: true, seen: `${what} passes, in ${Math.round(run.elapsedMs)} ms${notice}`, remedy };
  return { well: false, seen: `${what} does not pass: ${run.problem?.message ?? failed.join(", ")}${notice}`, remedy };
}
