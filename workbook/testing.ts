/** What the suites of the exercises use of the engine; a bundle of its own, so that vitest need not compile a hundred files. */
export { gradedAhead, solutionOf } from "./ahead.ts";
export { findLesson, places } from "./catalogue.ts";
export { clauseOf } from "./contract/clauses.ts";
export { grade } from "./grade.ts";
export { ownSubject } from "./progress.ts";
export { plainProblem, plainVerdict } from "./report/plain-parts.ts";
export { titled } from "./report/words.ts";
export { codeFrame } from "./run/frame.ts";
export { isStarted } from "./workspace.ts";
