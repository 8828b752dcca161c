/**
 * Whether a scenario changed what the next one would find: globals, prototypes, listeners, environment, folder. It may
 * have changed the very functions that are needed to look, so they are taken before, and loops go by index.
 */
import { EventEmitter } from "node:events";

/** What has changed. `shared`: it is one of the language's or of Node's own things, which the recorder uses too. */
export interface Change {
  readonly what: string;
  readonly shared: boolean;
}

/** Reading these makes Node warn. */
const skipped: Readonly<Record<string, true>> = { localStorage: true, sessionStorage: true };
const { ownKeys, get } = Reflect;
const { getOwnPropertyDescriptor, is, create, getPrototypeOf } = Object;
const { stringify } = JSON;
const text = String;
const eventNames = process.eventNames.bind(process);
const listenerCount = process.listenerCount.bind(process);
const cwd = process.cwd.bind(process);

/** A value for each name; with no prototype, so that nobody can put names in. */
type Snapshot = Record<string, unknown>;

const typedArray = getPrototypeOf(Uint8Array.prototype) as object;
const watched: readonly (readonly [name: string, object: object, keys?: readonly string[]])[] = [
  ["globalThis", globalThis],
  ["console", console],
  ["JSON", JSON],
  ["Math", Math],
  ["Reflect", Reflect],
  ["Atomics", Atomics],
  ["Object", Object],
  ["Array", Array],
  ["String", String],
  ["Number", Number],
  ["Promise", Promise],
  ["Date", Date],
  ["Error", Error],
  ["Symbol", Symbol],
  ["Buffer", Buffer],
  ["Object.prototype", Object.prototype],
  ["Function.prototype", Function.prototype],
  ["Array.prototype", Array.prototype],
  ["TypedArray.prototype", typedArray],
  ["String.prototype", String.prototype],
  ["Number.prototype", Number.prototype],
  ["Boolean.prototype", Boolean.prototype],
  ["Promise.prototype", Promise.prototype],
  ["Map.prototype", Map.prototype],
  ["Set.prototype", Set.prototype],
  ["WeakMap.prototype", WeakMap.prototype],
  ["Date.prototype", Date.prototype],
  ["Error.prototype", Error.prototype],
  ["RegExp.prototype", RegExp.prototype],
  ["Request.prototype", Request.prototype],
  ["Response.prototype", Response.prototype],
  ["Headers.prototype", Headers.prototype],
  ["URL.prototype", URL.prototype],
  ["AbortSignal.prototype", AbortSignal.prototype],
  ["EventTarget.prototype", EventTarget.prototype],
  ["ReadableStream.prototype", ReadableStream.prototype],
  ["the prototype of array iterators", getPrototypeOf([][Symbol.iterator]()) as object],
  ["EventEmitter.prototype", EventEmitter.prototype],
  // Of these much changes by being used; what is named here does not.
  ["process", process, ["emit", "on", "kill", "exit", "nextTick", "hrtime", "getActiveResourcesInfo", "stdout"]],
  ["process.stdout", process.stdout, ["write"]],
  ["process.stderr", process.stderr, ["write"]],
];
/** A learner's own business: none of the recorder's. */
const ownBusiness: Readonly<Record<string, true>> = { console: true, "process.stdout": true, "process.stderr": true };

/** Takes a snapshot of now. @returns a function that names what has changed since, or null. */
export function fingerprint(): () => Change | null {
  const keys = ownKeys(globalThis);
  for (let i = 0; i < keys.length; i++) if (!skipped[text(keys[i])]) get(globalThis, keys[i] as PropertyKey);
  const before = snapshot();
  return () => difference(before, snapshot());
}

function snapshot(): Snapshot {
  const found = create(null) as Snapshot;
  for (let i = 0; i < watched.length; i++) {
    const [name, object, some] = watched[i] as (typeof watched)[number];
    const keys = some ?? ownKeys(object);
    for (let k = 0; k < keys.length; k++) {
      const key = keys[k] as PropertyKey;
      const descriptor = getOwnPropertyDescriptor(object, key);
      found[`${name}.${text(key)}`] = descriptor && "value" in descriptor ? descriptor.value : descriptor?.get;
    }
  }
  const events = eventNames();
  for (let i = 0; i < events.length; i++) {
    found[`listeners of process for ${text(events[i])}`] = listenerCount(events[i] as string);
  }
  found["process.env"] = stringify(process.env);
  found["process.exitCode"] = process.exitCode;
  found["the working directory"] = cwd();
  return found;
}

function difference(before: Snapshot, after: Snapshot): Change | null {
  let first: Change | null = null;
  const names = ownKeys(after) as string[];
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const isNew = !(name in before);
    if (!isNew && is(before[name], after[name])) continue;
    const change = { what: `${name} was ${isNew ? "added" : "changed"}`, shared: isShared(name, isNew) };
    if (change.shared) return change;
    first ??= change;
  }
  const earlier = ownKeys(before) as string[];
  for (let i = 0; i < earlier.length; i++) {
    const name = earlier[i] as string;
    if (!(name in after)) first ??= { what: `${name} was removed`, shared: false };
  }
  return first;
}

function isShared(name: string, isNew: boolean): boolean {
  for (let i = 0; i < watched.length; i++) {
    const of = (watched[i] as (typeof watched)[number])[0];
    let same = !ownBusiness[of] && name.length > of.length + 1 && name[of.length] === ".";
    for (let c = 0; same && c < of.length; c++) same = name[c] === of[c];
    if (same) return !(isNew && of === "globalThis");
  }
  return false;
}
