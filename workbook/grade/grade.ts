/** The one function that every way in calls. */
import path from "node:path";
import { books } from "../content/books.ts";
import type { Lesson } from "../content/lesson.ts";
import { clauses } from "../contract/clauses/all.ts";
import { judge } from "../contract/judge/judge.ts";
import { isHeavy, scenarios as catalogue, spansDays } from "../contract/scenarios/all.ts";
import type { ClauseId, Verdict } from "../contract/model/clause.ts";
import { endOf } from "../contract/model/end.ts";
import type { Problem, Recording, Side } from "../contract/model/recording.ts";
import type { Printed, Run, Subject } from "../contract/model/run.ts";
import type { Scenario } from "../contract/model/scenario.ts";
import type { World } from "../contract/model/world.ts";
import type { GradeOptions } from "./options.ts";
import type { Compiled, Sides } from "../run/memory/bundle.ts";
import { newRecordingCache, type RecordingCache } from "../run/memory/recording-cache.ts";
import { explainLeftovers } from "./second-pass.ts";
import { lanesOf } from "../run/memory/lanes.ts";
import type { Limits } from "../run/memory/play-request.ts";
import { judgeAsRecorded, scenariosOf } from "../contract/judge/as-recorded.ts";
import { makeReady, refillSoon } from "../run/memory/pool.ts";
import { privatePaths } from "../run/private-paths.ts";
import { playScenarios, type PlayResult } from "../run/memory/play-scenarios.ts";

/** A subject that is files. */
export type FileSubject = Extract<Subject, { readonly server?: string; readonly client?: string }>;

const both = ["server", "client"] as const;

/**
 * Grades a subject by the clauses of one exercise.
 * @throws only for a fault of the workbook itself, or with the reason of `options.signal`.
 */
export async function grade(lesson: Lesson, subject: Subject, options: GradeOptions = {}): Promise<Run> {
  if ("url" in subject || "command" in subject) {
    const { gradeReal } = await import("./real.ts");
    return await gradeReal(lesson, subject, options);
  }
  try {
    return await gradeFiles(lesson, subject, options);
  } finally {
    refillSoon();
  }
}

async function gradeFiles(lesson: Lesson, subject: FileSubject, options: GradeOptions): Promise<Run> {
  const startedAt = performance.now();
  const { cache = newRecordingCache() } = options;
  const compiling = compileAll(subject, cache);
  // What needs no code is done while the compiler works.
  const plan = planOf(lesson, subject, options);
  const { first } = plan;
  makeReady(lanesOf(plan.scenarios, { first, ...(options.lanes && { most: options.lanes }) }).length);
  const { sides, problems } = await compiling;
  const playable = plan.scenarios.filter((scenario) => sides[scenario.side]);
  const known = recalled(plan, sides, cache);
  const result = await playAll(plan, { playable, sides, known }, options);
  if (result.notice === null) keepAll(plan, sides, result.recordings, cache);
  const dead = { ...problems, ...result.dead };
  const judged = judge({
    graded: plan.graded,
    replaces: lesson.replaces,
    sides: plan.sides.filter((side) => !dead[side]),
    recordings: result.recordings,
    world: plan.world,
    pending: new Set(options.only ? plan.left : []),
  });
  const { world, limits } = plan;
  const secondPass = { sides, world, limits, ...(options.signal && { signal: options.signal }) };
  const verdicts = await explainLeftovers(judged, playable, secondPass);
  const recordings = [...result.recordings.values()];
  const problem = dead.server ?? dead.client ?? recordings.map(endOf).find((each) => each !== null)?.problem ?? null;
  return {
    exercise: lesson.slug,
    subject,
    seed: plan.world.seed,
    passed: allPass(plan, dead, verdicts),
    verdicts,
    problem: bothMissing(problems) ?? problem,
    recordings,
    output: result.all.flatMap(printed),
    elapsedMs: performance.now() - startedAt,
    virtualMs: result.all.reduce((sum, recording) => sum + recording.lastedMs, 0),
    notice:
      [result.notice, ...both.map((side) => borrowing(sides[side]))].filter((each) => each !== null).join(" ") || null,
  };
}

/** What is to be played and judged, before anything is known of the files. */
interface Plan {
  readonly world: World;
  /** Sides that the subject has. */
  readonly sides: readonly Side[];
  readonly graded: readonly ClauseId[];
  /** In the order of the contract's scenarios. */
  readonly scenarios: readonly Scenario[];
  /** Scenarios that the clauses would need, and that `only` leaves out. */
  readonly left: readonly string[];
  /** Scenarios that the reader waits for, in the order in which they decide what is waited for. */
  readonly first: ReadonlySet<string>;
  readonly limits: Limits;
  readonly lesson: Lesson;
}

