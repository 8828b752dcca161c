/** What a learner's session is, and how it changes with all that happens. Draws nothing. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { lessons, places, type Lesson } from "../content/catalogue.ts";
import { grade } from "../grade/grade.ts";
import { afterRun, refreshed, withProgressOf, type GradeOwn } from "../learner/progress.ts";
import { problemShown } from "../report/summary.ts";
import type { Size, View } from "../report/view.ts";
import { root } from "../root.ts";
import { codeFrame } from "../report/code-frame.ts";
import { keepSpares } from "../run/memory/pool.ts";
import { stepOf, updateState, type State } from "../learner/state.ts";
import { timeOfDay } from "../report/time-of-day.ts";
import type { Run } from "../contract/model/run.ts";
import { bothSides, changedSince, isStarted, shown, type StartFrom } from "../learner/exercises.ts";
import { lastGraded, openNow, type Desk, type Page } from "./desk.ts";
import { watchFiles, type Watching } from "../learner/saves.ts";
import { createGrading } from "./grading.ts";
import type { Key } from "../terminal/keys.ts";
import { beginStep, choicePage, finishedPage, noteBegun, ownChoice, welcomePage } from "./dialogs/begin.ts";
import { stepPage } from "./dialogs/step.ts";
import type { Happening } from "./queue.ts";

/** Children that wait, warmed: for the next save, and for another that overtakes it. */
const spares = 2;

export interface Session {
  view(): View;
  /** @returns false when the learner leaves. @throws what the workbook itself did wrong. */
  take(happening: Happening): boolean;
  close(): void;
}

export interface SessionOptions {
  readonly state: State;
  readonly lesson: Lesson;
  /** What to show over the step at first, such as its hints; null: nothing. */
  readonly first: (desk: Desk) => Page | null;
  readonly push: (happening: Happening) => void;
  readonly size: () => Size;
}

