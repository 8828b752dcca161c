/** Why a subject could not be run on, in plain words: the first sentence says what happened, the next one what to do. */
import path from "node:path";
import type { Problem, ProblemKind, Side } from "../../contract/model/recording.ts";
import type { Sides } from "./bundle.ts";
import { locate, shown, unbundled, type Place } from "./locate.ts";
import type { RawProblem } from "./protocol.ts";

export interface ProblemContext {
  readonly side: Side;
  readonly sides: Sides;
  /** Real ms without a turn of the event loop that count as an endless loop, and MB that count as endless growth. */
  readonly limits: { readonly loopMs: number; readonly memoryMb: number };
}

/** Turns a child's problem into one that names the learner's own file and line. */
export function toProblem(raw: RawProblem, context: ProblemContext): Problem {
  const place = locate(raw.frames, context.sides);
  const side = place?.side ?? context.side;
  const own = context.sides[side]?.bundle.file;
  const file = place?.file ?? own ?? null;
  const kind = kindOf(raw);
  const words: Words = {
    side,
    name: file === null ? `the ${side}` : path.basename(file),
    place,
    raw: unbundled(raw.message, context.sides).trim(),
    isRejection: raw.isRejection ?? false,
    ...context.limits,
  };
  return {
    kind,
    side,
    message: sentences[kind](words),
    file: file === null ? null : shown(file),
    line: place?.line ?? null,
    column: place?.column ?? null,
    ...(raw.isRejection && { isRejection: true }),
  };
}

/** Node versions on which the virtual clock is tested. */
const knownNodes = "Node 20.19+, 22, 24 and 26";

/** The problem of every file on a Node whose internals the virtual clock does not know. @param fault why, in a few words */
export function unknownNode(fault: string, version = process.versions.node): Problem {
  const message =
    `Files cannot be graded on Node ${version}, which the workbook's clock does not know (${fault}): that works on ` +
    `${knownNodes}, so install one of these, or grade a running server with --url or a client with --command, which ` +
    `work here.`;
  return { kind: "clock", side: null, message, file: null, line: null, column: null };
}

/** V8's own words, since its error carries neither a code nor the two names. */
const noSuchExport = /The requested module '([^']+)' does not provide an export named '([^']+)'/;

/** A name that a package does not export shows only when modules are linked; V8 reports it as a SyntaxError. */
function kindOf({ kind, message }: RawProblem): ProblemKind {
  return (kind === "throw" || kind === "syntax") && noSuchExport.test(message) ? "import" : kind;
}

interface Words {
  readonly side: Side;
  readonly name: string;
  readonly place: Place | null;
  readonly raw: string;
  /** A promise was rejected and not caught. */
  readonly isRejection: boolean;
  readonly loopMs: number;
  readonly memoryMb: number;
}

const sentences: Readonly<Record<ProblemKind, (words: Words) => string>> = {
  syntax: ({ name, raw }) => `${name}: ${raw}`,
  import: ({ name, raw }) => {
    const [, from, wanted] = noSuchExport.exec(raw) ?? [];
    if (from === undefined) return `${name} cannot be loaded: ${full(within(raw))}`;
    return `${name} imports "${wanted}" from "${from}", which has no such export. Check how the name is spelled.`;
  },
  export: ({ name, side }) =>
    side === "server"
      ? `${name} has no default export with a fetch method. End the file with: export default app;`
      : `${name} exports no function runReport. Write: export async function runReport(baseUrl, params, options) { … }`,
  throw: (words) => (words.isRejection ? rejection(words) : thrown(words)),
  exit: (words) =>
    `${words.name} ends the process${at(words)}${words.raw === "" ? "" : ` (${words.raw})`}. ` +
    (words.side === "server"
      ? `A server must go on: answer with a status, or throw an Error in the handler.`
      : `Let runReport reject instead: throw an Error.`),
  loop: (words) => {
    if (words.raw !== "") return `${words.name} never gives the turn back${at(words)}: ${full(words.raw)}`;
    const still = `${line(words, "it")} was still running after ${seconds(words.loopMs)}.`;
    const advice = `A loop without an await lets nothing else run: put an await in it (fetch, or a wait).`;
    return `${words.name} never gives the turn back: ${still} ${advice}`;
  },
  memory: (words) =>
    `${words.name} takes memory without end: ${line(words, "it")} was running when ${words.memoryMb} MB were in use. ` +
    `Look for a list, a Map or a text that only grows.`,
  silent: ({ name }) =>
    `${name} never answers: the first POST /reports got no response. Return one from the handler, such as c.json(…, 202).`,
  clock: ({ name, raw, side }) =>
    `${name} cannot be graded on the workbook's clock: ${full(within(raw))} ` +
    (side === "server"
      ? `Grade it in real time: run it on a port, then npm run grade with --url and its address.`
      : `Grade it in real time: npm run grade with --command and the line that starts it.`),
  unreachable: ({ raw }) => full(raw),
};

function thrown(words: Words): string {
  return `${words.name} throws${at(words)}: ${full(words.raw)} Nothing catches it, so the process would end there.`;
}

function rejection(words: Words): string {
  const { raw: reason } = words;
  const isEmpty = reason === "undefined" || reason === "null" || reason === "";
  const why = isEmpty ? `with no reason (${reason || "an empty text"})` : `with ${clipped(reason)}`;
  const what = `a promise was rejected${at(words)} ${why}, and nobody caught it.`;
  return `${words.name}: ${what} In Node that ends the process: catch it where the work is started.`;
}

function clipped(text: string): string {
  return text.replace(/[.\s]+$/, "");
}

function at({ place }: Words): string {
  return place ? ` at line ${place.line}` : "";
}

function line({ place }: Words, otherwise: string): string {
  return place ? `line ${place.line}` : otherwise;
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

/** A sentence as the second half of another one. */
function within(sentence: string): string {
  return sentence.replace(/^(?:It|The|One|A|An) /, (word) => word.toLowerCase());
}

/** Ends a text as a sentence. */
function full(text: string): string {
  return text === "" || /[.!?…:;)}\]]$/.test(text) ? text : `${text}.`;
}
