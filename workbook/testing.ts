/** What the suites of the exercises use of the engine, as an entry of its own: vitest then need not compile the sources. */
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
