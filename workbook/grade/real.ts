/** Grades what is no file: a server at a URL, or a client that a command starts. Real sockets, real clock. */
import { books } from "../content/books.ts";
import type { Lesson } from "../content/lesson.ts";
import { clauses } from "../contract/clauses/all.ts";
import { judge } from "../contract/judge/judge.ts";
import { scenarios as catalogue } from "../contract/scenarios/all.ts";
import type { Clause, ClauseId, Verdict } from "../contract/model/clause.ts";
import { endOf } from "../contract/model/end.ts";
import { firstPost, neverProcessing } from "../contract/reading/first-look.ts";
import type { Problem, Recording, Side } from "../contract/model/recording.ts";
import type { Run } from "../contract/model/run.ts";
import type { Scenario } from "../contract/model/scenario.ts";
import type { World } from "../contract/model/world.ts";
import type { GradeOptions } from "./options.ts";
import { privatePaths } from "../run/private-paths.ts";
import { playCommand } from "../run/http/command.ts";
import { isForReal } from "./for-real.ts";
import { neededScenarios } from "../contract/judge/needed.ts";
import { strangeAnswer } from "../run/http/unreachable.ts";
import { playUrl } from "../run/http/url.ts";

export type RealSubject = { readonly url: string } | { readonly command: string };

/** A server has so long for one whole answer unless the call says otherwise, ms. */
const usualAnswerMs = 10_000;

/**
 * Grades by the clauses of one exercise; of the subject's side alone.
 * @throws Error with a sentence for an exercise that is graded by files only, or the reason of `options.signal`
 */
export async function gradeReal(lesson: Lesson, subject: RealSubject, options: GradeOptions): Promise<Run> {
  if (!isForReal(lesson)) throw new Error(`Exercise ${lesson.number} is graded by files only.`);
  const grading = gradingOf(lesson, subject, options);
  const stopClock = startClock(grading, options);
  try {
    const played =
      "url" in subject
        ? await playServer(grading, subject.url, options)
        : await playClient(grading, subject.command, options);
    options.signal?.throwIfAborted();
    return runOf(grading, played);
  } finally {
    stopClock();
  }
}

/** One grading under way. */
interface Grading {
  readonly lesson: Lesson;
  readonly subject: RealSubject;
  readonly side: Side;
  readonly world: World;
  readonly graded: readonly Clause[];
  readonly scenarios: readonly Scenario[];
  readonly startedAt: number;
  readonly recordings: Map<string, Recording>;
  verdicts: readonly Verdict[];
  /** Scenarios that can still change a verdict. */
  needed: ReadonlySet<string>;
  /** The scenario that is played now, and when it began; null before the first, and where all are played at once. */
  now: { readonly name: string; readonly atMs: number } | null;
}

function gradingOf(lesson: Lesson, subject: RealSubject, options: GradeOptions): Grading {
  const side: Side = "url" in subject ? "server" : "client";
  const isLeftOut = (clause: Clause) => "command" in subject && clause.needsCallOptions;
  const inContract = clauses.filter((clause) => lesson.graded.includes(clause.id) && !isLeftOut(clause));
  const graded = inContract.filter((clause) => clause.side === side);
  const looked = new Set(graded.flatMap((clause) => clause.scenarios));
  const scenarios = [...catalogue.values()].filter(
    ({ name, needsCallOptions }) => looked.has(name) && !needsCallOptions,
  );
  return {
    lesson,
    subject,
    side,
    graded,
    scenarios: scenarios.toSorted((a, b) => turnOf(a) - turnOf(b)),
    world: {
      clock: "real",
      seed: options.seed ?? 1,
      books: books(),
      graded: inContract.map(({ id }) => id),
      privatePaths: privatePaths([]),
      origin: "url" in subject ? new URL(subject.url).origin : "http://127.0.0.1",
    },
    startedAt: performance.now(),
    recordings: new Map(),
    verdicts: [],
    needed: new Set(scenarios.map(({ name }) => name)),
    now: null,
  };
}

/** What decides most comes first. What may end the server comes last. */
function turnOf({ decidesMost, mayEnd }: Scenario): number {
  return decidesMost ? 0 : mayEnd ? 2 : 1;
}

interface Played {
  readonly problem: Problem | null;
  /** Not even begun: the subject was gone. */
  readonly unplayed: readonly string[];
}

async function playServer(grading: Grading, url: string, options: GradeOptions): Promise<Played> {
  const { world, scenarios } = grading;
  const { problem, unplayed } = await playUrl({
    scenarios: scenarios.filter((scenario) => scenario.side === "server"),
    world,
    subject: new URL(url),
    answerMs: options.answerMs ?? usualAnswerMs,
    isNeeded: (name) => grading.needed.has(name),
    onScenario: (name) => (grading.now = { name, atMs: elapsed(grading) }),
    onRecording: (recording) => take(grading, recording, options),
    ...(options.signal && { signal: options.signal }),
  });
  return { problem, unplayed };
}

async function playClient(grading: Grading, command: string, options: GradeOptions): Promise<Played> {
  const { world, scenarios } = grading;
  const { notFound } = await playCommand({
    scenarios: scenarios.filter((scenario) => scenario.side === "client"),
    world,
    command,
    isNeeded: (name) => grading.needed.has(name),
    onRecording: (recording) => take(grading, recording, options),
    ...(options.signal && { signal: options.signal }),
  });
  if (notFound === null) return { problem: null, unplayed: [] };
  const said = notFound.split("\n").at(-1) ?? "";
  const message = `The command cannot be started: ${said || command}. Try the same command by itself in this folder.`;
  return {
    problem: { kind: "unreachable", side: "client", message, file: null, line: null, column: null },
    unplayed: [],
  };
}

