import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

interface Options {
  signal?: AbortSignal;
  timeoutMs?: number;
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Requests a report with node:http and polls until it is finished. */
export async function runReport(
  baseUrl: string,
  params: object,
  { signal, timeoutMs }: Options = {},
): Promise<unknown> {
  const deadline = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
  const signals = [signal, deadline].filter((one) => one !== undefined);
  const stop = AbortSignal.any(signals);
  try {
    stop.throwIfAborted();
    const order = await send(new URL("/reports", baseUrl), stop, JSON.stringify(params));
    if (order.status >= 400) throw new Error(`POST /reports: ${order.status}`);
    const { location } = order.headers;
    if (typeof location !== "string") throw new Error("POST /reports: no Location.");
    return await poll(new URL(location, new URL("/reports", baseUrl)), stop);
  } catch (error) {
    stop.throwIfAborted();
    throw error;
  }
}

async function poll(url: URL, signal: AbortSignal): Promise<unknown> {
  for (let left = 10; left > 0; left--) {
    const answer = await send(url, signal).catch(() => null);
    signal.throwIfAborted();
    if (answer && answer.status !== 503 && answer.status !== 429) {
      left = 10;
      const job = read(answer, url);
      if (job.status === "completed") return job.result;
      if (job.status === "failed") throw new Error(String(job.error));
    }
    await sleep(waitOf(answer), undefined, { signal });
  }
  throw new Error(`${url} does not answer.`);
}

function read({ status, text }: Answer, url: URL): { status?: unknown; result?: unknown; error?: unknown } {
  if (status >= 400) throw new Error(`${url}: ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${url} did not answer with JSON.`);
  }
}

function waitOf(answer: Answer | null): number {
  const value = String(answer?.headers["retry-after"] ?? "");
  if (/^[0-9]+$/.test(value)) return Math.min(Math.max(Number(value), 1), 86_400) * 1000;
  if (/^[A-Z][a-z]{2}, .* GMT$/.test(value)) return Math.max(Date.parse(value) - Date.now(), 1000);
  return 5000;
}

function send(url: URL, signal: AbortSignal, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const headers =
      body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(url, { method, headers, signal, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
