"use strict";
// One end of a connection in memory, with what libraries use of a net.Socket. Bytes written at one end arrive at the other;
// destroying one end closes or resets the other.

const { Duplex } = require("node:stream");

// Saved, because the learner's code may replace them.
const { Error, Object, clearTimeout, setTimeout } = globalThis;
const later = setImmediate;

/** Sockets made by connecting: the subject's own. */
const open = new Set();

/** An Error with a code and other fields, like a system error. */
const failure = (message, fields) => Object.assign(new Error(message), fields);

class MemorySocket extends Duplex {
  connecting = false;
  bytesRead = 0;
  bytesWritten = 0;
  timeout = 0;
  encrypted = undefined;
  peer = null;
  holds = true;

  constructor(options) {
    super({ allowHalfOpen: true, autoDestroy: true, emitClose: true, highWaterMark: 65_536, ...options });
  }
  get pending() {
    return this.connecting;
  }
  get readyState() {
    if (this.connecting) return "opening";
    return this.destroyed ? "closed" : "open";
  }
  _read() {}
  // Delivered by setImmediate: with nextTick hundreds of exchanges would fit into one turn, and immediates would starve.
  _write(chunk, encoding, done) {
    this.#touch();
    this.bytesWritten += chunk.length;
    if (this.connecting) return void this.once("connect", () => this._write(chunk, encoding, done));
    const { peer } = this;
    later(() => {
      if (peer && !peer.destroyed && !peer.readableEnded) {
        peer.#touch();
        peer.bytesRead += chunk.length;
        peer.push(chunk);
      }
      done();
    });
  }
  _final(done) {
    if (this.connecting) return void this.once("connect", () => this._final(done));
    const { peer } = this;
    later(() => {
      if (peer && !peer.destroyed) peer.push(null);
      done();
    });
  }
  _destroy(error, done) {
    clearTimeout(this.timer);
    open.delete(this);
    const { peer } = this;
    this.peer = null;
    if (peer && !peer.destroyed) later(() => this.#part(peer));
    done(error);
  }
  #part(peer) {
    if (peer.destroyed) return;
    if (this.reset) peer.destroy(failure("read ECONNRESET", { code: "ECONNRESET", errno: -104, syscall: "read" }));
    else if (!peer.readableEnded) peer.push(null);
  }
  resetAndDestroy() {
    this.reset = true;
    return this.destroy();
  }
  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once("finish", this.destroy);
  }
  #touch() {
    this.timer?.refresh();
  }
  setTimeout(ms, callback) {
    this.timeout = ms;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (ms > 0) {
      if (callback) this.once("timeout", callback);
      this.timer = setTimeout(() => this.emit("timeout"), ms);
      this.timer.unref();
    } else if (callback) this.removeListener("timeout", callback);
    return this;
  }
  setNoDelay() {
    return this;
  }
  setKeepAlive() {
    return this;
  }
  ref() {
    this.holds = true;
    return this;
  }
  unref() {
    this.holds = false;
    return this;
  }
  address() {
    return { address: "127.0.0.1", family: "IPv4", port: this.localPort };
  }
}

module.exports = { MemorySocket, failure, open };
