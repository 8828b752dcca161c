/** Code that leaves processes, threads or files behind. */
import { server, type Row } from "./row.ts";

const spawn = `import { spawn } from "node:child_process";`;

export const leaving: readonly Row[] = [
  {
    name: "leaves a child process",
    side: "server",
    source: server({ top: `${spawn} spawn("sleep", ["600"]).unref();` }),
    told: {},
    standing: "prevented",
    happens:
      "It ends with the grading. (Work that waits in a child process cannot be graded in virtual time; that is told.)",
  },
  {
    name: "leaves a detached child process",
    side: "server",
    source: server({ top: `${spawn} spawn("sleep", ["600"], { detached: true, stdio: "ignore" }).unref();` }),
    told: {},
    standing: "prevented",
    happens: "It ends with the grading, too.",
  },
  {
    name: "leaves a process that a shell has put in a session of its own",
    side: "server",
    source: server({
      top: `${spawn} spawn("sh", ["-c", "setsid sleep 600 >/dev/null 2>&1 & sleep 0.05"], { detached: true, stdio: "ignore" }).unref();`,
    }),
    told: {},
    standing: "prevented",
    happens:
      "On Linux it is found by a mark in its environment; elsewhere, or where it drops its environment, it stays.",
  },
  {
    name: "exits while its child process holds the output open",
    side: "server",
    source: server({
      top: `${spawn} spawn("sleep", ["600"], { detached: true, stdio: "inherit" }).unref();`,
      handler: "process.exit(1);",
    }),
    told: { problem: { kind: "exit" }, fails: [] },
    standing: "prevented",
    happens: "The grading does not wait for it.",
  },
  {
    name: "leaves worker threads",
    side: "server",
    source: server({
      top: `import { Worker } from "node:worker_threads"; for (let i = 0; i < 3; i += 1) new Worker("setInterval(() => {}, 1000)", { eval: true });`,
    }),
    told: { problem: null, fails: [] },
    standing: "prevented",
    happens: "They end with the scenario.",
  },
  {
    name: "a worker thread that leaves a process",
    side: "server",
    source: server({
      top: `import { Worker } from "node:worker_threads"; new Worker("require('node:child_process').spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).unref()", { eval: true });`,
    }),
    told: { problem: null, fails: [] },
    standing: "prevented",
    happens: "As above: on Linux it is found by its mark.",
  },
  {
    name: "writes outside its folder",
    side: "server",
    source: server({ top: `import { writeFileSync } from "node:fs"; writeFileSync("OUTSIDE", "was here");` }),
    told: { problem: null, fails: [], notice: null },
    standing: "neither",
    happens: "It is written: the code runs with your rights.",
  },
];