function planOf(lesson: Lesson, subject: FileSubject, options: GradeOptions): Plan {
  const sides = both.filter((side) => subject[side] !== undefined);
  if (sides.length === 0) throw new Error("A subject has a server, a client, or both.");
  const inContract = clauses.filter((clause) => lesson.graded.includes(clause.id));
  const judged = inContract.filter((clause) => sides.includes(clause.side) && (options.heavy || !isHeavy(clause)));
  const needed = new Set(judged.flatMap((clause) => clause.scenarios));
  const all = [...catalogue.values()].filter((scenario) => needed.has(scenario.name));
  const { only } = options;
  return {
    lesson,
    sides,
    world: {
      clock: "virtual",
      seed: options.seed ?? 1,
      books: books(),
      graded: inContract.map((clause) => clause.id),
      privatePaths: privatePaths(sides.map((side) => path.dirname(subject[side] ?? ""))),
      origin: "http://127.0.0.1:8202",
    },
    graded: judged.map((clause) => clause.id),
    scenarios: only ? all.filter(({ name }) => only.includes(name)) : all,
    left: only ? all.map(({ name }) => name).filter((name) => !only.includes(name)) : [],
    first: new Set((options.first ?? []).flatMap(scenariosOf)),
    limits: {
      loopMs: 1_000,
      realMs: inContract.some(spansDays) ? 20_000 : 10_000,
      memoryMb: 400,
    },
  };
}

/** What passes thanks to the reference solution says nothing of the reader; null where nothing is borrowed. */
function borrowing(compiled: Compiled | undefined): string | null {
  if (!compiled || compiled.borrowed.length === 0) return null;
  const name = path.basename(compiled.bundle.file);
  return `${name} imports ${compiled.borrowed.join(" and ")}: what passes there is the reference solution's.`;
}

type Problems = Readonly<Partial<Record<Side, Problem>>>;

/** What the recordings depend on beside the code. */
function taskOf({ lesson, world, scenarios }: Plan): string {
  return JSON.stringify([lesson.slug, world.seed, world.graded, scenarios.map(({ name }) => name)]);
}

function recalled(plan: Plan, sides: Sides, cache: RecordingCache): ReadonlyMap<string, Recording> {
  const task = taskOf(plan);
  const recordings = both.flatMap((side) => (sides[side] ? cache.recall(sides[side], task) : []));
  return new Map(recordings.map((recording) => [recording.scenario, recording]));
}

/** What ended with a problem may depend on the machine, and so does what is measured in real time: neither is kept. */
function keepAll(plan: Plan, sides: Sides, recordings: ReadonlyMap<string, Recording>, cache: RecordingCache): void {
  for (const side of both) {
    const own = [...recordings.values()].filter((recording) => recording.side === side);
    const steady =
      own.length > 0 &&
      own.every((recording) => endOf(recording) === null && !catalogue.get(recording.scenario)?.heavy);
    if (sides[side] && steady) cache.keep(sides[side], taskOf(plan), own);
  }
}

async function compileAll(subject: FileSubject, cache: RecordingCache): Promise<{ sides: Sides; problems: Problems }> {
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

interface Cast {
  readonly playable: readonly Scenario[];
  readonly sides: Sides;
  /** Recordings that need not be made again. */
  readonly known: ReadonlyMap<string, Recording>;
}

function playAll(plan: Plan, { playable, sides, known }: Cast, options: GradeOptions): Promise<PlayResult> {
  const { onProgress } = options;
  const onRecording = judgeAsRecorded({
    graded: plan.graded,
    nowMs: () => performance.now(),
    first: new Set(options.first),
    scenarios: [...playable.map(({ name }) => name), ...plan.left],
    known,
    judge(recordings, pending) {
      const { graded, world, lesson } = plan;
      const here = both.filter((side) => sides[side]);
      onProgress?.(judge({ graded, replaces: lesson.replaces, sides: here, recordings, world, pending }));
    },
  });
  const { world, first, limits } = plan;
  const signal = options.signal ? { signal: options.signal } : {};
  const progress = onProgress ? { onRecording } : {};
  const lanes = options.lanes ? { lanes: options.lanes } : {};
  return playScenarios({ scenarios: playable, first, sides, world, limits, known, ...lanes, ...progress, ...signal });
}

function allPass(plan: Plan, dead: Problems, verdicts: readonly Verdict[]): boolean {
  if (plan.sides.some((side) => dead[side]) || verdicts.length === 0) return false;
  return verdicts.every((verdict) => verdict.level === "should" || verdict.verdict === "pass");
}

function bothMissing({ server, client }: Problems): Problem | null {
  const missing = (problem?: Problem) => problem?.kind === "import" && problem.line === null;
  if (!server || !client || !missing(server) || !missing(client)) return null;
  return {
    ...server,
    message: `There is no file ${server.file} and no file ${client.file}. Write the server and the client there.`,
  };
}

function printed({ scenario, events }: Recording): Printed[] {
  return events.flatMap((event) =>
    event.is === "printed" ? [{ from: event.from, atMs: event.atMs, scenario, text: event.text }] : [],
  );
}
