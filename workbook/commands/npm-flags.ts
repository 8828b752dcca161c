/** Finds flags that npm took for itself: those before `--`, and all of them in PowerShell, which removes the `--`. */
import { wrongCall } from "./command.ts";

/** The flags of a command: true for those that take a value. */
export type Flags = Readonly<Record<string, boolean>>;

/**
 * @param flags what the command accepts
 * @throws a wrong call with the line to type, if npm took one of them
 */
export function refuseTakenFlags(command: string, args: readonly string[], flags: Flags, env = process.env): void {
  if (env["npm_lifecycle_event"] !== command) return;
  const taken = Object.keys(flags).filter((flag) => {
    const value = env[`npm_config_${flag}`];
    return (
      value !== undefined && value !== "" && !args.some((arg) => arg === `--${flag}` || arg.startsWith(`--${flag}=`))
    );
  });
  if (taken.length === 0) return;
  const words = args.filter((arg) => !arg.startsWith("-"));
  const [lesson = "N", ...rest] = words;
  const pieces = taken.map((flag) => {
    if (!flags[flag]) return `--${flag}`;
    const value = env[`npm_config_${flag}`] ?? "";
    return `--${flag} ${quoted(value === "true" ? (rest.shift() ?? flag.toUpperCase()) : value)}`;
  });
  const kept = args.filter((arg) => arg.startsWith("-"));
  const line = [`npm run ${command} --`, lesson, ...pieces, ...kept, ...rest.map(quoted)].join(" ");
  throw wrongCall(
    `npm took ${taken.map((flag) => `--${flag}`).join(" and ")} for itself. Type: ${line}\n${powerShell}`,
  );
}

const powerShell = `In PowerShell put the two dashes in quotes: "--".`;

function quoted(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}