/** Opens a step: starts it if need be, watches its files and grades them. */
export function openSession(options: SessionOptions): Session {
  const grading = createGrading(options.push);
  let state = options.state;
  /** Number of the grading whose word counts; 0: there was none in this step. */
  let turn = 0;
  let watching: Watching | undefined;
  let over: Page | null = null;
  let surveyed = false;

  const fault = (error: unknown) => options.push({ is: "fault", error });
  const desk: Desk = {
    lesson: options.lesson,
    now: { is: "grading", verdicts: [], last: null },
    types: [],
    message: null,
    state: () => state,
    remember(change) {
      state = updateState(change, state);
    },
    grade(whole) {
      turn = grading.start(desk.lesson, openNow(desk), whole);
    },
    open,
    work,
    size: options.size,
  };
  const step = stepPage(desk, () => finishedPage(desk));
  let base = step;

  function open(lesson: Lesson): void {
    grading.stop();
    turn = 0;
    Object.assign(desk, { lesson, now: { is: "grading", verdicts: [], last: null }, types: [], message: null });
    const begin = (from: StartFrom) => work(beginStep(lesson, from));
    const earlier = ownChoice(lesson, state);
    if (isStarted(lesson)) work(changedText(lesson, state));
    else if (earlier) base = choicePage(lesson, earlier, patchOf(lesson), begin, () => open(earlier));
    else if (lesson.number === 1) base = welcomePage(desk, lesson, () => begin("starter"));
    else begin("starter");
    if (turn === 0) watchAnew(); // For files that are copied there by hand.
  }

  /** The files as they are now are no save. */
  function watchAnew(): void {
    watching?.close();
    watching = watchStep(desk.lesson, options.push);
  }

  function work(message: string | null): void {
    base = step;
    desk.message = message;
    watchAnew();
    desk.remember((before) => noteBegun({ ...before, current: desk.lesson.slug }, desk.lesson));
    desk.grade(false);
  }

  function saved(files: readonly string[]): void {
    desk.message = null;
    const { mine } = places(desk.lesson.slug);
    if (!files.every((file) => bothSides.some((side) => file === mine(side)))) grading.forget();
    if (turn !== 0) desk.grade(false);
    else if (isStarted(desk.lesson)) work(null); // Copied there by hand.
  }

  function graded({ run, of }: Happening & { is: "graded" }): void {
    const problem = problemShown(desk.lesson, run);
    desk.now = { is: "run", run, at: timeOfDay(), frame: problem && codeFrame(problem), last: lastGraded(desk.now) };
    desk.types = [];
    desk.remember((before) => afterRun(before, desk.lesson, run, of));
    const mine = turn;
    // Not before the verdicts are on the screen.
    setImmediate(() => {
      if (mine !== turn) return;
      keepSpares(spares).catch(fault);
      if (run.problem === null) grading.checkTypes(desk.lesson);
      if (!surveyed) survey();
    });
  }

  /** Finds out how far the other steps are, once: their files may have changed while nobody watched. */
  function survey(): void {
    surveyed = true;
    const others = lessons().filter((lesson) => lesson !== desk.lesson);
    refreshed(state, oneByOne, others).then((known) => options.push({ is: "surveyed", state: known }), fault);
  }

  function pressed(key: Key): boolean {
    if (key === "ctrl-c") return false;
    if (!over) desk.message = null; // Under another screen nobody has read it yet.
    let next = (over ?? base).key(key);
    if (over && next === "unknown") {
      next = base.key(key);
      if (next !== "unknown") over = null;
    }
    if (next === "back") over = null;
    else if (typeof next === "object") over = next.page;
    return next !== "quit";
  }

  function take(happening: Happening): boolean {
    if ("turn" in happening && happening.turn !== turn) return true;
    switch (happening.is) {
      case "key":
        return pressed(happening.key);
      case "ended":
        return false;
      case "fault":
        throw happening.error;
      case "saved":
        saved(happening.files);
        break;
      case "graded":
        graded(happening);
        break;
      case "progress":
        desk.now = { is: "grading", verdicts: happening.verdicts, last: lastGraded(desk.now) };
        break;
      case "slow":
        if (desk.now.is === "run") desk.now = { is: "grading", verdicts: [], last: lastGraded(desk.now) };
        break;
      case "surveyed":
        desk.remember((before) => withProgressOf(before, happening.state, desk.lesson));
        break;
      case "typed":
        desk.types = happening.types;
        break;
      case "strayed":
        grading.forget();
        desk.message = strayText(happening.file, desk.lesson);
        break;
      case "polling":
        desk.message = "No word of saves comes from this folder, so your files are looked at five times a second.";
        break;
      case "resized":
        break;
    }
    return true;
  }

  open(options.lesson);
  over = options.first(desk);
  return {
    view: () => (over ?? base).view(),
    take,
    close() {
      watching?.close();
      grading.stop();
    },
  };
}

/** With one child, so that the next save finds another. */
const oneByOne: GradeOwn = async (own) => {
  const runs: Run[] = [];
  for (const { lesson, subject } of own) runs.push(await grade(lesson, subject, { lanes: 1 }));
  return runs;
};

function watchStep(lesson: Lesson, push: (happening: Happening) => void): Watching {
  const place = places(lesson.slug);
  const watching = watchFiles({
    folder: place.exercise,
    elsewhere: [path.dirname(place.text), path.dirname(place.solution("server"))],
    scratch: path.join(root, ".workbook"),
    onSaved: (files) => push({ is: "saved", files }),
    onElsewhere: (file) => push({ is: "strayed", file }),
  });
  void watching.how.then((how) => {
    if (how === "polling") push({ is: "polling" });
  });
  return watching;
}

function strayText(file: string, lesson: Lesson): string {
  const side = bothSides.find((each) => path.basename(file) === `${each}.ts`);
  const mine = side ? shown(places(lesson.slug).mine(side)) : `${shown(places(lesson.slug).exercise)}/`;
  return `You saved ${shown(file)}, which is handed out and not graded. Your own file is ${mine}`;
}

function changedText(lesson: Lesson, state: State): string | null {
  const changed = changedSince(lesson, stepOf(state, lesson.slug).begun);
  if (changed.length === 0) return null;
  const spec = changed.includes("SPEC.md")
    ? `read ${shown(places(lesson.slug).spec)} again`
    : "your files stay as they are";
  return `Since you began this step, a new release changed ${changed.join(" and ")}: ${spec}.`;
}

function patchOf(lesson: Lesson): string | null {
  const { patch } = lesson.startsFrom;
  return patch === undefined ? null : readFileSync(path.join(path.dirname(places(lesson.slug).text), patch), "utf8");
}
