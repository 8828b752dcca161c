"use strict";
// Repeatable randomness: Math.random and all random functions of node:crypto and Web Crypto follow from a text (the seed and
// the scenario's name). Bytes are generated at the call and delivered in the order of the calls, so that the timing of
// libuv's threads doesn't matter. Keys from generateKey stay truly random.

const crypto = require("node:crypto");
const { setEnvironmentData, getEnvironmentData, isMainThread } = require("node:worker_threads");

const later = setImmediate;
const inThread = "accepted: random";

/** Four 32-bit numbers from a text (the hash cyrb128). */
function hash(text) {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    [a, b, c, d] = [
      b ^ Math.imul(a ^ code, 597399067),
      c ^ Math.imul(b ^ code, 2869860233),
      d ^ Math.imul(c ^ code, 951274213),
      a ^ Math.imul(d ^ code, 2716044179),
    ];
  }
  return [a, b, c, d];
}

/** A generator of 32-bit numbers (sfc32), the same for the same text. */
function words(text) {
  let [a, b, c, d] = hash(text);
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** A generator of numbers in [0, 1), with all 53 bits. */
function fractions(text) {
  const next = words(text);
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

let fraction = fractions("");
let word = words("");
let threads = 0;
let source = "";

/** From now on all randomness follows from `text`. */
function reseed(text) {
  source = text;
  threads = 0;
  fraction = fractions(`Math ${text}`);
  word = words(`crypto ${text}`);
}

/** Gives the worker thread that starts now its own seed, by the order in which threads start. */
function forThread() {
  setEnvironmentData(inThread, `${source} thread ${threads++}`);
}

function fill(bytes) {
  for (let i = 0; i < bytes.length; i += 4) {
    const value = word();
    for (let k = 0; k < 4 && i + k < bytes.length; k++) bytes[i + k] = value >>> (8 * k);
  }
}

const view = (array, offset = 0, size = array.byteLength - offset) =>
  new Uint8Array(ArrayBuffer.isView(array) ? array.buffer : array, (array.byteOffset ?? 0) + offset, size);

/** Node's own function checks the arguments, and throws as usual; then the bytes are replaced by ours. */
function install() {
  const real = { bytes: crypto.randomBytes, fillSync: crypto.randomFillSync, int: crypto.randomInt };
  Math.random = function random() {
    return fraction();
  };
  crypto.randomBytes = function randomBytes(size, callback) {
    if (callback !== undefined && typeof callback !== "function") return real.bytes(size, callback);
    const bytes = real.bytes(size);
    fill(bytes);
    if (callback === undefined) return bytes;
    later(() => callback(null, bytes));
  };
  crypto.pseudoRandomBytes = crypto.randomBytes;
  crypto.randomFillSync = function randomFillSync(array, offset, size) {
    real.fillSync(array, offset, size);
    const unit = array.BYTES_PER_ELEMENT ?? 1;
    fill(view(array, (offset ?? 0) * unit, size === undefined ? undefined : size * unit));
    return array;
  };
  crypto.randomFill = function randomFill(array, ...rest) {
    const callback = rest.pop();
    if (typeof callback !== "function") return crypto.randomFillSync(array, ...rest, callback);
    crypto.randomFillSync(array, ...rest);
    later(() => callback(null, array));
  };
  crypto.randomInt = function randomInt(min, max, callback) {
    if (max === undefined || typeof max === "function") [min, max, callback] = [0, min, max];
    real.int(min, max);
    const value = min + Math.floor(fraction() * (max - min));
    if (callback === undefined) return value;
    later(() => callback(undefined, value));
  };
  const uuid = function randomUUID(options) {
    if (options !== undefined && (options === null || typeof options !== "object")) return realUuid(options);
    const bytes = new Uint8Array(16);
    fill(bytes);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Buffer.from(bytes).toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
  const realUuid = crypto.randomUUID;
  crypto.randomUUID = uuid;
  const web = Object.getPrototypeOf(crypto.webcrypto);
  const realValues = web.getRandomValues;
  web.randomUUID = function randomUUID() {
    return uuid();
  };
  web.getRandomValues = function getRandomValues(array) {
    realValues.call(crypto.webcrypto, array);
    fill(view(array));
    return array;
  };
  // crypto.getRandomValues is a getter for the same method.
}

install();
if (!isMainThread) reseed(getEnvironmentData(inThread) ?? "");
module.exports = { reseed, fractions, forThread };
