"use strict";
// Child processes live on a clock of their own. One that computes is waited for like any real work; one that waits would
// make the learner's work seem to take no time at all, so the watchdog is told of each, and says so where one waits.

const childProcess = require("node:child_process");

/** Notes the start and the end of every child process. @returns which are the subject's own */
exports.watch = function watch(guard) {
  const own = new Set();
  const isOwn = Function.prototype.call.bind(Set.prototype.has);
  const { spawn } = childProcess.ChildProcess.prototype;
  childProcess.ChildProcess.prototype.spawn = function (options) {
    const failed = spawn.call(this, options);
    const { pid } = this;
    if (pid === undefined) return failed;
    own.add(pid);
    guard.offspring(pid);
    guard.note({ began: pid, name: String(options?.file ?? ""), frames: guard.frames(new Error().stack) });
    this.once("exit", () => {
      own.delete(pid);
      guard.note({ over: pid });
    });
    return failed;
  };
  const sync = syncBinding();
  if (sync) watchSync(sync, guard);
  // A group is named by the process that leads it.
  return { isOwn: (pid) => isOwn(own, Math.abs(pid)) };
};

function watchSync(sync, guard) {
  const spawnSync = sync.spawn;
  sync.spawn = function (options) {
    guard.offspring(null);
    guard.note({ began: 0, name: String(options?.file ?? ""), frames: guard.frames(new Error().stack) });
    try {
      return spawnSync.call(this, options);
    } finally {
      guard.note({ over: 0 });
    }
  };
}

/** What execSync and its like come down to; undefined where Node's internals are out of reach. */
function syncBinding() {
  try {
    return require("internal/test/binding").internalBinding("spawn_sync");
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
