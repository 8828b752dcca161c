/** A learner's session: what it takes, and how it changes. Draws nothing. */
import type { Lesson } from "../content/lesson.ts";
import { keepSpares } from "../grade/again.ts";
import { isStarted, type StartFrom } from "../learner/exercises.ts";
import { afterRun, withProgressOf } from "../learner/progress.ts";
import type { Watching } from "../learner/saves.ts";
import type { State } from "../learner/state.ts";
import { codeFrame } from "../report/code-frame.ts";
import { problemShown } from "../report/summary.ts";
import { timeOfDay } from "../report/time-of-day.ts";
import { beginStep, changedText, noteBegun, ownChoice } from "./begin.ts";
import { createDialogs } from "./dialogs.ts";
import { dialogNamed } from "./dialogs/all.ts";
import { choiceDialog } from "./dialogs/choice.ts";
import type { SessionActions } from "./dialogs/dialog.ts";
import { stepDialog } from "./dialogs/step.ts";
import { welcomeDialog } from "./dialogs/welcome.ts";
import type { Push, SessionEvent } from "./events.ts";
import { createGradings } from "./gradings.ts";
import type { DialogName } from "./intents.ts";
import { gradeOtherSteps } from "./other-steps.ts";
import { areGraded, pollingText, savedElsewhereText, watchStep } from "./saves.ts";
import { lastGraded, openClause, opened, remember } from "./state.ts";
import type { View } from "./view.ts";

/** Warm children to keep ready: for the next save, and for another that overtakes it. */
const spares = 2;

export interface Session {
  view(): View;
  /** @returns false when the learner leaves. @throws a fault of the workbook. */
  take(event: SessionEvent): boolean;
  close(): void;
}

export interface SessionOptions {
  /** What is known of the learner to begin with, progress included. */
  readonly state: State;
  readonly lesson: Lesson;
  /** The dialog to show over the step at first; null: none. */
  readonly first: DialogName | null;
  /** Where saves and gradings report. Feed these events to `take`, in order. */
  readonly push: Push;
}

/** Opens a step: starts it if necessary, watches its files and grades them. */
export function openSession(options: SessionOptions): Session {
  const { push } = options;
  const state = opened(options.lesson, options.state);
  const gradings = createGradings(push);
  const fault = (error: unknown) => push({ is: "fault", error });
  const grade = (whole: boolean) => gradings.start(state.lesson, openClause(state), whole);
  const actions: SessionActions = { grade, open, work };
  const step = stepDialog(state, actions);
  const dialogs = createDialogs(state, step);
  let watching: Watching | undefined;
  let otherStepsKnown = false;

  function open(lesson: Lesson): void {
    gradings.stop();
    Object.assign(state, opened(lesson, state.learner));
    const begin = (from: StartFrom) => work(beginStep(lesson, from, { watched: true }));
    const earlier = ownChoice(lesson, state.learner);
    if (isStarted(lesson)) work(changedText(lesson, state.learner));
    else if (earlier) dialogs.setBase(choiceDialog(lesson, earlier, begin, () => open(earlier)));
    else if (lesson.number === 1) dialogs.setBase(welcomeDialog(state, actions, () => begin("starter")));
    else begin("starter");
    if (gradings.current() === null) watchAgain(); // The learner may copy the files there by hand.
  }

  function watchAgain(): void {
    watching?.close();
    watching = watchStep(state.lesson, push);
  }

  /** Works on the step's files as they are now. */
  function work(message: string | null): void {
    dialogs.setBase(step);
    state.message = message;
    watchAgain();
    remember(state, (learner) => noteBegun({ ...learner, current: state.lesson.slug }, state.lesson));
    grade(false);
  }

  function saved(files: readonly string[]): void {
    state.message = null;
    if (!areGraded(files, state.lesson)) gradings.forget();
    if (gradings.current() !== null) grade(false);
    else if (isStarted(state.lesson)) work(null); // The files were copied there by hand.
  }

  function graded({ run, grading, fingerprint }: Extract<SessionEvent, { is: "graded" }>): void {
    const problem = problemShown(state.lesson, run);
    state.now = { is: "run", run, at: timeOfDay(), frame: problem && codeFrame(problem), last: lastGraded(state.now) };
    state.types = [];
    remember(state, (learner) => afterRun(learner, state.lesson, run, fingerprint));
    // Only once the verdicts are on the screen.
    setImmediate(() => {
      if (grading !== gradings.current()) return;
      keepSpares(spares).catch(fault);
      if (run.problem === null) gradings.checkTypes(state.lesson);
      if (otherStepsKnown) return;
      otherStepsKnown = true;
      gradeOtherSteps(state.learner, state.lesson).then((learner) => push({ is: "otherStepsGraded", learner }), fault);
    });
  }

  function take(event: SessionEvent): boolean {
    if ("grading" in event && event.grading !== gradings.current()) return true;
    switch (event.is) {
      case "intent":
        return dialogs.take(event.intent);
      case "ended":
        return false;
      case "fault":
        throw event.error;
      case "saved":
        saved(event.files);
        break;
      case "graded":
        graded(event);
        break;
      case "progress":
        state.now = { is: "grading", verdicts: event.verdicts, last: lastGraded(state.now) };
        break;
      case "slow":
        if (state.now.is === "run") state.now = { is: "grading", verdicts: [], last: lastGraded(state.now) };
        break;
      case "otherStepsGraded":
        remember(state, (learner) => withProgressOf(learner, event.learner, state.lesson));
        break;
      case "typesChecked":
        state.types = event.types;
        break;
      case "savedElsewhere":
        gradings.forget();
        state.message = savedElsewhereText(event.file, state.lesson);
        break;
      case "polling":
        state.message = pollingText;
        break;
    }
    return true;
  }

  open(options.lesson);
  dialogs.show(options.first && dialogNamed(options.first, state, actions));
  return {
    view: dialogs.view,
    take,
    close() {
      watching?.close();
      gradings.stop();
    },
  };
}
