/** npm run steady grades every wrong and right implementation many times, and compares the results byte for byte. */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { keepCoresBusy } from "../../bench/machine.ts";
import { root } from "../../workbook/root.ts";
import { closePool, withSharedChildren } from "../../workbook/run/memory/pool.ts";
import { leftWords } from "./pace.ts";
import { newProgress } from "./progress.ts";
import { findingWords, headline, isSteady, page, timedWords, type Steady } from "./report.ts";
import { playRounds, roundsOf, type Standing } from "./rounds.ts";
import { placeSubjects, removeSubjects } from "./subjects.ts";
import { gradeTimed } from "./timed.ts";

const help = `npm run steady                   every mutant and variant, 50 times: takes the machine for most of an hour
npm run steady -- --times 10     ten times
npm run steady -- fail.          those whose clause or name contains the word; "variant" for all right ones
npm run steady -- --write        also writes test/subjects/mutants/STEADY.md
  exit codes                     0 no difference, 1 a difference, 2 wrong call, 130 interrupted`;

/** Every case is also graded once with each of these seeds. */
const seeds = [2, 3, 4];
/** How many times longer a full grading for ttl.gentle takes. */
const timedShare = 10;

interface Call {
  readonly word: string;
  readonly times: number;
  readonly write: boolean;
}

/** Reads the command line. @returns a sentence when it is wrong */
function readCall(args: string[]): Call | string {
  const options = { times: { type: "string" }, write: { type: "boolean" }, help: { type: "boolean" } } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [word = "", more] = positionals;
    const times = values.times ?? "50";
    if (values.help === true || word === "help") return help;
    if (more !== undefined) return `One word chooses the cases, and there are two: ${word} and ${more}.`;
    if (!/^[1-9]\d{0,3}$/.test(times)) return `--times is "${times}": give it a whole number, such as --times 10`;
    return { word, times: Number(times), write: values.write === true };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function steady({ word, times }: Call, signal: AbortSignal): Promise<Steady> {
  const from = performance.now();
  const cores = availableParallelism();
  const progress = newProgress(process.stderr);
  const subjects = placeSubjects(word);
  const rounds = roundsOf(times, seeds);
  const load = () => keepCoresBusy(cores);
  let differences = 0;
  const onStanding = ({ round, done, of, leftMs }: Standing) => {
    const { seed, loaded } = rounds[round] ?? { seed: 1, loaded: false };
    const how = loaded ? ", every core loaded" : seed === 1 ? "" : `, seed ${seed}`;
    const rest = [`${done} of ${of}`, ...(differences > 0 ? [`${differences} differ`] : []), leftWords(leftMs)];
    const words = `round ${round + 1} of ${rounds.length}${how}: ${rest.filter((each) => each !== "").join(", ")}`;
    if (done === of) progress.round(words);
    else progress.now(words);
  };
  try {
    return await withSharedChildren(async () => {
      const played = await playRounds(subjects, rounds, {
        lanes: cores,
        signal,
        load,
        onStanding,
        onFinding: (finding) => {
          differences += 1;
          progress.tell(findingWords(finding));
        },
      });
      const timed = await gradeTimed(subjects, {
        times: Math.ceil(times / timedShare),
        signal,
        load,
        onGraded: ({ key }, run) => progress.now(`ttl.gentle in real time: ${key}, run ${run}`),
      });
      return {
        date: new Date().toISOString().slice(0, 10),
        node: process.versions.node,
        system: process.platform,
        cores,
        minutes: Math.max(1, Math.round((performance.now() - from) / 60_000)),
        cases: subjects.length,
        word,
        times,
        seeds,
        played,
        timed,
        interrupted: signal.aborted,
      };
    });
  } finally {
    progress.end();
    closePool();
    removeSubjects(subjects);
  }
}

/** @returns the exit code */
async function main(args: string[]): Promise<number> {
  const call = readCall(args);
  if (typeof call === "string") {
    console.log(call);
    return call === help ? 0 : 2;
  }
  const stop = new AbortController();
  // These handlers stay to the end, because without one the pool would end the whole process at a signal.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());
  const found = await steady(call, stop.signal);
  for (const each of found.timed) console.log(`ttl.gentle, in real time: ${timedWords(each)}`);
  console.log(found.cases === 0 ? `No mutant and no variant contains the word "${call.word}".` : headline(found));
  if (call.write && found.cases > 0) writeFileSync(path.join(root, "test/subjects/mutants/STEADY.md"), page(found));
  if (found.interrupted) return 130;
  return isSteady(found) ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
