/**
 * What a screen shows, as data. The watch loop and the commands build a View, `render` of terminal.ts makes text of it.
 * Nothing in here is formatted: words, marks, colours and line breaks are the terminal's business. Times of day are
 * handed in as they shall be read ("14:01:08"), durations in ms.
 */
import type { Lesson, Way } from "../content/catalogue.ts";
import type { Clause, ClauseId, Verdict } from "../contract/model/clause.ts";
import type { Printed, Run } from "../contract/model/run.ts";
import type { CodeFrame } from "./code-frame.ts";
import type { RealSubject } from "./real-words.ts";

export type { CodeFrame, FrameLine } from "./code-frame.ts";

/** What the terminal can do. */
export interface Size {
  readonly columns: number;
  /** Infinity where the text is printed once and may scroll. */
  readonly rows: number;
  readonly colour: boolean;
  /** False: marks and arrows in ASCII (+ x - !, ---> <---). */
  readonly unicode: boolean;
}

/** What every view has. */
interface Base {
  /** Keys are read: the line of keys is shown, and "next" may name a key. False: printed once. */
  readonly live: boolean;
  /** One sentence that has nothing to do with the verdicts, such as where a backup lies; shown above "next". */
  readonly message?: string | null;
}

/** A run and the time of day at which it ended. */
export interface Graded {
  readonly run: Run;
  readonly at: string;
}

