/** Measures what a client does with a server's responses, in the words of the table in lesson 03. */
import { type Front, startFront, type Trouble, troubleSeconds } from "./front.ts";
import type { Library } from "./libraries.ts";

/** The statuses that the first GET is answered with, each with Retry-After. */
export const statusesTried = [202, 408, 413, 429, 500, 502, 503, 504];

type Sent = "sent once" | "sent again";

/** A client's row of the table. */
export interface Row {
  /** The statuses after which it waits as long as Retry-After says and asks again. */
  readonly heeds: string;
  /** What it does with a 200 whose body says "processing" and whose Retry-After says when to ask again. */
  readonly processing: "hands it over" | "asks again";
  /** A POST that is answered with 503 and Retry-After. */
  readonly busyOrder: Sent;
  /** A POST that the server got, and whose connection was then reset. */
  readonly lostOrder: Sent;
}

/** Measures all cells at once, in real time. Takes about five seconds. */
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

/** Calls the function with a server of its own, then closes the server. */
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

/** Waits until a promise settles, either way. */
async function settled(promise: Promise<unknown>): Promise<void> {
  await Promise.allSettled([promise]);
}
