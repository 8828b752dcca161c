/** Client scenarios against a program in any language: each with its own process and scripted server, all side by side. */
import type { AddressInfo } from "node:net";
import http from "node:http";
import type { Answer, Bench, ClientCall, Event, ErrorRecord, Exchange, HttpRequest, Recording, Scenario, World } from "../../contract/types.ts";
import { seeded } from "../seed.ts";
import { pairs } from "./exchange.ts";
import { startProgram } from "./program.ts";

export interface CommandPlay {
  readonly scenarios: readonly Scenario[];
  /** As typed; `{url}` stands for the scripted server's origin. */
  readonly command: string;
  readonly world: World;
  readonly signal?: AbortSignal;
  readonly onRecording?: (recording: Recording) => void;
}

/** A program that has told its result has so long to end, ms (client.quiet). */
const endMs = 2000;
/** How long requests are watched for after the end, ms (client.stops). */
const silenceMs = 3000;
const maxRequests = 200;
/** A scenario that names no limit for the real clock ends after so long, ms. */
const defaultLimitMs = 60_000;

/** Plays all scenarios at once. */
export async function playCommand(play: CommandPlay): Promise<Map<string, Recording>> {
  const recordings = new Map<string, Recording>();
  await Promise.all(
    play.scenarios.map(async (scenario) => {
      const recording = await playOne(scenario, play);
      recordings.set(scenario.name, recording);
      play.onRecording?.(recording);
    }),
  );
  return recordings;
}

async function playOne(scenario: Scenario, play: CommandPlay): Promise<Recording> {
  const events: Event[] = [];
  const start = performance.now();
  const now = () => Math.round(performance.now() - start);
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));
  const notHere = (what: string) => Promise.reject(new Error(`${scenario.name} cannot ${what} with a command.`));
  const bench: Bench = {
    world: play.world,
    now,
    wait,
    until: (atMs) => wait(atMs - now()),
    random: seeded(play.world.seed, scenario.name),
    send: () => notHere("send to a server"),
    run: (call) => runProgram(call, play, now, events),
    probe: () => notHere("look into the process"),
    pause: () => notHere("measure pauses"),
  };
  await scenario.play(bench);
  events.sort((a, b) => timeOfEvent(a) - timeOfEvent(b));
  return { scenario: scenario.name, side: "client", clock: "real", events, lastedMs: now() };
}

function timeOfEvent(event: Event): number {
  return event.is === "exchange" ? event.exchange.sentMs : event.atMs;
}

