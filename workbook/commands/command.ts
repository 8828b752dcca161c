/** What all commands share: their form, the way a wrong call is refused, and how they speak. */

export interface Command {
  /** What `help` prints: the lines to type, and what they do. */
  readonly help: string;
  /** @returns the exit code. @throws a wrong call, see wrongCall. */
  run(args: readonly string[]): Promise<number>;
}

/** Exit codes. 70 is a fault of the workbook itself. */
export const exit = { passed: 0, failed: 1, wrongCall: 2, notRun: 3, fault: 70 } as const;

/** An error that is printed as its sentence alone and ends with exit code 2. */
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
