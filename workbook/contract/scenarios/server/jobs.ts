/** What server scenarios do: order reports, and read a job's status where its Location leads. */
import { addressesOf, encoded, locationOf, redirectOf } from "../../http/location.ts";
import { fieldOf, isObject, isText, jsonOf } from "../../http/json.ts";
import type { Exchange } from "../../model/recording.ts";
import type { Ask, Bench, HttpBench } from "../../model/bench.ts";
import type { World } from "../../model/world.ts";

/** A POST to /reports, answered or not. */
export interface Placed {
  /** Such as "A"; its exchanges are `A.post`, `A.get`, and `A.get>` for what a redirect led to. */
  readonly label: string;
  readonly post: Exchange;
  /** When the POST was sent, ms from the scenario's start. */
  readonly sentMs: number;
  readonly id: string | null;
  /** Where Location leads; null when it is unusable. */
  readonly url: URL | null;
}

type Params = Readonly<Record<string, unknown>>;

/** Sends a POST to /reports. @param more `aside`: this job is not judged */
export async function order(
  bench: HttpBench,
  label: string,
  params: Params,
  more: Pick<Ask, "aside"> = {},
): Promise<Placed> {
  const body = JSON.stringify(params);
  const post = await bench.send({ label: `${label}.post`, method: "POST", url: "/reports", body, ...more });
  return { label, post, sentMs: post.sentMs, id: idOf(post), url: locationOf(post) };
}

/** The `id` in an answer's JSON, whatever its content type; null unless it is a string that is not empty. */
export function idOf({ response }: Exchange): string | null {
  const json = jsonOf(response?.body);
  const id = isObject(json) ? fieldOf(json, "id") : undefined;
  return typeof id === "string" && id !== "" ? id : null;
}

/** GETs the job's status now, following up to three redirects; null when Location is unusable. */
export function read(bench: HttpBench, job: Placed): Promise<Exchange | null> {
  return job.url ? follow(bench, `${job.label}.get`, job.url) : Promise.resolve(null);
}

/** Like `read`, but waits until `atMs` after the POST was sent; null if that time has passed. */
export async function readAt(bench: HttpBench, job: Placed, atMs: number): Promise<Exchange | null> {
  if (bench.now() > job.sentMs + atMs || hasNothingToRead(bench, [job])) return null;
  await bench.until(job.sentMs + atMs);
  return read(bench, job);
}

/** True on the real clock when no job has a usable Location: then waiting is pointless. */
export function hasNothingToRead(bench: HttpBench, jobs: readonly Placed[]): boolean {
  return bench.world.clock === "real" && jobs.every((job) => !job.url);
}

/** Reads at these times until an answer is not `processing`. @returns true if there was one */
export async function readUntilDone(bench: HttpBench, job: Placed, times: readonly number[]): Promise<boolean> {
  for (const atMs of times) {
    const answer = await readAt(bench, job, atMs);
    if (answer && wordOf(answer) !== "processing") return true;
  }
  return false;
}

/** The word in `status` of an answer's JSON; null when there is none. */
export function wordOf({ response }: Exchange): string | null {
  const json = jsonOf(response?.body);
  const word = isObject(json) ? fieldOf(json, "status") : undefined;
  return isText(word) ? word : null;
}

/** GETs a URL that a server named, and follows redirects up to three times. */
export async function follow(bench: HttpBench, label: string, url: URL): Promise<Exchange> {
  let answer = await knock(bench, label, `${label}>`, url);
  for (let hop = 0; hop < 3; hop++) {
    const next = redirectOf(answer);
    if (!next) return answer;
    answer = await knock(bench, `${label}>`, `${label}>`, next);
  }
  return answer;
}

/** GETs the address as given and, if there is no answer, the same path at the server's own origin. */
async function knock(bench: HttpBench, label: string, again: string, url: URL): Promise<Exchange> {
  const [first = url.href, second] = addressesOf(url, bench.world);
  const answer = await bench.send({ label, method: "GET", url: first });
  if (answer.response || second === undefined) return answer;
  return bench.send({ label: again, method: "GET", url: second });
}

/** The path of a job's status in the exercises; null when the id cannot be encoded. */
export function usualPath(id: string): string | null {
  const segment = encoded(id);
  return segment === null ? null : `/reports/${segment}`;
}

/** On the real clock, waits until the jobs are done, so that a server with one worker is free for the next scenario. */
export async function rest(bench: HttpBench, jobs: readonly Placed[]): Promise<void> {
  if (bench.world.clock !== "real") return;
  for (const job of jobs) {
    if (!job.url) continue;
    const path = job.url.pathname + job.url.search;
    for (let tries = 0; tries < 20; tries++) {
      const answer = await bench.send({ label: "rest", method: "GET", url: path, aside: true });
      if (wordOf(answer) !== "processing") break;
      await bench.wait(2_000);
    }
  }
}

/**
 * All genres, shuffled by the seed. One of the first two is part of another genre's name, so that code which compares
 * with `includes` shows.
 */
export function genres(bench: Bench): string[] {
  const names = shuffled([...new Set(bench.world.books.map((book) => book.genre))], bench);
  const inner = names.findIndex((name) => names.some((other) => other !== name && other.includes(name)));
  if (inner < 2) return names;
  const to = bench.random() < 0.5 ? 0 : 1;
  const [moved = ""] = names.splice(inner, 1);
  names.splice(to, 0, moved);
  return names;
}

/** A genre that no book has, and that no message contains by chance. */
export function unknownGenre(bench: Bench): string {
  const names = ["falconry", "heraldry", "astrology", "bee-keeping", "sailing"];
  const taken = new Set(bench.world.books.map((book) => book.genre));
  const free = names.filter((name) => !taken.has(name));
  const name = free[Math.floor(bench.random() * free.length)] ?? "nothing";
  return `${name} ${100 + Math.floor(bench.random() * 900)}`;
}

function shuffled(names: string[], bench: Bench): string[] {
  for (let i = names.length - 1; i > 0; i--) {
    const j = Math.floor(bench.random() * (i + 1));
    [names[i], names[j]] = [names[j] ?? "", names[i] ?? ""];
  }
  return names;
}

/** True in exercise 05: the POST waits for quick work. */
export function isChoosing(world: World): boolean {
  return world.graded.includes("choose.slow");
}

/** True from exercise 04 on: work can fail. */
export function canFail(world: World): boolean {
  return world.graded.includes("fail.survives");
}

/** True in exercise 06: finished jobs expire. */
export function cleansUp(world: World): boolean {
  return world.graded.includes("ttl.keeps");
}
