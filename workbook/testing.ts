/** What the suites of the exercises use of the engine; a bundle of its own, so that vitest need not compile a hundred files. */
export { gradedAhead, solutionOf } from "./grade/ahead.ts";
export { findLesson } from "./content/catalogue.ts";
export { places } from "./content/places.ts";
export { clauseOf } from "./contract/clauses/all.ts";
export { grade } from "./grade/grade.ts";
export { ownSubject } from "./learner/progress.ts";
export { plainProblem, plainVerdict } from "./report/plain-parts.ts";
export { titled } from "./report/words.ts";
export { codeFrame } from "./report/code-frame.ts";
export { isStarted } from "./learner/exercises.ts";
