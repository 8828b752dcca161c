/** Maps argv to a command. Only that command's file is loaded: loading them all takes 100 ms. */
import { complain, exit, say, wrongCall, type Command } from "./command.ts";
import { refusalWords } from "./refusal.ts";

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lesson: () => import("./lesson.ts"),
  serve: () => import("./serve.ts"),
  client: () => import("./client.ts"),
  test: () => import("./test.ts"),
  grade: () => import("./grade.ts"),
  doctor: () => import("./doctor.ts"),
  sync: () => import("./sync.ts"),
};

/** Runs one command and ends the process with its exit code. */
export async function main(argv: readonly string[]): Promise<never> {
  // The reader may stop reading (`| head`). That is not an error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : exit.fault));
  const code = await run(argv);
  await flushed();
  process.exit(code);
}

/** Runs one command. @returns its exit code */
export async function run(argv: readonly string[]): Promise<number> {
  const [name = "help", ...args] = argv;
  try {
    if (isHelp(name)) return await helpForAll();
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load) throw wrongCall(`There is no command "${name}". There are: ${Object.keys(commands).join(", ")}.`);
    const command = await load();
    if (args.some(isHelp)) {
      say(command.help);
      return exit.passed;
    }
    return await command.run(args);
  } catch (error) {
    if (error instanceof Error && error.name === "WrongCall") {
      complain(error.message);
      return exit.wrongCall;
    }
    if (isMissingPackage(error)) throw error;
    const refusal = refusalWords(error);
    if (refusal !== null) {
      complain(refusal);
      return exit.wrongCall;
    }
    complain(
      "This is a fault of the workbook itself, not of your code. Please report it, with what npm run doctor prints:",
    );
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exit.fault;
  }
}

/** workbook/main.js reports it, and says how to install packages. */
function isMissingPackage(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}

function isHelp(word: string): boolean {
  return word === "help" || word === "--help" || word === "-h";
}

async function helpForAll(): Promise<number> {
  for (const load of Object.values(commands)) say(`${(await load()).help}\n`);
  return exit.passed;
}

/** Waits until standard output is written: on some systems process.exit would drop the rest of a pipe. */
function flushed(): Promise<void> {
  return new Promise((resolve) => process.stdout.write("", () => resolve()));
}