/** A remark of the type checker on the learner's files: advice, never a failure. */
export interface TypeRemark {
  /** As from the project's root, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Screen 1: nothing is started yet. */
export interface WelcomeView extends Base {
  readonly is: "welcome";
  readonly lessons: readonly Lesson[];
  /** How many lessons are passed. */
  readonly passed: number;
  /** The lesson that enter starts. */
  readonly lesson: Lesson;
}

/** What a step's screen tells of the grading. */
export type Now =
  /**
   * A run came to its end. Whether it holds verdicts, or a problem in their place, is in the run; `last` is the last
   * run that had verdicts of both sides (they are shown in grey if this one has none), null if there was none.
   * `frame` is the code frame of `problemShown(lesson, run)` of words.ts, null if there is none.
   */
  | {
      readonly is: "run";
      readonly run: Run;
      readonly at: string;
      readonly frame: CodeFrame | null;
      readonly last: Graded | null;
    }
  /** A run is under way for more than 300 ms, or has told verdicts; `verdicts` are those so far. */
  | { readonly is: "grading"; readonly verdicts: readonly Verdict[]; readonly last: Graded | null };

/** Screens 2, 3, 5, 6 and 7: a step under work, or passed. */
export interface StepView extends Base {
  readonly is: "step";
  readonly lesson: Lesson;
  /** The lesson after this one; null at the last. */
  readonly following: Lesson | null;
  /** The whole contract. */
  readonly clauses: readonly Clause[];
  readonly now: Now;
  readonly types: readonly TypeRemark[];
  /** Questions answered rightly, by index. */
  readonly quiz: readonly number[];
  /** How many hints of each clause were read already. */
  readonly hints: Readonly<Record<ClauseId, number>>;
}

/** Screen 4. */
export interface HintsView extends Base {
  readonly is: "hints";
  readonly lesson: Lesson;
  readonly clause: Clause;
  /** From 1; more than there are counts as all. */
  readonly revealed: number;
}

/** The key ?: all keys, a line each. */
export interface KeysView extends Base {
  readonly is: "keys";
}

/** A lesson in the list. */
export interface ListEntry {
  readonly lesson: Lesson;
  /** What grading its files gave; null: not started. */
  readonly progress: {
    readonly passed: boolean;
    /** The step's own `must` clauses that pass. */
    readonly passes: number;
    /** The first failing clause. */
    readonly open: ClauseId | null;
  } | null;
}

/** Screen 9. */
export interface ListView extends Base {
  readonly is: "list";
  readonly entries: readonly ListEntry[];
  readonly clauses: readonly Clause[];
  /** Slug of the step that `npm run lesson` goes on with; null: none is started. */
  readonly current: string | null;
  /** Slug of the line that up and down moved to; null where keys are not read. */
  readonly selected: string | null;
}

/** Screen 11. */
export interface QuizView extends Base {
  readonly is: "quiz";
  readonly lesson: Lesson;
  /** The question, from 0. */
  readonly index: number;
  /** The answer chosen, from 0; null: not answered yet. */
  readonly chosen: number | null;
}

/** A line of a diff: `-` is taken away, `+` put in its place. */
export interface DiffLine {
  readonly sign: " " | "-" | "+";
  /** From 1, in the file that it is taken from; the one that is shown for unchanged lines. */
  readonly number: number;
  readonly text: string;
}

/** A stretch of changed lines with a few unchanged ones around it. */
export interface DiffPart {
  /** The file that is shown, such as solutions/03-polling/client.ts. */
  readonly file: string;
  readonly lines: readonly DiffLine[];
}

/** Screen 10, once it may be seen. */
export interface SolutionView extends Base {
  readonly is: "solution";
  readonly lesson: Lesson;
  /** Of both files, one after the other; none: the learner's files are the solution. */
  readonly parts: readonly DiffPart[];
  /** From 0; clamped. A part has one page or more: `pagesOf` of terminal.ts counts them. */
  readonly page: number;
  /** The open clause, null when none is known or the step is passed. */
  readonly open: ClauseId | null;
}

/** Another right way, with its difference to the reference solution. */
export interface ShownWay extends Way {
  readonly parts: readonly DiffPart[];
  /** The same difference as `patch` and `git apply` read it. */
  readonly patch: string;
}

/** Other right ways than the reference solution, once they may be seen. */
export interface WaysView extends Base {
  readonly is: "ways";
  readonly lesson: Lesson;
  readonly ways: readonly ShownWay[];
  /** From 0; clamped. A way has one page or more: `pagesOf` of terminal.ts counts them. */
  readonly page: number;
}

/** All that the learner's code printed in the last run, the newest page first shown. */
export interface OutputView extends Base {
  readonly is: "output";
  readonly lesson: Lesson;
  readonly output: readonly Printed[];
  /** How many pages back from the end; clamped. */
  readonly page: number;
}

/** The lesson's text, a page at a time. */
export interface TextView extends Base {
  readonly is: "text";
  readonly lesson: Lesson;
  /** lesson.md as it is. */
  readonly text: string;
  /** From 0; clamped. `pagesOf` of terminal.ts counts them. */
  readonly page: number;
}

/** A question that y or n answers. */
export interface ConfirmView extends Base {
  readonly is: "confirm";
  readonly title: string;
  /** What would happen; a paragraph each. */
  readonly about: readonly string[];
  /** Ends in a question mark. */
  readonly question: string;
  /** What y and n do, in a few words. */
  readonly yes: string;
  readonly no: string;
}

/** Screen 8: every step is passed. */
export interface FinishedView extends Base {
  readonly is: "finished";
  readonly lessons: readonly Lesson[];
  /** Questions not answered rightly yet, by slug. */
  readonly open: readonly { readonly slug: string; readonly questions: number }[];
}

/** Something to tell that has no screen of its own: a backup made, a file taken, a folder that cannot be written. */
export interface MessageView extends Base {
  readonly is: "message";
  readonly title: string;
  /** A paragraph each. */
  readonly about: readonly string[];
  /** What to do now, without the word "next". */
  readonly next: string;
}

/** Screen 13: a grading on the real clock, printed once. */
export interface SubjectView extends Base {
  readonly is: "subject";
  readonly lesson: Lesson;
  /** The whole contract. */
  readonly clauses: readonly Clause[];
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
  | MessageView
  | SubjectView;
