"use strict";
// Worker threads share the clock through shared memory. A thread with nothing to do publishes its next timer and blocks. The
// main thread jumps only when all threads are quiet and no message has been posted since.

const workerThreads = require("node:worker_threads");
const path = require("node:path");
const { runnable } = require("./worker-source.cjs");

// Saved, because the learner's code may replace them.
const { Error, Math, Object } = globalThis;
const { isMainThread, threadId, MessagePort, Worker } = workerThreads;
const real = { wait: Atomics.wait, emit: process.emit, immediate: setImmediate };
const key = "accepted: clock";
const slots = 400;
const [busy, quiet, gone] = [0, 1, 2];

// ints: 0 messages posted, 1 state changes, 2 + slot a thread's state; floats: 0 now, 1 base, 2 + slot a thread's next timer.
const memory = isMainThread ? new SharedArrayBuffer(16_384) : workerThreads.getEnvironmentData(key);
const ints = new Int32Array(memory, 0, 2 + slots);
const floats = new Float64Array(memory, 4096, 2 + slots);
const slotOf = (id) => 2 + (id % slots);
const me = slotOf(threadId);

if (isMainThread) {
  workerThreads.setEnvironmentData(key, memory);
  floats.fill(Infinity, 2);
}

exports.shared = {
  get now() {
    return floats[0];
  },
  set now(value) {
    floats[0] = value;
  },
  /** The instant at which the scenario began. */
  get base() {
    return floats[1];
  },
  set base(value) {
    floats[1] = value;
  },
};
if (isMainThread) floats[1] = 0;

// An open message port must not hold the loop. Posted messages are counted, so none is missed.
const ports = new Set();
{
  const { postMessage, unref, close } = MessagePort.prototype;
  MessagePort.prototype.ref = function () {
    ports.add(this);
  };
  MessagePort.prototype.unref = function () {
    ports.delete(this);
    return unref.call(this);
  };
  MessagePort.prototype.close = function (callback) {
    ports.delete(this);
    return close.call(this, callback);
  };
  MessagePort.prototype.postMessage = function (...args) {
    Atomics.add(ints, 0, 1);
    return postMessage.apply(this, args);
  };
}

const threads = new Map();
const wake = (id) => {
  const slot = slotOf(id);
  if (Atomics.compareExchange(ints, slot, quiet, busy) === quiet) Atomics.notify(ints, slot);
};

/** In the main thread: worker threads started from now on share the clock. */
exports.lead = function lead({ turn, forThread, started }) {
  const { ref, unref, terminate } = Worker.prototype;
  const preloads = [
    "--expose-internals",
    ...["clock.cjs", "net.cjs"].flatMap((file) => ["--require", path.join(__dirname, file)]),
  ];
  let posted = 0;

  workerThreads.Worker = class extends Worker {
    constructor(file, options = {}) {
      forThread();
      super(
        runnable(file, options),
        options.execArgv ? { ...options, execArgv: [...preloads, ...options.execArgv] } : options,
      );
      this.holds = true;
      const id = this.threadId;
      if (threads.size >= slots) throw new Error(`more than ${slots} worker threads at once cannot be graded`);
      threads.set(id, this);
      started();
      unref.call(this);
      this.on("exit", () => {
        threads.delete(id);
        ints[slotOf(id)] = busy;
        floats[slotOf(id)] = Infinity;
      });
    }
    ref() {
      this.holds = true;
    }
    unref() {
      this.holds = false;
    }
    terminate() {
      Atomics.store(ints, slotOf(this.threadId), gone);
      ref.call(this);
      return terminate.call(this);
    }
  };
  Object.defineProperty(workerThreads.Worker, "name", { value: "Worker" });
  require("node:module").syncBuiltinESMExports();

  /** True when every thread is quiet and nothing was posted since; otherwise it asks for another turn. */
  exports.settled = function settled() {
    let ending = false;
    for (const [id, worker] of threads) {
      const slot = slotOf(id);
      for (;;) {
        const changes = Atomics.load(ints, 1);
        if (Atomics.load(ints, slot) !== busy) break;
        if (real.wait(ints, 1, changes, 50) === "timed-out") {
          turn();
          return false;
        }
      }
      if (Atomics.load(ints, slot) === gone) {
        // Ending it is real work, so it holds the loop now.
        ref.call(worker);
        ending = true;
      }
    }
    const count = Atomics.load(ints, 0);
    if (count === posted) return !ending;
    posted = count;
    for (const id of threads.keys()) wake(id);
    turn();
    return false;
  };
  exports.next = () => {
    let next = Infinity;
    for (const id of threads.keys()) next = Math.min(next, floats[slotOf(id)]);
    return next;
  };
  /** Wakes the threads that have a timer due. @returns whether there was one */
  exports.wakeDue = (now) => {
    let woken = false;
    for (const id of threads.keys()) {
      if (floats[slotOf(id)] > now) continue;
      woken = true;
      wake(id);
    }
    return woken;
  };
  exports.busy = () => [...threads.keys()].some((id) => Atomics.load(ints, slotOf(id)) === busy);
  exports.any = () => threads.size > 0;
  exports.refdPorts = () => ports.size;
  exports.refdWorkers = () => [...threads.values()].filter((worker) => worker.holds).length;
  exports.endAll = () => {
    for (const worker of threads.values()) void worker.terminate();
    for (const port of ports) port.close();
    ports.clear();
  };
};

function publish(state) {
  Atomics.store(ints, me, state);
  Atomics.add(ints, 1, 1);
  Atomics.notify(ints, 1);
}

/** In a worker thread: blocks until its time has come or any thread has posted a message. */
function block(until, set) {
  floats[me] = until;
  publish(quiet);
  while (Atomics.load(ints, me) === quiet) real.wait(ints, me, quiet);
  set(floats[0]);
}

exports.sleepUntil = function sleepUntil(at, set) {
  while (floats[0] < at) block(at, set);
  set(floats[0]);
};

/** In a worker thread: follows the main thread's clock. */
exports.follow = function follow({ binding, nextTimer, processTimers, set, fresh }) {
  process.emit = function emit(event, ...args) {
    if (event === "exit") publish(gone);
    const over = binding.timeoutInfo[0] === 0 && ports.size === 0;
    if (event !== "beforeExit" || over) return real.emit.call(this, event, ...args);
    block(nextTimer(), set);
    fresh();
    real.immediate(() => processTimers(floats[0]));
    return true;
  };
};
