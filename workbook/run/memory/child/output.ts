/** Records what the subject's code prints as events, but no more than a person would read. */
import { playing, type Play } from "./play.ts";

/** Characters kept per scenario. */
const kept = 65_536;
/** After this many pieces, further ones are joined before they are recorded. */
const pieces = 500;
const chunk = 4096;

interface Printing {
  readonly play: Play;
  recorded: number;
  size: number;
  left: number;
  waiting: string;
  waitingMs: number;
}

let printing: Printing | null = null;

/** Captures process.stdout and process.stderr, and with them console and the output of worker threads. */
export function captureOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (data: string | Uint8Array, ...rest: unknown[]) => {
      const play = playing();
      if (play && data.length > 0) print(play, data);
      const done = rest.find((value) => typeof value === "function");
      if (typeof done === "function") process.nextTick(() => done());
      return true;
    };
  }
}

function print(play: Play, data: string | Uint8Array): void {
  if (printing?.play !== play) printing = { play, recorded: 0, size: 0, left: 0, waiting: "", waitingMs: 0 };
  if (printing.size >= kept) {
    printing.left += data.length;
    return;
  }
  const text = typeof data === "string" ? data : Buffer.from(data).toString();
  const taken = text.slice(0, kept - printing.size);
  printing.left += text.length - taken.length;
  printing.size += taken.length;
  const atMs = play.now();
  if (printing.recorded < pieces) return emit(printing, taken, atMs);
  if (printing.waitingMs !== atMs || printing.waiting.length > chunk) flushOutput();
  printing.waiting += taken;
  printing.waitingMs = atMs;
}

function emit(to: Printing, text: string, atMs: number): void {
  to.recorded++;
  to.play.emit({ is: "printed", atMs, from: to.play.side, text });
}

/** Records the pieces joined so far. */
function flushOutput(): void {
  if (!printing || printing.waiting === "") return;
  const { waiting, waitingMs } = printing;
  printing.waiting = "";
  emit(printing, waiting, waitingMs);
}

/** At the end of a scenario: records the rest, and how much was left out. */
export function endOutput(): void {
  flushOutput();
  if (printing && printing.left > 0) {
    emit(printing, `\n… and ${printing.left} characters more, which are not kept\n`, printing.play.now());
  }
  printing = null;
}
