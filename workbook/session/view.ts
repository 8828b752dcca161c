/**
 * What a session shows, as data: the same for a terminal, a page and a board. A view survives JSON unchanged, so it
 * holds texts, numbers and ids, and no functions. How it looks (marks, colours, line breaks, pages, which line of a
 * list is chosen) is up to whoever shows it. Times of day are texts ("14:01:08"), durations are in ms.
 */
import type { DiffPart, ShownWay } from "../content/lesson.ts";
import type { ClauseId } from "../contract/model/clause.ts";
import type { Printed, Run } from "../contract/model/run.ts";
import type { GradedStep } from "../report/graded-step.ts";
import type { RealSubject } from "../report/real-words.ts";
import type { ClauseText, LessonName, LessonText } from "../report/texts.ts";

interface Base {
  /** The learner can answer: keys are offered. False: printed once. */
  readonly live: boolean;
  /** A sentence that has nothing to do with the verdicts, such as where a backup is; shown above "next". */
  readonly message?: string | null;
}

/** Nothing is started yet. */
export interface WelcomeView extends Base {
  readonly is: "welcome";
  readonly lessons: readonly LessonName[];
  /** How many lessons are passed. */
  readonly passed: number;
  /** The lesson that `start` begins. */
  readonly lesson: LessonText;
}

/** A step: not passed yet, with a problem, or passed. */
export interface StepView extends Base, GradedStep {
  readonly is: "step";
  /** The lesson after this one; null at the last. */
  readonly following: LessonText | null;
  /** Indexes of the questions answered correctly. */
  readonly quiz: readonly number[];
  /** How many hints of each clause were shown already. */
  readonly hints: Readonly<Record<ClauseId, number>>;
}

/** The hints of the open clause. */
export interface HintsView extends Base {
  readonly is: "hints";
  readonly lesson: LessonName;
  readonly clause: ClauseText;
  /** From 1; more than there are counts as all. */
  readonly revealed: number;
}

/** All keys. */
export interface KeysView extends Base {
  readonly is: "keys";
}

/** A lesson in the list. */
export interface ListEntry {
  readonly lesson: LessonName;
  /** How many `must` clauses are the step's own. */
  readonly musts: number;
  /** Result of the last grading; null: not started. */
  readonly progress: {
    readonly passed: boolean;
    /** How many of the step's own `must` clauses pass. */
    readonly passes: number;
    /** The first failing clause. */
    readonly open: ClauseId | null;
  } | null;
}

export interface ListView extends Base {
  readonly is: "list";
  readonly entries: readonly ListEntry[];
  /** Slug of the step that `npm run lesson` continues with; null: none is started. */
  readonly current: string | null;
  /** Slug of the step that the session has open, where choosing begins; null where nothing can be chosen. */
  readonly here: string | null;
}

export interface QuizView extends Base {
  readonly is: "quiz";
  readonly lesson: LessonText;
  /** The question, from 0. */
  readonly index: number;
  /** The answer chosen, from 0; null: not answered yet. */
  readonly chosen: number | null;
}

/** The solution against the learner's files. */
export interface SolutionView extends Base {
  readonly is: "solution";
  readonly lesson: LessonName;
  /** Of both files, one after the other; none: the learner's files are the solution. */
  readonly parts: readonly DiffPart[];
  /** The open clause; null when none is known or the step is passed. */
  readonly open: ClauseId | null;
}

/** Other ways to solve the step, each as a difference to the reference solution. */
export interface WaysView extends Base {
  readonly is: "ways";
  readonly lesson: LessonName;
  readonly ways: readonly ShownWay[];
}

/** Everything the learner's code printed in the last run. */
export interface OutputView extends Base {
  readonly is: "output";
  readonly lesson: LessonName;
  /** In order of printing. */
  readonly output: readonly Printed[];
}

/** The lesson's text. */
export interface TextView extends Base {
  readonly is: "text";
  readonly lesson: LessonName;
  /** lesson.md as it is. */
  readonly text: string;
}

/** A question with two answers: `confirm` and `decline`. */
export interface ConfirmView extends Base {
  readonly is: "confirm";
  readonly title: string;
  /** What would happen; a paragraph each. */
  readonly about: readonly string[];
  /** Ends in a question mark. */
  readonly question: string;
  /** What each answer does, in a few words. */
  readonly yes: string;
  /** Yes replaces the learner's own files, so it takes more than one small letter. */
  readonly replacesFiles?: true;
  readonly no: string;
}

/** Every step is passed. */
export interface FinishedView extends Base {
  readonly is: "finished";
  readonly lessons: readonly LessonName[];
  /** How many questions are not answered correctly yet, by slug. */
  readonly open: readonly { readonly slug: string; readonly questions: number }[];
}

/** A grading on the real clock; only printed. */
export interface SubjectView extends Base {
  readonly is: "subject";
  readonly lesson: LessonText;
  readonly clauses: readonly ClauseText[];
  readonly run: Run;
  readonly subject: RealSubject;
}

export type View =
  | WelcomeView
  | StepView
  | HintsView
  | KeysView
  | ListView
  | QuizView
  | SolutionView
  | WaysView
  | OutputView
  | TextView
  | ConfirmView
  | FinishedView
  | SubjectView;
