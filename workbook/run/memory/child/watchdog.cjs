"use strict";
// A thread beside the learner's code, with real timers. It checks every 10 ms: no turn of the event loop for a second is an
// endless loop (or a real wait), too much memory is endless growth, a child process that sleeps waits on the real clock. It
// writes the problem to fd 3 by itself and ends the process, because the main thread may never run again.

const { workerData, parentPort } = require("node:worker_threads");
const { readFileSync, writeSync } = require("node:fs");
const { inspect, traceThrows } = require("./main-thread.cjs");

const ints = new Int32Array(workerData.memory, 0, 8);
const floats = new Float64Array(workerData.memory, 32, 2);
const letters = new Uint8Array(workerData.memory, 64);
const tickMs = 10;
/** Real ms over which it decides whether the process works or waits. */
const windowMs = 200;
/** A process that uses less of a core than this waits. */
const idleShare = 0.03;
/** Real ms without a turn and without JavaScript that count as an endless wait. */
const idleMs = 5000;
/** A loop works for at least this share of the time without a turn. On a busy machine a process may just get no core. */
const loopShare = 0.6;
/** Real ms that a child process may sleep: node itself sleeps a little at its start. */
const sleepMs = 300;
/** Real ms that a child process may live where the system doesn't show whether it sleeps. */
const lifeMs = 1500;

const clock = () => Number(process.hrtime.bigint()) / 1e6;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const children = new Map();
parentPort.on("message", (message) => {
  if ("ended" in message) children.delete(message.ended);
  else children.set(message.started, { ...message, since: clock() });
});

/** Writes one line to fd 3, after the token of the request. */
function send(message) {
  const token = Buffer.from(letters.filter((letter) => letter > 0)).toString();
  writeSync(3, `${token}${JSON.stringify(message)}\n`);
}

function end(kind, message, frames = []) {
  if (Atomics.load(ints, 0) === 0) return;
  const problem = { kind, message, frames };
  send({ is: "problem", request: ints[7], atMs: floats[0], problem });
  process.kill(process.pid, "SIGKILL");
}

/** How long the process has slept, ms: its life without running and queueing for a core; undefined if the system doesn't say. */
function slept(pid, lived) {
  try {
    const [ran = 0, queued = 0] = readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ").map(Number);
    return lived - (ran + queued) / 1e6;
  } catch {
    return undefined; // Not Linux, or it has just ended.
  }
}

function watchChildren() {
  for (const [pid, child] of children) {
    if (child.watch !== Atomics.load(ints, 0)) {
      children.delete(pid);
      continue;
    }
    const lived = clock() - child.since;
    if (lived < sleepMs) continue;
    const waited = pid === 0 ? undefined : slept(pid, lived);
    if (waited === undefined ? lived < lifeMs : waited < sleepMs) continue;
    end(
      "clock",
      `It waits in a child process (${child.name}), and the workbook's clock does not reach there.`,
      child.frames,
    );
  }
}

const natively = "one call into Node does not return";

/** Processor time of this process so far, ms of a core. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * How long a request has taken, real ms. While the process works, only its time on a core counts, so that it reaches no
 * limit by queueing for a core on a busy machine. While it waits, all time counts.
 */
function stopwatch() {
  let [spent, since, cpuThen] = [0, clock(), cpu()];
  return () => {
    const [now, used] = [clock(), cpu()];
    const [wall, worked] = [now - since, used - cpuThen];
    if (wall < windowMs) return spent + Math.min(wall, worked);
    spent += worked < wall * idleShare ? wall : Math.min(wall, worked);
    [since, cpuThen] = [now, used];
    return spent;
  };
}

async function startTrace(watch) {
  const request = ints[7];
  const stop = await traceThrows((frames) => send({ is: "traced", request, what: "thrown", frames }));
  Atomics.store(ints, 6, watch);
  return stop;
}

async function watchRequest() {
  const watch = Atomics.load(ints, 0);
  const [, , loopMs, realMs, memoryMb] = ints;
  const spent = stopwatch();
  let [beat, before, still, inspectedAt, idleSince] = [-1, clock(), 0, 0, undefined];
  /** When the last turn was, and the processor time by then. */
  let [turned, workedBefore] = [clock(), cpu()];
  const stopTrace = ints[5] === 1 ? await startTrace(watch) : undefined;
  while (Atomics.load(ints, 0) === watch) {
    await sleep(tickMs);
    if (Atomics.load(ints, 0) !== watch) break;
    const now = clock();
    if (Atomics.load(ints, 1) !== beat) [beat, still, turned, workedBefore] = [ints[1], 0, now, cpu()];
    // If the watchdog got no core either, the machine is slow: count only a little.
    else still += Math.min(now - before, 3 * tickMs);
    before = now;
    floats[1] = spent();
    watchChildren();
    if (memoryMb > 0 && process.memoryUsage.rss() > memoryMb * 1e6) {
      const found = await inspect(2000, 200);
      end("memory", `more than ${memoryMb} MB`, found.frames);
    } else if (still > loopMs || floats[1] > realMs) {
      const late = floats[1] > realMs;
      // An inspection makes a few turns of its own; after more turns than that, this is another wait.
      if (idleSince === undefined || ints[1] - inspectedAt > 20) idleSince = now - still;
      const workedBy = cpu();
      const found = await inspect(300, 5000);
      inspectedAt = ints[1];
      // With only frames of Node's, it was the inspection that woke the thread.
      const idle = found.is === "idle" || (!late && found.frames.length > 0 && found.frames.every(isNodes));
      const works = workedBy - workedBefore >= loopShare * loopMs;
      // The inspection's own processor time is not the subject's.
      workedBefore += cpu() - workedBy;
      if (found.is === "frames" && !idle && (late || (works && Atomics.load(ints, 1) === beat))) {
        end("loop", late ? `It took more than ${realMs / 1000} s of real time.` : "", found.frames);
      } else if (found.is === "native" && !children.has(0) && (late || works || clock() - turned >= idleMs)) {
        end("loop", natively);
      } else if (idle && (late || clock() - idleSince >= idleMs)) end("clock", waitsFor(found.resources));
      found.release();
      // Check again soon: it may be a loop that has not yet had its share of a core.
      still = idle ? 0 : loopMs / 2;
    }
  }
  stopTrace?.();
}

const isNodes = ({ url }) => url.startsWith("node:");

function waitsFor(resources) {
  const names = [
    ...new Set(resources.filter((name) => !/^(PipeWrap|TTYWrap|Immediate|Timeout|MessagePort)$/.test(name))),
  ];
  const what = names.length > 0 ? names.join(", ") : "something outside JavaScript";
  return `It waits in real time for ${what}, which never comes, so time cannot be skipped.`;
}

(async () => {
  for (;;) {
    Atomics.wait(ints, 0, 0);
    await watchRequest();
  }
})();
