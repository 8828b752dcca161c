/** Tells each request of a real server in a line, and what became of those whose client left. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { statusText } from "../../contract/http/status-text.ts";
import { timeOfDay } from "../../report/time-of-day.ts";

export interface LoggedRequest {
  /** To be called with the handler's answer, when it is made. Hands it on. */
  made(response: Response): Response;
}

/**
 * @param print called with one line at a time
 * @returns called when a request arrives
 */
export function requestLog(print: (line: string) => void) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): LoggedRequest => {
    const at = performance.now();
    const what = `${incoming.method} ${incoming.url}`;
    const line = (text: string) => print(`  ${timeOfDay()}  ${what.padEnd(24)}  ${text}`);
    let leftMs: number | null = null;
    let made: Response | null = null;
    outgoing.on("close", () => {
      if (outgoing.writableFinished) return line(answered(outgoing.statusCode, made, performance.now() - at));
      leftMs = performance.now() - at;
      line(`your client left at ${seconds(leftMs)} s, and no answer was ready; the work goes on`);
    });
    return {
      made(response) {
        made = response;
        if (leftMs !== null) {
          const madeAt = seconds(performance.now() - at);
          const thing = response.ok ? "the report was made" : `the answer was made (${named(response.status)})`;
          line(`your client left at ${seconds(leftMs)} s, ${thing} at ${madeAt} s all the same`);
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

/** "202 Accepted"; the code alone where it has no name. */
function named(code: number): string {
  return `${code} ${statusText(code)}`.trim();
}

/** Whole tenths that have passed (hundredths below 0.1 s). */
function seconds(ms: number): string {
  return ms < 100 ? (ms / 1000).toFixed(2) : (Math.floor(ms / 100) / 10).toFixed(1);
}
