/** What a client does with the answers of a job's server, in the words of lesson 03's table. */
import { type Front, startFront, type Trouble, troubleSeconds } from "./front.ts";
import type { Library } from "./libraries.ts";

/** With each of these, a Retry-After and no report is the first GET answered. */
export const statusesTried = [202, 408, 413, 429, 500, 502, 503, 504];

type Sent = "sent once" | "sent again";

/** The cells of a client's row. */
export interface Row {
  /** Those of the statuses after which it waits for as long as Retry-After says, and asks again. */
  readonly heeds: string;
  /** A 200 of the reference server that says "processing", and when to come again. */
  readonly processing: "hands it over" | "asks again";
  /** A POST answered 503 with Retry-After. */
  readonly busyOrder: Sent;
  /** A POST whose answer never came: the server took it, then the connection was reset. */
  readonly lostOrder: Sent;
}

/** Real time, and all at once: some five seconds. */
export async function measure(library: Library): Promise<Row> {
  const [heeded, processing, busyOrder, lostOrder] = await Promise.all([
    Promise.all(statusesTried.map((kind) => inFront({ method: "GET", kind }, (front) => isHeeded(library, front)))),
    inFront(undefined, (front) => processingOf(library, front)),
    inFront({ method: "POST", kind: 503 }, (front) => ordersOf(library, front)),
    inFront({ method: "POST", kind: "cut" }, (front) => ordersOf(library, front)),
  ]);
  const heeds = statusesTried.filter((_, at) => heeded[at]).join(", ") || "nothing";
  return { heeds, processing, busyOrder, lostOrder };
}

/** Runs with a server of its own, and closes it. */
export async function inFront<T>(trouble: Trouble | undefined, run: (front: Front) => Promise<T>): Promise<T> {
  const front = await startFront(trouble);
  try {
    return await run(front);
  } finally {
    await front.close();
  }
}

async function isHeeded(library: Library, front: Front): Promise<boolean> {
  await settled(library.ask(front.statusUrl));
  const [first, second] = front.seen;
  return first !== undefined && second !== undefined && second.atMs - first.atMs >= troubleSeconds * 1000 - 50;
}

async function processingOf(library: Library, front: Front): Promise<Row["processing"]> {
  const { status } = JSON.parse(await library.ask(front.statusUrl)) as { status?: unknown };
  return front.seen.length === 1 && status === "processing" ? "hands it over" : "asks again";
}

async function ordersOf(library: Library, front: Front): Promise<Sent> {
  await settled(library.order(front.origin));
  return front.seen.length === 1 ? "sent once" : "sent again";
}

/** Until it has ended, well or badly. */
async function settled(promise: Promise<unknown>): Promise<void> {
  await Promise.allSettled([promise]);
}