/** One start of the program against one script. */
async function runProgram(call: ClientCall, play: CommandPlay, now: () => number, events: Event[]): Promise<void> {
  const settled = new AbortController();
  const server = scriptedServer(call, now, events, () => settled.abort("requests"));
  await new Promise<void>((resolve) => server.http.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.http.address() as AddressInfo).port}`;
  const program = startProgram(play.command.replaceAll("{url}", origin), {
    BASE_URL: origin,
    PARAMS: JSON.stringify(call.params),
  });
  program.onText = (text) => events.push({ is: "printed", atMs: now(), from: "client", text });
  const limit = setTimeout(() => settled.abort("time"), call.realLimitMs ?? defaultLimitMs);
  const stop = () => settled.abort("time");
  play.signal?.addEventListener("abort", stop, { once: true });
  try {
    const resultAt = program.result.then(() => now());
    const first = await Promise.race([program.ended, resultAt, aborted(settled.signal)]);
    if (settled.signal.aborted) {
      events.push({ is: "stopped", atMs: now(), why: settled.signal.reason === "requests" ? "requests" : "time" });
    } else {
      if (typeof first === "number") await Promise.race([program.ended, pause(endMs)]);
      settle(program, typeof first === "number" ? first : now(), events);
      events.push({ is: "probe", atMs: now(), name: "timers", value: program.code === undefined ? 1 : 0 });
      if (call.watchMs) await pause(silenceMs);
    }
  } finally {
    clearTimeout(limit);
    play.signal?.removeEventListener("abort", stop);
    await program.kill();
    server.close();
  }
}

/** A result line is the answer, if the program has not failed after it; an exit code other than 0 is an error. */
function settle(program: ReturnType<typeof startProgram>, atMs: number, events: Event[]): void {
  const { code, line, errors } = program;
  if (code === undefined || (code === 0 && line !== undefined)) {
    const value: unknown = JSON.parse(line ?? "null");
    events.push({ is: "resolved", atMs, type: value === null ? "null" : typeof value, json: line ?? null });
  } else if (code === 0) {
    events.push({ is: "resolved", atMs, type: "undefined", json: null });
  } else {
    events.push({ is: "rejected", atMs, error: errorOf(errors.trim() || `exit code ${code}, and nothing on standard error`) });
  }
}

/** What a program wrote on standard error, as an error. Its last line is the message proper, in most languages. */
function errorOf(text: string): ErrorRecord {
  const status = /\b([45]\d\d)\b/.exec(text);
  return {
    isError: true,
    name: "Error",
    message: text,
    status: status ? Number(status[1]) : null,
    isReason: false,
    isInvalidUrl: /invalid url|unknown url type|no host (given|supplied)|url rejected/i.test(text),
    isParserMessage: /JSONDecodeError|SyntaxError|Unexpected token|is not valid JSON|parse error|JSON::ParserError/.test(text),
    cause: null,
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The server that answers by the script, on a real port. */
function scriptedServer(call: ClientCall, now: () => number, events: Event[], tooMany: () => void) {
  const count = { posts: 0, gets: 0 };
  let requests = 0;
  const server = http.createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const sentMs = now();
      const method = request.method ?? "GET";
      const made: HttpRequest = {
        method,
        url: `http://${request.headers.host ?? "127.0.0.1"}${request.url ?? "/"}`,
        headers: pairs(request.rawHeaders),
        body: chunks.length > 0 ? Buffer.concat(chunks).toString() : null,
      };
      const counted = method !== "HEAD" && method !== "OPTIONS";
      if (counted) count[method === "POST" ? "posts" : "gets"] += 1;
      const label = !counted ? "other" : method === "POST" ? "post" : "get";
      const index = events.push({ is: "exchange", exchange: unanswered(label, made, sentMs) }) - 1;
      const mine = events[index];
      if (++requests >= maxRequests) return tooMany();
      if (!counted) {
        response.writeHead(method === "HEAD" ? 200 : 204).end();
        return;
      }
      const origin = `http://${request.headers.host ?? "127.0.0.1"}`;
      const answer = call.script.answer(made, { ...count }, { ms: sentMs, epochMs: Date.now(), origin });
      reply(answer, response, (exchange) => {
        const place = mine ? events.indexOf(mine) : -1;
        if (place >= 0) events[place] = { is: "exchange", exchange: { ...unanswered(label, made, sentMs), ...exchange, doneMs: now() } };
      });
    });
  });
  return {
    http: server,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function unanswered(label: string, request: HttpRequest, sentMs: number): Exchange {
  return { label, request, response: null, failure: { kind: "never", message: "no answer was sent" }, sentMs, doneMs: null, slow: false };
}

function reply(answer: Answer, response: http.ServerResponse, done: (part: Partial<Exchange>) => void): void {
  if (answer.never) return;
  setTimeout(() => {
    if (answer.cut === "before") {
      response.socket?.resetAndDestroy();
      return done({ failure: { kind: "cut", message: "the script cut the connection" } });
    }
    response.writeHead(answer.status, answer.headers.map(([name, value]) => [name, value]).flat());
    if (answer.cut === "body") {
      response.write(answer.body.slice(0, Math.ceil(answer.body.length / 2)), () => response.socket?.resetAndDestroy());
      return done({ failure: { kind: "cut", message: "the script cut the body" } });
    }
    const { status, headers, body } = answer;
    response.on("finish", () => done({ response: { status, headers, body }, failure: null }));
    response.end(body);
  }, answer.delayMs ?? 800);
}
