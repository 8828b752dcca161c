/** Grades files: compiles them, plays the scenarios in child processes on the virtual clock, and judges the recordings. */
import type { Lesson } from "../content/lesson.ts";
import { judgeAsRecorded, scenariosOf } from "../contract/judge/as-recorded.ts";
import { judge } from "../contract/judge/judge.ts";
import type { Problem, Recording, Side } from "../contract/model/recording.ts";
import type { Run } from "../contract/model/run.ts";
import type { Scenario } from "../contract/model/scenario.ts";
import type { Compiled } from "../run/memory/compile.ts";
import { lanesOf } from "../run/memory/lanes.ts";
import type { Sides } from "../run/memory/locate.ts";
import type { Limits } from "../run/memory/play-request.ts";
import { playSession, type Session, type SessionResult } from "../run/memory/play-scenarios.ts";
import { makeReady } from "../run/memory/pool.ts";
import { newEarlier, type Earlier } from "../run/memory/recording-cache.ts";
import { explainLeftovers } from "../run/memory/second-pass.ts";
import { borrowedNotice } from "./notices.ts";
import type { GradeOptions } from "./options.ts";
import { isHeavy, judgeOptionsOf, planOf, type Plan } from "./plan.ts";
import { endOf, runOf } from "./run.ts";
import type { FileSubject } from "./subject.ts";

const both = ["server", "client"] as const;

/** @throws as `grade` does */
export async function gradeFiles(lesson: Lesson, subject: FileSubject, options: GradeOptions): Promise<Run> {
  const startedAt = performance.now();
  const { earlier = newEarlier(), lanes } = options;
  const compiling = compileSides(subject, earlier);
  // Planned while the compiler works, and children start meanwhile too.
  const plan = planOf(lesson, subject, options);
  const first = new Set((options.first ?? []).flatMap(scenariosOf));
  makeReady(lanesOf(plan.scenarios, { first, ...(lanes && { most: lanes }) }).length);
  const { sides, problems } = await compiling;
  const session: Session = {
    scenarios: plan.scenarios.filter(({ side }) => sides[side]),
    first,
    sides,
    world: plan.world,
    limits: limitsOf(lesson),
    known: recall(plan, sides, earlier),
    ...(lanes && { lanes }),
    ...(options.signal && { signal: options.signal }),
  };
  const result = await play(plan, session, options);
  if (result.notice === null) keep(plan, sides, result.recordings, earlier);
  const dead = { ...problems, ...result.dead };
  const judged = judge({
    ...judgeOptionsOf(plan, result.recordings),
    sides: plan.sides.filter((side) => !dead[side]),
  });
  const notices = [result.notice, ...both.map((side) => borrowedNotice(sides[side]))];
  return runOf(plan, {
    startedAt,
    verdicts: await explainLeftovers(judged, session.scenarios, session),
    problem: bothMissing(problems) ?? dead.server ?? dead.client ?? null,
    recordings: [...result.recordings.values()],
    all: result.all,
    notice: notices.filter((notice) => notice !== null).join(" ") || null,
  });
}

/** Real time and memory that a child may take. Playing through days takes longer. */
function limitsOf({ graded }: Lesson): Limits {
  return { loopMs: 1_000, realMs: graded.some((id) => id.startsWith("ttl.")) ? 20_000 : 10_000, memoryMb: 400 };
}

type Problems = Readonly<Partial<Record<Side, Problem>>>;

async function compileSides(subject: FileSubject, earlier: Earlier): Promise<{ sides: Sides; problems: Problems }> {
  const sides: Partial<Record<Side, Compiled>> = {};
  const problems: Partial<Record<Side, Problem>> = {};
  await Promise.all(
    both.map(async (side) => {
      const file = subject[side];
      if (file === undefined) return;
      const result = await earlier.compile(side, file);
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
function play(plan: Plan, session: Session, options: GradeOptions): Promise<SessionResult> {
  const { onProgress } = options;
  if (!onProgress) return playSession(session);
  const { known = new Map<string, Recording>() } = session;
  const sides = both.filter((side) => session.sides[side]);
  const onRecording = judgeAsRecorded({
    graded: plan.clauses.map(({ id }) => id),
    first: new Set(options.first),
    scenarios: session.scenarios.map(({ name }) => name),
    known,
    nowMs: () => performance.now(),
    judge: (recordings, pending) => onProgress(judge({ ...judgeOptionsOf(plan, recordings), sides, pending })),
  });
  return playSession({ ...session, onRecording });
}

function recall(plan: Plan, sides: Sides, earlier: Earlier): ReadonlyMap<string, Recording> {
  const task = taskOf(plan);
  const recordings = both.flatMap((side) => (sides[side] ? earlier.recall(sides[side], task) : []));
  return new Map(recordings.map((recording) => [recording.scenario, recording]));
}

/** Keeps a side's recordings, unless they may depend on the machine: a process ended, or real time was measured. */
function keep(plan: Plan, sides: Sides, recordings: ReadonlyMap<string, Recording>, earlier: Earlier): void {
  const repeats = (recording: Recording) => endOf(recording) === null && !isHeavy(recording.scenario);
  for (const side of both) {
    const own = [...recordings.values()].filter((recording) => recording.side === side);
    if (sides[side] && own.length > 0 && own.every(repeats)) earlier.keep(sides[side], taskOf(plan), own);
  }
}

/** What the recordings depend on, besides the code. */
function taskOf({ lesson, world, scenarios }: Plan): string {
  return JSON.stringify([lesson.slug, world.seed, world.graded, scenarios.map(({ name }: Scenario) => name)]);
}
