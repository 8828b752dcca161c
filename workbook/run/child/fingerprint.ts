/** Whether a scenario changed what the next one would find: globals, prototypes, listeners, environment, folder. */
import type { EventEmitter } from "node:events";

/** Reading these makes Node warn. */
const skipped = new Set<string | symbol>(["localStorage", "sessionStorage"]);

type Snapshot = Map<string, unknown>;

const watched: Readonly<Record<string, object>> = {
  globalThis,
  console,
  JSON,
  Math,
  Reflect,
  Atomics,
  Object,
  Array,
  String,
  Number,
  Promise,
  Date,
  Error,
  Symbol,
  "Object.prototype": Object.prototype,
  "Function.prototype": Function.prototype,
  "Array.prototype": Array.prototype,
  "String.prototype": String.prototype,
  "Number.prototype": Number.prototype,
  "Boolean.prototype": Boolean.prototype,
  "Promise.prototype": Promise.prototype,
  "Map.prototype": Map.prototype,
  "Set.prototype": Set.prototype,
  "Date.prototype": Date.prototype,
  "Error.prototype": Error.prototype,
  "RegExp.prototype": RegExp.prototype,
  "Request.prototype": Request.prototype,
  "Response.prototype": Response.prototype,
  "Headers.prototype": Headers.prototype,
  "URL.prototype": URL.prototype,
  "process.stdout": process.stdout,
  "process.stderr": process.stderr,
};
/** Streams change by being used; of them only this counts. */
const onlyWrite = new Set(["process.stdout", "process.stderr"]);

/** Takes a snapshot of now. @returns a function that names what has changed since, or null. */
export function fingerprint(): () => string | null {
  for (const key of Reflect.ownKeys(globalThis)) if (!skipped.has(key)) Reflect.get(globalThis, key);
  const before = snapshot();
  return () => difference(before, snapshot());
}

function snapshot(): Snapshot {
  const found: Snapshot = new Map();
  for (const [name, object] of Object.entries(watched)) {
    const keys = onlyWrite.has(name) ? ["write"] : Reflect.ownKeys(object);
    for (const key of keys) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      found.set(`${name}.${String(key)}`, descriptor && "value" in descriptor ? descriptor.value : descriptor?.get);
    }
  }
  for (const event of (process as EventEmitter).eventNames()) {
    found.set(`listeners of process for ${String(event)}`, process.listenerCount(event as string));
  }
  found.set("process.env", JSON.stringify(process.env));
  found.set("process.exitCode", process.exitCode);
  found.set("the working directory", process.cwd());
  return found;
}

function difference(before: Snapshot, after: Snapshot): string | null {
  for (const [name, value] of after) {
    if (!before.has(name)) return `${name} was added`;
    if (!Object.is(before.get(name), value)) return `${name} was changed`;
  }
  for (const name of before.keys()) if (!after.has(name)) return `${name} was removed`;
  return null;
}
