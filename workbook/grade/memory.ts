/** Grades files: compiles them, plays the scenarios in child processes on the virtual clock, and judges the recordings. */
import type { Lesson } from "../content/lesson.ts";
import { clauseOf } from "../contract/clauses/all.ts";
import { judgeAsRecorded, scenariosOf } from "../contract/judge/as-recorded.ts";
import { judge } from "../contract/judge/judge.ts";
import { endOf } from "../contract/model/end.ts";
import type { Problem, Recording, Side } from "../contract/model/recording.ts";
import type { Run } from "../contract/model/run.ts";
import { scenarios as catalogue, spansDays } from "../contract/scenarios/all.ts";
import type { Compiled, Sides } from "../run/memory/bundle.ts";
import { lanesOf } from "../run/memory/lanes.ts";
import type { Limits } from "../run/memory/play-request.ts";
import { playScenarios, type PlayOptions, type PlayResult } from "../run/memory/play-scenarios.ts";
import { makeReady } from "../run/memory/pool.ts";
import { newRecordingCache, type RecordingCache } from "../run/memory/recording-cache.ts";
import { borrowedNotice } from "./notices.ts";
import type { GradeOptions } from "./options.ts";
import { judgeOptionsOf, planOf, type Plan } from "./plan.ts";
import { runOf } from "./run.ts";
import { explainLeftovers } from "./second-pass.ts";
import type { FileSubject } from "./subject.ts";

const both = ["server", "client"] as const;

/** @throws as `grade` does */
export async function gradeFiles(lesson: Lesson, subject: FileSubject, options: GradeOptions): Promise<Run> {
  const startedAt = performance.now();
  const { cache = newRecordingCache(), lanes } = options;
  const compiling = compileSides(subject, cache);
  // Planned while the compiler works, and children start meanwhile too.
  const plan = planOf(lesson, subject, options);
  const first = new Set((options.first ?? []).flatMap(scenariosOf));
  makeReady(lanesOf(plan.scenarios, { first, ...(lanes && { most: lanes }) }).length);
  const { sides, problems } = await compiling;
  const playing: PlayOptions = {
    scenarios: plan.scenarios.filter(({ side }) => sides[side]),
    first,
    sides,
    world: plan.world,
    limits: limitsOf(lesson),
    known: recall(plan, sides, cache),
    ...(lanes && { lanes }),
    ...(options.signal && { signal: options.signal }),
  };
  const result = await play(plan, playing, options);
  if (result.notice === null) keep(plan, sides, result.recordings, cache);
  const dead = { ...problems, ...result.dead };
  const judged = judge({
    ...judgeOptionsOf(plan, result.recordings),
    sides: plan.sides.filter((side) => !dead[side]),
  });
  const notices = [result.notice, ...both.map((side) => borrowedNotice(sides[side]))];
  return runOf(plan, {
    startedAt,
    verdicts: await explainLeftovers(judged, playing.scenarios, playing),
    problem: bothMissing(problems) ?? dead.server ?? dead.client ?? null,
    recordings: [...result.recordings.values()],
    all: result.all,
    notice: notices.filter((notice) => notice !== null).join(" ") || null,
  });
}

/** Real time and memory that a child may take. Playing through days takes longer. */
function limitsOf({ graded }: Lesson): Limits {
  return { loopMs: 1_000, realMs: graded.map(clauseOf).some(spansDays) ? 20_000 : 10_000, memoryMb: 400 };
}

type Problems = Readonly<Partial<Record<Side, Problem>>>;

async function compileSides(
  subject: FileSubject,
  cache: RecordingCache,
): Promise<{ sides: Sides; problems: Problems }> {
  const sides: Partial<Record<Side, Compiled>> = {};
  const problems: Partial<Record<Side, Problem>> = {};
  await Promise.all(
    both.map(async (side) => {
      const file = subject[side];
      if (file === undefined) return;
      const result = await cache.compile(side, file);
      if ("is" in result) sides[side] = result;
      else problems[side] = result;
    }),
  );
  return { sides, problems };
}

/** Where neither file is there, one sentence says so. */
function bothMissing({ server, client }: Problems): Problem | null {
  const isMissing = (problem?: Problem) => problem?.kind === "import" && problem.line === null;
  if (!server || !client || !isMissing(server) || !isMissing(client)) return null;
  return {
    ...server,
    message: `There is no file ${server.file} and no file ${client.file}. Write the server and the client there.`,
  };
}

/** Plays what is not known, and reports verdicts on the way. */
function play(plan: Plan, playing: PlayOptions, { onProgress, first }: GradeOptions): Promise<PlayResult> {
  if (!onProgress) return playScenarios(playing);
  const sides = both.filter((side) => playing.sides[side]);
  const onRecording = judgeAsRecorded({
    graded: plan.clauses.map(({ id }) => id),
    first: new Set(first),
    scenarios: playing.scenarios.map(({ name }) => name),
    known: playing.known ?? new Map<string, Recording>(),
    nowMs: () => performance.now(),
    judge: (recordings, pending) => onProgress(judge({ ...judgeOptionsOf(plan, recordings), sides, pending })),
  });
  return playScenarios({ ...playing, onRecording });
}

function recall(plan: Plan, sides: Sides, cache: RecordingCache): ReadonlyMap<string, Recording> {
  const task = taskOf(plan);
  const recordings = both.flatMap((side) => (sides[side] ? cache.recall(sides[side], task) : []));
  return new Map(recordings.map((recording) => [recording.scenario, recording]));
}

/** Keeps a side's recordings, unless they may depend on the machine: a process ended, or real time was measured. */
function keep(plan: Plan, sides: Sides, recordings: ReadonlyMap<string, Recording>, cache: RecordingCache): void {
  const repeats = (recording: Recording) => endOf(recording) === null && !catalogue.get(recording.scenario)?.heavy;
  for (const side of both) {
    const own = [...recordings.values()].filter((recording) => recording.side === side);
    if (sides[side] && own.length > 0 && own.every(repeats)) cache.keep(sides[side], taskOf(plan), own);
  }
}

/** What the recordings depend on, besides the code. */
function taskOf({ lesson, world, scenarios }: Plan): string {
  return JSON.stringify([lesson.slug, world.seed, world.graded, scenarios.map(({ name }) => name)]);
}
