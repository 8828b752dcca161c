/** What can happen while somebody watches, in the order in which it happened. */
import type { Verdict } from "../contract/model/clause.ts";
import type { Run } from "../contract/model/run.ts";
import type { TypeRemark } from "../report/view.ts";
import type { State } from "../learner/state.ts";
import type { Key } from "../terminal/keys.ts";

/** `turn` says which grading it belongs to: what an older one tells is of no interest. */
export type Happening =
  | { readonly is: "key"; readonly key: Key }
  /** Files of the learner's have changed; absolute paths. */
  | { readonly is: "saved"; readonly files: readonly string[] }
  /** A save of a file that is not the learner's. */
  | { readonly is: "strayed"; readonly file: string }
  | { readonly is: "resized" }
  | { readonly is: "polling" }
  | { readonly is: "progress"; readonly turn: number; readonly verdicts: readonly Verdict[] }
  /** A grading takes so long that it should be said. */
  | { readonly is: "slow"; readonly turn: number }
  | { readonly is: "graded"; readonly turn: number; readonly run: Run; readonly of: string }
  | { readonly is: "typed"; readonly turn: number; readonly types: readonly TypeRemark[] }
  /** How far the other steps are, as graded in the background. */
  | { readonly is: "surveyed"; readonly state: State }
  /** The workbook itself failed. */
  | { readonly is: "fault"; readonly error: unknown }
  /** Somebody asks the process to end. */
  | { readonly is: "ended" };

export interface Queue<T> {
  push(item: T): void;
  /** The next item, as soon as there is one. For one reader. */
  next(): Promise<T>;
}

/** A queue with no bound, for one reader. */
export function createQueue<T>(): Queue<T> {
  const items: T[] = [];
  let wake: (() => void) | undefined;
  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    async next() {
      for (;;) {
        const item = items.shift();
        if (item !== undefined) return item;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
