"use strict";
// How the child writes to its parent: JSON lines on fd 3, each after a token that only the two of them know. The learner's
// code runs in the same process and may replace anything that it can reach, so every function used here is saved before that
// code runs, and no method of a message is called. To the learner's code the two pipes look closed, as they are in any other
// program.

const fs = require("node:fs");
const { devNull } = require("node:os");
const internals = require("./internals.cjs");

const { stringify } = JSON;
const { apply } = Reflect;
const { isArray } = Array;
const { byteLength, from } = Buffer;
const { writeSync, openSync } = fs;
const { wait } = Atomics;
const has = Function.prototype.call.bind(Object.prototype.hasOwnProperty);
const exit = process.reallyExit.bind(process);
const cell = new Int32Array(new SharedArrayBuffer(4));

const [messagePipe, requestPipe] = [3, 4];
/** A file descriptor that no program has open: Node fails with EBADF. */
const closed = 2 ** 30;

let token = "";
let hiding = false;
let own = false;

/** From now on lines start with this token, and the pipes are hidden. */
exports.seal = function seal(next) {
  token = next;
  hiding = true;
};

/** Sends one line. Waits while the pipe is full, and ends the process when the parent no longer reads it. */
exports.send = function send(message) {
  const line = `${token}${json(message)}\n`;
  const length = byteLength(line);
  let written = writeSome(line);
  if (written === length) return;
  for (const bytes = from(line); written < length;) written += writeSome(bytes, written, length - written);
};

function writeSome(data, offset, length) {
  for (;;) {
    own = true;
    try {
      return length === undefined ? writeSync(messagePipe, data) : writeSync(messagePipe, data, offset, length);
    } catch (error) {
      if (error.code !== "EAGAIN") return exit(70);
    } finally {
      own = false;
    }
    wait(cell, 0, 0, 1);
  }
}

/** Plain data as JSON, also if a prototype has a toJSON. */
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

const isOurs = (fd) => fd === messagePipe || fd === requestPipe;
const shown = (fd) => (hiding && !own && isOurs(fd) ? closed : fd);

/** All functions of Node that read, write, truncate or close a file descriptor come down to these. */
function hide({ fsBinding, pipeBinding }) {
  const { close } = fsBinding;
  // Node cannot go on without its three streams: the next file opened would get their number. Another one is closed instead.
  fsBinding.close = function (fd) {
    if (hiding && fd >= 0 && fd <= 2) arguments[0] = openSync(devNull);
    else arguments[0] = shown(fd);
    return apply(close, this, arguments);
  };
  for (const name of ["ftruncate", "read", "readBuffers", "writeBuffer", "writeBuffers", "writeString"]) {
    const real = fsBinding[name];
    if (typeof real !== "function") continue;
    // No spread: it uses the iterator of arrays, which the learner's code may have replaced.
    fsBinding[name] = function (fd) {
      arguments[0] = shown(fd);
      return apply(real, this, arguments);
    };
  }
  const { prototype } = pipeBinding.Pipe;
  const { open } = prototype;
  prototype.open = function (fd) {
    return apply(open, this, [shown(fd)]);
  };
}

if (internals.missing === null) hide(internals);
