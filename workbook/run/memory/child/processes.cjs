"use strict";
// Child processes run on the real clock. One that computes is waited for like any real work. One that sleeps would make the
// learner's work seem to take no time, so the watchdog hears of each process and reports one that sleeps.

const childProcess = require("node:child_process");
const internals = require("./internals.cjs");

/** Reports the start and the end of every child process. @returns isOwn(pid): the subject started that process */
exports.watch = function watch(guard) {
  const own = new Set();
  const isOwn = Function.prototype.call.bind(Set.prototype.has);
  const { spawn } = childProcess.ChildProcess.prototype;
  childProcess.ChildProcess.prototype.spawn = function (options) {
    const failed = spawn.call(this, options);
    const { pid } = this;
    if (pid === undefined) return failed;
    own.add(pid);
    guard.spawned(pid);
    guard.note({ started: pid, name: String(options?.file ?? ""), frames: guard.frames(new Error().stack) });
    this.once("exit", () => {
      own.delete(pid);
      guard.note({ ended: pid });
    });
    return failed;
  };
  if (internals.missing === null) watchSync(internals.spawnSyncBinding, guard);
  // A negative pid names the group of the process that leads it.
  return { isOwn: (pid) => isOwn(own, Math.abs(pid)) };
};

/** execSync and its like all come down to this one function of the binding. */
function watchSync(sync, guard) {
  const spawnSync = sync.spawn;
  sync.spawn = function (options) {
    guard.spawned(null);
    guard.note({ started: 0, name: String(options?.file ?? ""), frames: guard.frames(new Error().stack) });
    try {
      return spawnSync.call(this, options);
    } finally {
      guard.note({ ended: 0 });
    }
  };
}
