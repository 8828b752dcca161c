/** What each room of workbook/ may import beside itself. The lint rules of .oxlintrc.json say the same; the tests compare. */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  "contract/model": [],
  "contract/http": ["contract/model"],
  "contract/scenarios": ["contract/model", "contract/http"],
  run: ["contract/model", "contract/http", "contract/scenarios", "root.ts", "build.js"],
  grade: ["run", "contract", "content"],
  content: ["contract/model", "root.ts"],
  learner: ["content", "contract/model", "root.ts"],
  report: ["contract", "content/lesson.ts"],
  session: ["learner", "grade", "report", "content", "contract"],
  terminal: ["session", "report", "contract/model", "content/lesson.ts"],
  "hand-ins": ["grade", "report", "content", "learner", "contract/model", "run/process-tree.ts", "root.ts"],
};

/** What there is to import: the rooms, the parts of the contract, and files that not every room may import. */
export const places: readonly string[] = [
  "contract/model",
  "contract/http",
  "contract/scenarios",
  "contract/clauses",
  "contract/judge",
  "contract/reading",
  "run",
  "run/process-tree.ts",
  "grade",
  "content",
  "content/lesson.ts",
  "learner",
  "report",
  "session",
  "terminal",
  "page",
  "board",
  "hand-ins",
  "commands",
  "root.ts",
  "build.js",
  "testing.ts",
];

/** True if a file of the room may import from the place. */
export function mayImport(room: string, place: string): boolean {
  return [room, ...(allowed[room] ?? [])].some((open) => place === open || place.startsWith(`${open}/`));
}
