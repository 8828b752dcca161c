/** The homes of a subject: the ways in which the workbook runs code that it grades. */
import path from "node:path";
import { build } from "esbuild";
import type { Side } from "../../workbook/contract/model/recording.ts";
import type { Run } from "../../workbook/contract/model/run.ts";
import { grade } from "../../workbook/grade/grade.ts";
import { gradeCase, sourceOf } from "../subjects/mutants/cases.ts";
import { lessonOf, type Stage } from "../run/http/start.ts";
import type { Subject } from "./subjects.ts";

/** A home in which subjects of one side run on the real clock. */
export interface Home {
  readonly name: string;
  readonly side: Side;
  /** Gets a subject ready to be graded. @returns starts the grading */
  prepare(subject: Subject, stage: Stage): Promise<() => Promise<Run>>;
}

/** Grades the file in a child, on the virtual clock: the home that the others are compared with. */
export function inMemory(subject: Subject): Promise<Run> {
  return gradeCase(subject);
}

/** A server in a process of its own, graded through its URL. */
const url: Home = {
  name: "a URL",
  side: "server",
  prepare: async (subject, stage) => {
    const origin = await stage.module(stage.file("server.ts", sourceOf(subject)));
    return () => grade(lessonOf(subject.exercise), { url: origin });
  },
};

/** A program around the client, graded through the command that starts it. */
const command: Home = {
  name: "a command",
  side: "client",
  prepare: async (subject, stage) => {
    const client = stage.file("client.ts", sourceOf(subject));
    const program = path.join(path.dirname(client), "program.mjs");
    // Bundled once, because a grading starts it up to twenty times.
    await build({
      stdin: { contents: programAround, resolveDir: path.dirname(client), loader: "ts" },
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
    });
    return () => grade(lessonOf(subject.exercise), { command: `node ${JSON.stringify(program)}` });
  },
};

const programAround = `
import { runReport } from "./client.ts";
const { BASE_URL = "", PARAMS = "{}" } = process.env;
try {
  console.log(JSON.stringify(await runReport(BASE_URL, JSON.parse(PARAMS))));
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
`;

export const homes: readonly Home[] = [url, command];
