/** The environment of a child: the same wherever the workbook is started. */

/** Variables that would make a run differ from one shell, editor or test runner to the next. */
const foreignVariable =
  /^(?:NODE_OPTIONS|NODE_ENV|NODE_V8_COVERAGE|NODE_USE_ENV_PROXY|NODE_DEBUG|FORCE_COLOR|VITEST.*|TEST|VSCODE_INSPECTOR_OPTIONS)$/;

/** @param debugged keeps the variables by which an editor attaches its debugger. The time zone is far from UTC, so that mix-ups show. */
export function environment(debugged: boolean): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => debugged || !foreignVariable.test(name));
  return { ...Object.fromEntries(own), TZ: "Asia/Kathmandu" };
}
