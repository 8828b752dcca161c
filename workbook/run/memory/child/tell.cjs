"use strict";
// How the child speaks to its parent: JSON lines on fd 3, and events in the file that is fd 5, each behind a token that only
// the two of them know. The learner's code runs in the same process and may replace anything that it can reach, so all
// that is needed here is taken before it runs, and no method is looked up on what is told. The two pipes and the file look
// closed to it, as they are in any other program.

const fs = require("node:fs");
const { devNull } = require("node:os");

const { stringify } = JSON;
const { apply } = Reflect;
const { isArray } = Array;
const { byteLength, from } = Buffer;
const { writeSync, openSync, fstatSync } = fs;
const { wait } = Atomics;
const has = Function.prototype.call.bind(Object.prototype.hasOwnProperty);
const exit = process.reallyExit.bind(process);
const cell = new Int32Array(new SharedArrayBuffer(4));

const [toldTo, ordersFrom, recordedIn] = [3, 4, 5];
/** What no program has open: Node's own answer for it is EBADF. */
const closed = 2 ** 30;

let token = "";
let hiding = false;
let own = false;

/** Lines carry this token from now on, and the pipes are hidden. */
exports.seal = function seal(next) {
  token = next;
  hiding = true;
};

/** Writes one line; waits where the pipe is full, ends where nobody reads it any more. */
exports.write = (message) => write(toldTo, message);

/** The same, for what need not be heard before the scenario is over. */
exports.record = (message) => write(recorded, message);

function write(to, message) {
  const line = `${token}${json(message)}\n`;
  const length = byteLength(line);
  let written = patiently(to, line);
  if (written === length) return;
  for (const bytes = from(line); written < length;) written += patiently(to, bytes, written, length - written);
}

function patiently(to, data, offset, length) {
  for (;;) {
    own = true;
    try {
      return length === undefined ? writeSync(to, data) : writeSync(to, data, offset, length);
    } catch (error) {
      if (error.code !== "EAGAIN") return exit(70);
    } finally {
      own = false;
    }
    wait(cell, 0, 0, 1);
  }
}

/** Plain data as JSON, whatever a prototype has by the name of toJSON. */
function json(value) {
  if (value === null || value === undefined) return "null";
  if (typeof value !== "object") return stringify(value);
  let text = "";
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) text += `${i === 0 ? "" : ","}${json(value[i])}`;
    return `[${text}]`;
  }
  for (const key in value) {
    if (!has(value, key) || value[key] === undefined) continue;
    text += `${text === "" ? "" : ","}${stringify(key)}:${json(value[key])}`;
  }
  return `{${text}}`;
}

/** Where the parent could make no file, the pipe takes all. */
const recorded = isFile(recordedIn) ? recordedIn : toldTo;

function isFile(fd) {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false; // Nothing is open there.
  }
}

const isOurs = (fd) => fd === toldTo || fd === ordersFrom || fd === recorded;
const shown = (fd) => (hiding && !own && isOurs(fd) ? closed : fd);

/** All of Node's ways to read, write, shorten and close by number come down to these. */
function hide() {
  const bindings = reach();
  if (!bindings) return;
  const { close } = bindings.fs;
  // Node does not live without its three streams: what it opens next would get the number. Another one is closed instead.
  bindings.fs.close = function (fd) {
    if (hiding && fd >= 0 && fd <= 2) arguments[0] = openSync(devNull);
    else arguments[0] = shown(fd);
    return apply(close, this, arguments);
  };
  for (const name of ["ftruncate", "read", "readBuffers", "writeBuffer", "writeBuffers", "writeString"]) {
    const real = bindings.fs[name];
    if (typeof real !== "function") continue;
    // No spread: that is done by the iterator of arrays, which may be the learner's.
    bindings.fs[name] = function (fd) {
      arguments[0] = shown(fd);
      return apply(real, this, arguments);
    };
  }
  const { prototype } = bindings.pipe;
  const { open } = prototype;
  prototype.open = function (fd) {
    return apply(open, this, [shown(fd)]);
  };
}

function reach() {
  try {
    const { internalBinding } = require("internal/test/binding");
    return { fs: internalBinding("fs"), pipe: internalBinding("pipe_wrap").Pipe };
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return undefined; // Then only the token guards the pipes.
    throw error;
  }
}

hide();