/** Judges what can be judged with one more recording. */
function take(grading: Grading, recording: Recording, options: GradeOptions): void {
  grading.recordings.set(recording.scenario, recording);
  const before = grading.verdicts.length;
  for (;;) {
    const open = new Set([...grading.needed].filter((name) => !grading.recordings.has(name)));
    grading.verdicts = judged(grading, open);
    const needed = neededScenarios(grading.graded, grading.lesson.replaces, grading.verdicts);
    const isStable = [...open].every((name) => needed.has(name));
    grading.needed = needed;
    if (isStable) break;
  }
  if (grading.verdicts.length > before) options.onProgress?.(grading.verdicts);
}

function judged({ lesson, graded, side, recordings, world }: Grading, pending: ReadonlySet<string>): Verdict[] {
  const ids = graded.map(({ id }) => id);
  return judge({ graded: ids, replaces: lesson.replaces, sides: [side], recordings, world, pending });
}

function runOf(grading: Grading, { problem, unplayed }: Played): Run {
  const { lesson, subject, world, startedAt } = grading;
  const recordings = [...grading.recordings.values()];
  const verdicts = problem ? [] : withUnplayed(grading, new Set(unplayed));
  const end = recordings.map(endOf).find((each) => each !== null);
  return {
    exercise: lesson.slug,
    subject,
    seed: world.seed,
    passed: verdicts.length > 0 && verdicts.every(({ level, verdict }) => level === "should" || verdict === "pass"),
    verdicts,
    problem: problem ?? end?.problem ?? null,
    recordings: problem ? [] : recordings,
    output: recordings.flatMap(({ scenario, events }) =>
      events.flatMap((event) =>
        event.is === "printed" ? [{ from: event.from, atMs: event.atMs, scenario, text: event.text }] : [],
      ),
    ),
    elapsedMs: performance.now() - startedAt,
    virtualMs: recordings.reduce((sum, recording) => sum + recording.lastedMs, 0),
    notice: problem ? null : noticeOf(grading, verdicts),
  };
}

/**
 * The verdicts where some scenarios could not be played, for the server was gone. What rests on them waits for the clause
 * that failed when it went away; but what failed by what was played has failed.
 */
function withUnplayed(grading: Grading, unplayed: ReadonlySet<string>): Verdict[] {
  const sure = new Map(judged(grading, unplayed).map((verdict) => [verdict.clause, verdict]));
  const failed = (verdict: Verdict) =>
    verdict.verdict === "fail" && !(verdict.mark && unplayed.has(verdict.mark.scenario));
  const all = judged(grading, new Set()).map((verdict) => sure.get(verdict.clause) ?? verdict);
  const culprit = all.find((verdict) => failed(verdict) && verdict.problem !== null) ?? all.find(failed);
  const known = new Set(all.filter(failed).map(({ clause }) => clause));
  const nothing = { expected: null, seen: null, atMs: null, remark: null, mark: null, problem: null };
  return all.map((verdict) => {
    const { clause, side, level, blockedBy } = verdict;
    if (sure.has(clause) || failed(verdict)) return verdict;
    if (blockedBy !== null && known.has(blockedBy)) return verdict;
    return { clause, side, level, verdict: "not-reached", blockedBy: culprit?.clause ?? null, ...nothing };
  });
}

/** What is said once above the verdicts. */
function noticeOf({ subject, recordings }: Grading, verdicts: readonly Verdict[]): string | null {
  if (!("url" in subject)) return null;
  const strange = strangeAnswer(firstPost(recordings));
  if (strange !== null || !neverProcessing(recordings, verdicts)) return strange;
  return "The server was never seen processing, so what needs such an answer is not reached. A full report has to take 5 s.";
}

function elapsed({ startedAt }: Grading): number {
  return performance.now() - startedAt;
}

/** Tells about four times a second what is under way. @returns ends it */
function startClock(grading: Grading, { onClock }: GradeOptions): () => void {
  if (!onClock) return () => undefined;
  const tell = () => onClock({ clause: underWay(grading), elapsedMs: elapsed(grading), aboutMs: aboutMs(grading) });
  tell();
  const timer = setInterval(tell, 250);
  return () => clearInterval(timer);
}

/** The first clause that is not decided, of those that the scenario played now is for. */
function underWay({ graded, verdicts, now }: Grading): ClauseId | null {
  const open = graded.filter(({ id }) => !verdicts.some(({ clause }) => clause === id));
  return (open.find(({ scenarios }) => now !== null && scenarios.includes(now.name)) ?? open[0])?.id ?? null;
}

/** About how long the whole grading takes, by what is still to be played. */
function aboutMs(grading: Grading): number {
  const { subject, scenarios, needed, recordings, now } = grading;
  const left = scenarios.filter(({ name }) => needed.has(name) && !recordings.has(name));
  const times = left.map(({ lastsMs }) => lastsMs?.(grading.world) ?? 0);
  // A command is started for all scenarios at once; a server's come one after the other.
  const toCome = "command" in subject ? Math.max(0, ...times) : times.reduce((sum, ms) => sum + ms, now?.atMs ?? 0);
  return Math.max(toCome, elapsed(grading));
}
