/** Grades a server at a URL, or a client that a command starts: real sockets, real clock. */
import type { Lesson } from "../content/lesson.ts";
import { judgeAsNeeded } from "../contract/judge/as-needed.ts";
import { judgeUnplayed } from "../contract/judge/unplayed.ts";
import type { Problem, Recording } from "../contract/model/recording.ts";
import type { Run } from "../contract/model/run.ts";
import { playCommand } from "../run/http/command.ts";
import { playUrl } from "../run/http/url.ts";
import { reportClock, type HttpGrading } from "./clock.ts";
import { serverNotice } from "./notices.ts";
import type { GradeOptions } from "./options.ts";
import { isForHttp, judgeOptionsOf, planOf } from "./plan.ts";
import { runOf } from "./run.ts";
import type { HttpSubject } from "./subject.ts";

/** How long a server has for one whole answer, ms. */
const usualAnswerMs = 10_000;

/** Judges the subject's own side. @throws as `grade` does */
export async function gradeHttp(lesson: Lesson, subject: HttpSubject, options: GradeOptions): Promise<Run> {
  if (!isForHttp(lesson)) throw new Error(`Exercise ${lesson.number} is graded by files only.`);
  const plan = planOf(lesson, subject, options);
  const grading: HttpGrading = {
    plan,
    startedAt: performance.now(),
    recordings: new Map(),
    verdicts: [],
    needed: new Set(plan.scenarios.map(({ name }) => name)),
    now: null,
  };
  const stopClock = reportClock(grading, options);
  try {
    const { problem, unplayed } =
      "url" in subject
        ? await playServer(grading, subject.url, options)
        : await playClient(grading, subject.command, options);
    options.signal?.throwIfAborted();
    return finish(grading, problem, unplayed);
  } finally {
    stopClock();
  }
}

interface Played {
  /** Why nothing can be graded. */
  readonly problem: Problem | null;
  /** Scenarios that were never begun because the server was gone. */
  readonly unplayed: readonly string[];
}

async function playServer(grading: HttpGrading, url: string, options: GradeOptions): Promise<Played> {
  const { world, scenarios } = grading.plan;
  return await playUrl({
    scenarios: scenarios.filter((scenario) => scenario.side === "server"),
    world,
    subject: new URL(url),
    answerMs: options.answerMs ?? usualAnswerMs,
    isNeeded: (name) => grading.needed.has(name),
    onScenario: (name) => (grading.now = { name, atMs: performance.now() - grading.startedAt }),
    onRecording: (recording) => take(grading, recording, options),
    ...(options.signal && { signal: options.signal }),
  });
}

async function playClient(grading: HttpGrading, command: string, options: GradeOptions): Promise<Played> {
  const { world, scenarios } = grading.plan;
  const { notFound } = await playCommand({
    scenarios: scenarios.filter((scenario) => scenario.side === "client"),
    world,
    command,
    isNeeded: (name) => grading.needed.has(name),
    onRecording: (recording) => take(grading, recording, options),
    ...(options.signal && { signal: options.signal }),
  });
  return { problem: notFound === null ? null : notFoundProblem(command, notFound), unplayed: [] };
}

/** @param said what the shell said */
function notFoundProblem(command: string, said: string): Problem {
  const reason = said.split("\n").at(-1) || command;
  const message = `The command cannot be started: ${reason}. Try the same command by itself in this folder.`;
  return { kind: "unreachable", side: "client", message, file: null, line: null, column: null };
}

/** Judges what one more recording decides. */
function take(grading: HttpGrading, recording: Recording, options: GradeOptions): void {
  const { plan, recordings } = grading;
  recordings.set(recording.scenario, recording);
  const before = grading.verdicts.length;
  const { verdicts, needed } = judgeAsNeeded(judgeOptionsOf(plan, recordings), plan.clauses, grading.needed);
  grading.verdicts = verdicts;
  grading.needed = needed;
  if (verdicts.length > before) options.onProgress?.(verdicts);
}

function finish(
  { plan, recordings, startedAt }: HttpGrading,
  problem: Problem | null,
  unplayed: readonly string[],
): Run {
  const all = [...recordings.values()];
  if (problem) return runOf(plan, { startedAt, verdicts: [], problem, recordings: [], all, notice: null });
  const verdicts = judgeUnplayed(judgeOptionsOf(plan, recordings), new Set(unplayed));
  const notice = "url" in plan.subject ? serverNotice(recordings, verdicts) : null;
  return runOf(plan, { startedAt, verdicts, problem, recordings: all, all, notice });
}
