/** What all commands share: their form, exit codes, the error for wrong arguments, and how they print. */

export interface Command {
  /** What `help` prints: the lines to type, and what they do. */
  readonly help: string;
  /** @returns the exit code @throws a wrong call, see wrongCall */
  run(args: readonly string[]): Promise<number>;
}

/** Exit codes. 70 is a fault of the workbook itself. */
export const exit = { passed: 0, failed: 1, wrongCall: 2, notRun: 3, fault: 70 } as const;

/** An error for wrong arguments. Its sentence is printed alone, and the exit code is 2. */
export function wrongCall(sentence: string): Error {
  return Object.assign(new Error(sentence), { name: "WrongCall" });
}

/** Prints a line (or lines) to standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a line (or lines) to standard error. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
