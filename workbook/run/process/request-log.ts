/** Logs each request to a learner's server in a line, and what became of those whose client left. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { statusText } from "../../contract/http/status-text.ts";

export interface LoggedRequest {
  /** Call it when the handler has its answer ready. @returns the same answer */
  ready(response: Response): Response;
}

/**
 * @param print called with one line at a time
 * @returns a function to call when a request arrives
 */
export function requestLog(print: (line: string) => void) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): LoggedRequest => {
    const at = performance.now();
    const what = `${incoming.method} ${incoming.url}`;
    const line = (text: string) => print(`  ${timeOfDay()}  ${what.padEnd(24)}  ${text}`);
    let leftMs: number | null = null;
    let answer: Response | null = null;
    outgoing.on("close", () => {
      if (outgoing.writableFinished) return line(answered(outgoing.statusCode, answer, performance.now() - at));
      leftMs = performance.now() - at;
      line(`your client left at ${seconds(leftMs)} s, and no answer was ready; the work goes on`);
    });
    return {
      ready(response) {
        answer = response;
        if (leftMs !== null) {
          const readyAt = seconds(performance.now() - at);
          const thing = response.ok ? "the report was made" : `the answer was made (${named(response.status)})`;
          line(`your client left at ${seconds(leftMs)} s, ${thing} at ${readyAt} s all the same`);
        }
        return response;
      },
    };
  };
}

function answered(code: number, response: Response | null, tookMs: number): string {
  const headers = ["location", "retry-after"].flatMap((name) => {
    const value = response?.headers.get(name) ?? null;
    return value === null ? [] : [`${name}: ${value}`];
  });
  return [`${named(code)} after ${seconds(tookMs)} s`, ...headers].join("   ");
}

/** "202 Accepted"; only the code where it has no name. */
function named(code: number): string {
  return `${code} ${statusText(code)}`.trim();
}

/** In seconds, rounded down to tenths; below 0.1 s in hundredths. */
function seconds(ms: number): string {
  return ms < 100 ? (ms / 1000).toFixed(2) : (Math.floor(ms / 100) / 10).toFixed(1);
}

/** "14:01:08" */
function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 8);
}
