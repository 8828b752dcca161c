/** npm run client N key=value…: runs the learner's client against a real server, and prints every exchange. */
import { runClient } from "../run/process/spawn.ts";
import { compile } from "../run/memory/compile.ts";
import { ownFiles } from "../learner/exercises.ts";
import { two } from "../report/text.ts";
import { complain, exit, wrongCall } from "./command.ts";
import { lessonNamed } from "./lesson-named.ts";

export const help = `npm run client 3 genre=poetry                   your client of step 3 against npm run serve 3
npm run client 3 genre=poetry timeoutMs=2000    timeoutMs is an option, all else are parameters
BASE_URL=http://127.0.0.1:4000 npm run client 3 against another server`;

/** @returns 0 if the client resolved, 1 if it rejected, 3 if it could not be run */
export async function run(args: readonly string[]): Promise<number> {
  const [word, ...pairs] = args;
  if (word === undefined) throw wrongCall("Say which step's client: npm run client 3 genre=poetry");
  const lesson = lessonNamed(word);
  const file = ownFiles(lesson)["client.ts"];
  if (file === undefined) {
    throw wrongCall(
      `Your client of step ${two(lesson.number)} is not there yet: npm run lesson ${lesson.number} starts it.`,
    );
  }
  const call = callOf(pairs);
  const compiled = await compile("client", file);
  if ("kind" in compiled) {
    complain(`${compiled.message}\nMend it, then run the same line again.`);
    return exit.notRun;
  }
  const baseUrl = process.env["BASE_URL"] || `http://127.0.0.1:${3000 + lesson.number}`;
  const starts = `npm run serve ${lesson.number}`;
  return await runClient({ file, baseUrl, starts, ...call });
}

/** Reads `genre=poetry timeoutMs=2000`: parameters, and the one option. @throws a wrong call for any other form */
export function callOf(pairs: readonly string[]): { params: Record<string, string>; timeoutMs: number | null } {
  const params: Record<string, string> = {};
  let timeoutMs: number | null = null;
  for (const pair of pairs) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined) {
      throw wrongCall(`"${pair}" is no key=value. Put quotes around a value with a space: "genre=science fiction"`);
    }
    if (key !== "timeoutMs") params[key] = value;
    else if (/^\d+$/.test(value)) timeoutMs = Number(value);
    else throw wrongCall(`timeoutMs is "${value}": give it a whole number of milliseconds, such as timeoutMs=2000`);
  }
  return { params, timeoutMs };
}
