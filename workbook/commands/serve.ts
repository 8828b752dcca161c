/** npm run serve N: runs the learner's server on a real port, and restarts it on every save. */
import path from "node:path";
import { places } from "../content/places.ts";
import type { Lesson } from "../content/lesson.ts";
import { startServer, type ServerProcess } from "../run/process/spawn.ts";
import { root } from "../root.ts";
import { compile } from "../run/memory/compile.ts";
import type { FromServer } from "../run/process/server-entry.ts";
import { watchFiles } from "../learner/saves.ts";
import { ownFiles } from "../learner/exercises.ts";
import { two } from "../report/text.ts";
import { exit, say, wrongCall } from "./command.ts";
import { lessonNamed } from "./lesson-named.ts";

export const help = `npm run serve 3                  your server of step 3 on http://127.0.0.1:3003, started again at each save
PORT=4000 npm run serve 3        the same on another port`;

/** @returns 0 when it is interrupted; 2 when the port is taken */
export async function run(args: readonly string[]): Promise<number> {
  const [word, more] = args;
  if (word === undefined || more !== undefined)
    throw wrongCall("Say which step's server, and nothing else: npm run serve 3");
  const lesson = lessonNamed(word);
  const file = ownFiles(lesson)["server.ts"];
  if (file === undefined) {
    throw wrongCall(
      `Your server of step ${two(lesson.number)} is not there yet: npm run lesson ${lesson.number} starts it.`,
    );
  }
  return await serve(lesson, file, portFor(lesson));
}

/** 3000 + N, or PORT. @throws a wrong call if PORT is not a port */
export function portFor(lesson: Lesson, env = process.env): number {
  const wanted = env["PORT"];
  if (wanted === undefined || wanted === "") return 3000 + lesson.number;
  const port = Number(wanted);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw wrongCall(`PORT is "${wanted}": give it a number from 1 to 65535.`);
}

function serve(lesson: Lesson, file: string, wanted: number): Promise<number> {
  return new Promise((finish) => {
    let server: ServerProcess | undefined;
    let greeted = false;
    let port = wanted;
    /** Counts starts: messages of an earlier process are ignored. */
    let turn = 0;

    const leave = async (code: number, signal?: NodeJS.Signals) => {
      turn++;
      watching.close();
      await server?.stop(signal);
      for (const each of signals) process.off(each, interrupted);
      finish(code);
    };
    const interrupted = (signal: NodeJS.Signals) => void leave(exit.passed, signal);

    const hear = (message: FromServer) => {
      if (message.is === "listening") {
        say(greeted ? "  saved: started again; what it had in memory is gone" : greeting(lesson, message.port));
        greeted = true;
        port = message.port; // The same at each start, also if the system chose it (PORT=0).
      } else if (message.isTaken) {
        say(`${message.why} Stop that one, or choose another: PORT=${port + 100} npm run serve ${lesson.number}`);
        void leave(exit.wrongCall);
      } else {
        say(`  ${message.why}\n  Mend it and save: the server starts then.`);
      }
    };

    const start = async () => {
      const mine = ++turn;
      const compiled = await compile("server", file);
      if (mine !== turn) return;
      if ("kind" in compiled) {
        const until = server ? "the server goes on as it was until then" : "the server starts then";
        return say(`  ${compiled.message}\n  Mend it and save: ${until}.`);
      }
      await server?.stop(); // Its port is free only then.
      if (mine !== turn) return;
      let failed = false;
      server = startServer({ file, port }, (message) => {
        if (mine !== turn) return;
        failed = message.is === "failed";
        hear(message);
      });
      const code = await server.ended;
      if (mine === turn && !failed)
        say(`  Your server's process ended (exit code ${code}). Mend it and save: it starts again.`);
    };

    const watching = watchFiles({
      folder: places(lesson.slug).exercise,
      scratch: path.join(root, ".workbook"),
      onSaved: () => void start(),
    });
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, interrupted);
    void start();
  });
}

function greeting(lesson: Lesson, port: number): string {
  const client = port === 3000 + lesson.number ? "" : `BASE_URL=http://127.0.0.1:${port} `;
  const lines = lesson.curl.map((line) => `    ${line.replaceAll("{port}", String(port))}`);
  const other = `    ${client}npm run client ${lesson.number} genre=poetry`;
  return [
    "",
    `  ${two(lesson.number)}  ${lesson.title}: your server listens at http://127.0.0.1:${port}`,
    "",
    "  Try it in another terminal:",
    "",
    ...lines,
    other,
    "",
    "  It starts again when you save. ctrl-c stops it.",
    "",
  ].join("\n");
}
