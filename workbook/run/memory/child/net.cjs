"use strict";
// The network in memory: net.connect and Server.listen use paired streams and never touch the kernel, so no socket holds the
// loop. fetch, node:http and every library on top of them run unmodified, with real HTTP bytes both ways.

const net = require("node:net");
const { syncBuiltinESMExports } = require("node:module");
const { MemorySocket, failure, open } = require("./memory-socket.cjs");

// Saved, because the learner's code may replace them.
const { Error, Number, Object } = globalThis;
const machine = (globalThis[Symbol.for("accepted")] ??= {});
const later = setImmediate;
const firstPort = 40_000;
const firstOwnPort = 50_000;

const servers = new Map();
/** Ports of scenarios that are over. A client that still connects there waits for ever, and cannot disturb the next one. */
const past = new Set();
let hanging = 0;
let tracing = false;
let port = firstPort;
let ownPort = firstOwnPort;

const isLocal = (host) =>
  !host || host === "localhost" || host.startsWith("127.") || host === "::1" || host === "[::1]" || host === "0.0.0.0";

/** The arguments of net.connect: options, or a port and a host, or a path; then a callback. */
function parse(args) {
  const [first, second] = args;
  const callback = args.find((arg) => typeof arg === "function");
  if (typeof first === "object" && first !== null) return { options: first, callback };
  if (typeof first === "string" && Number.isNaN(Number(first))) return { options: { path: first }, callback };
  return { options: { port: Number(first), host: typeof second === "string" ? second : undefined }, callback };
}

function refusal({ host, port: to, path }) {
  const local = path !== undefined || isLocal(host);
  const code = local ? "ECONNREFUSED" : "ENOTFOUND";
  const where = path ?? `${host ?? "localhost"}:${to}`;
  return failure(`connect ${code} ${where}`, { code, syscall: "connect", address: host, port: to });
}

function connect(...args) {
  const { options, callback } = parse(args);
  const socket = new MemorySocket({ highWaterMark: options.highWaterMark });
  socket.connecting = true;
  open.add(socket);
  if (tracing) socket.startedAt = new Error().stack;
  if (callback) socket.once("connect", callback);
  if (options.timeout) socket.setTimeout(options.timeout);
  later(() => meet(socket, options));
  return socket;
}

function meet(socket, options) {
  if (socket.destroyed) return;
  const to = options.path ?? Number(options.port);
  const server = options.path !== undefined || isLocal(options.host) ? servers.get(to) : undefined;
  if (!server && past.has(to)) {
    hanging++;
    open.delete(socket);
    return;
  }
  if (!server) return void socket.destroy(refusal(options));
  const other = new MemorySocket();
  other.server = server;
  [socket.peer, other.peer] = [other, socket];
  const address = "127.0.0.1";
  const local = ownPort++;
  Object.assign(socket, { remoteAddress: address, remoteFamily: "IPv4", remotePort: to });
  Object.assign(socket, { localAddress: address, localFamily: "IPv4", localPort: local });
  Object.assign(other, { remoteAddress: address, remoteFamily: "IPv4", remotePort: local });
  Object.assign(other, { localAddress: address, localFamily: "IPv4", localPort: to });
  socket.connecting = false;
  server.emit("connection", other);
  socket.emit("connect");
  socket.emit("ready");
}

net.connect = net.createConnection = connect;

// A socket that is created first and connected later, as TLS does, would use the kernel: its connection is refused.
net.Socket.prototype.connect = function (...args) {
  const { options } = parse(Array.isArray(args[0]) ? args[0] : args);
  this.connecting = true;
  later(() => this.destroy(refusal(options)));
  return this;
};

net.Server.prototype.listen = function listen(...args) {
  const [first] = args;
  const options = typeof first === "object" && first !== null ? first : { port: first };
  const callback = args.find((arg) => typeof arg === "function");
  const isPath = typeof options.port === "string" && Number.isNaN(Number(options.port));
  const at = options.path ?? (isPath ? options.port : Number(options.port) || port++);
  if (callback) this.once("listening", callback);
  if (servers.has(at)) {
    const fields = { code: "EADDRINUSE", syscall: "listen", port: at };
    const error = failure(`listen EADDRINUSE: address already in use :::${at}`, fields);
    process.nextTick(() => this.emit("error", error));
    return this;
  }
  servers.set(at, this);
  if (tracing) this.startedAt = new Error().stack;
  let holds = true;
  this._handle = {
    close: (done) => {
      servers.delete(at);
      if (done) process.nextTick(done);
    },
    ref: () => void (holds = true),
    unref: () => void (holds = false),
    hasRef: () => holds,
    getsockname: (out) => {
      Object.assign(out, { address: "127.0.0.1", family: "IPv4", port: at });
      return 0;
    },
  };
  process.nextTick(() => this.emit("listening"));
  return this;
};
syncBuiltinESMExports();

machine.net = {
  /** Lets the grader's own server accept connections, without the timers that come with listening. */
  serve(at, server) {
    past.delete(at);
    servers.set(at, server);
  },
  /** The port's scenario is over; what still connects there waits for ever. */
  leave(at) {
    servers.delete(at);
    past.add(at);
  },
  /** Notes where connections and servers are started; see `started`. */
  trace: (on) => void (tracing = on),
  started() {
    const sockets = [...open]
      .filter(({ holds }) => holds)
      .map(({ startedAt }) => ({ what: "connection", stack: startedAt }));
    const listening = [...servers.values()].filter((server) => server._handle?.hasRef());
    return [...sockets, ...listening.map(({ startedAt }) => ({ what: "listening server", stack: startedAt }))];
  },
  /** How many sockets of the subject keep its process alive. */
  refdSockets: () => [...open].filter((socket) => socket.holds).length,
  /** How many servers of the subject keep its process alive. */
  refdServers: () => [...servers.values()].filter((server) => server._handle?.hasRef()).length,
  /** How many connections to past ports there were since the last `reset`. */
  hanging: () => hanging,
  /** Ends every connection and every listening server. */
  reset() {
    for (const socket of open) {
      socket.peer?.resetAndDestroy();
      socket.resetAndDestroy();
    }
    for (const server of servers.values()) server.close?.();
    servers.clear();
    [hanging, port, ownPort] = [0, firstPort, firstOwnPort];
  },
};
machine.load = (spec, options) => (options ? import(spec, options) : import(spec));
