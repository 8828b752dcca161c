"use strict";
// Everything of Node's inside that the preloads read or replace, found in one place. Needs --expose-internals; worker
// threads of the subject inherit it. `missing` says what this Node does not have, or has in another form than Node 20 to 26;
// null if all is there. Then `timers`, `http` and the bindings are the real ones.

const needed = {
  timers: () => require("internal/timers"),
  http: () => require("internal/http"),
  timersBinding: () => binding("timers"),
  fsBinding: () => binding("fs"),
  pipeBinding: () => binding("pipe_wrap"),
  spawnSyncBinding: () => binding("spawn_sync"),
};

const isKnown = {
  timers: ({ getTimerCallbacks, timerListQueue, timerListMap }) =>
    isFunction(getTimerCallbacks) && isFunction(timerListQueue?.peek) && typeof timerListMap === "object",
  http: ({ utcDate }) => isFunction(utcDate),
  timersBinding: ({ getLibuvNow, scheduleTimer, toggleTimerRef, timeoutInfo }) =>
    [getLibuvNow, scheduleTimer, toggleTimerRef].every(isFunction) && timeoutInfo?.length > 0,
  fsBinding: ({ close }) => isFunction(close),
  pipeBinding: ({ Pipe }) => isFunction(Pipe?.prototype?.open),
  spawnSyncBinding: ({ spawn }) => isFunction(spawn),
};

function binding(name) {
  return require("internal/test/binding").internalBinding(name);
}

function isFunction(value) {
  return typeof value === "function";
}

exports.missing = null;
for (const name of Object.keys(needed)) {
  try {
    const found = needed[name]();
    if (isKnown[name](found)) exports[name] = found;
    else exports.missing ??= `its ${name} has another form`;
  } catch (error) {
    exports.missing ??= error.code === "MODULE_NOT_FOUND" ? `its ${name} cannot be reached` : String(error.message);
  }
}
