/**
 * Finds out whether a scenario changed what the next one would see: globals, prototypes, listeners, environment, folder. It
 * may have changed the very functions needed for that, so they are read beforehand, and loops go by index.
 */
import { EventEmitter } from "node:events";

/** One change. `shared`: of an object of the language or of Node that the recorder uses too. */
export interface Change {
  readonly what: string;
  readonly shared: boolean;
}

/** Reading these makes Node warn. */
const skipped: Readonly<Record<string, true>> = { localStorage: true, sessionStorage: true };
const { ownKeys, get } = Reflect;
const { getOwnPropertyDescriptor, is, getPrototypeOf } = Object;
const text = String;
const eventNames = process.eventNames.bind(process);
const listenerCount = process.listenerCount.bind(process);
const cwd = process.cwd.bind(process);

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
  // Much of these changes with use; the keys named here don't.
  ["process", process, ["emit", "on", "kill", "exit", "nextTick", "hrtime", "getActiveResourcesInfo", "stdout"]],
  ["process.stdout", process.stdout, ["write"]],
  ["process.stderr", process.stderr, ["write"]],
];
/** Objects that the recorder doesn't use. */
const ownBusiness: Readonly<Record<string, true>> = { console: true, "process.stdout": true, "process.stderr": true };

/** A snapshot of an object: a value for each key, in the order of its keys. */
interface Snapshot {
  readonly shared: boolean;
  /** A new key does no harm: true of globals, not of prototypes. */
  readonly open: boolean;
  /** The key's name in a sentence. */
  called(key: PropertyKey): string;
  /** Its keys now: all of them, or the watched ones. */
  now(): readonly PropertyKey[];
  value(key: PropertyKey): unknown;
  readonly keys: readonly PropertyKey[];
  readonly values: readonly unknown[];
}

/** Takes snapshots. @returns a function that names a change since then, or null */
export function fingerprint(): () => Change | null {
  const keys = ownKeys(globalThis);
  for (let i = 0; i < keys.length; i++) if (!skipped[text(keys[i])]) get(globalThis, keys[i] as PropertyKey);
  const snapshots = [...watched.map(snapshotOf), ...snapshotsOfProcess()];
  return () => difference(snapshots);
}

function snapshotOf([name, object, some]: (typeof watched)[number]): Snapshot {
  const value = (key: PropertyKey) => {
    const descriptor = getOwnPropertyDescriptor(object, key);
    return descriptor && "value" in descriptor ? descriptor.value : descriptor?.get;
  };
  const called = (key: PropertyKey) => `${name}.${text(key)}`;
  return snapshot({
    shared: !ownBusiness[name],
    open: object === globalThis,
    called,
    now: () => some ?? ownKeys(object),
    value,
  });
}

/** What belongs to the process, and not to an object that could be compared like the others. */
function snapshotsOfProcess(): Snapshot[] {
  const { env } = process;
  const [exitCode, folder] = [["process.exitCode"], ["the working directory"]];
  const onEvent = (event: PropertyKey) => listenerCount(event as string);
  return [
    snapshot({
      shared: false,
      open: false,
      called: (event) => `listeners of process for ${text(event)}`,
      now: eventNames,
      value: onEvent,
    }),
    snapshot({
      shared: true,
      open: false,
      called: (name) => `process.env.${text(name)}`,
      now: () => ownKeys(env),
      value: (name) => get(env, name),
    }),
    snapshot({ shared: true, open: false, called: text, now: () => exitCode, value: () => process.exitCode }),
    snapshot({ shared: false, open: false, called: text, now: () => folder, value: cwd }),
  ];
}

function snapshot(what: Omit<Snapshot, "keys" | "values">): Snapshot {
  const keys = [...what.now()];
  return { ...what, keys, values: keys.map(what.value) };
}

/** The first change; one of a shared object comes first. Allocates nothing while nothing has changed. */
function difference(snapshots: readonly Snapshot[]): Change | null {
  let first: Change | null = null;
  for (let i = 0; i < snapshots.length; i++) {
    const change = changeOf(snapshots[i] as Snapshot);
    if (change?.shared) return change;
    first ??= change;
  }
  return first;
}

function changeOf({ shared, open, called, now, value, keys, values }: Snapshot): Change | null {
  let first: Change | null = null;
  const found = now();
  for (let i = 0; i < found.length; i++) {
    const key = found[i] as PropertyKey;
    const at = keys[i] === key ? i : indexOf(keys, key);
    if (at >= 0 && is(values[at], value(key))) continue;
    const what = `${called(key)} was ${at < 0 ? "added" : "changed"}`;
    if (shared && !(at < 0 && open)) return { what, shared };
    first ??= { what, shared: false };
  }
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as PropertyKey;
    if (found[i] === key || indexOf(found, key) >= 0) continue;
    first ??= { what: `${called(key)} was removed`, shared: false };
  }
  return first;
}

function indexOf(keys: readonly PropertyKey[], key: PropertyKey): number {
  for (let i = 0; i < keys.length; i++) if (keys[i] === key) return i;
  return -1;
}
