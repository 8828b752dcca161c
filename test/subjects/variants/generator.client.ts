import { z } from "zod";

const answerSchema = z.object({ status: z.string(), result: z.unknown().optional(), error: z.string().optional() });

type Answer = z.infer<typeof answerSchema>;

interface Options {
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** Requests a report and returns the last of its statuses. */
export async function runReport(baseUrl: string, params: object, options: Options = {}): Promise<unknown> {
  const controller = new AbortController();
  const { signal, timeoutMs } = options;
  const leave = () => controller.abort(signal?.reason);
  if (signal?.aborted) throw signal.reason;
  signal?.addEventListener("abort", leave);
  const late = () => controller.abort(new DOMException("too late", "TimeoutError"));
  const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
  try {
    for await (const answer of statuses(baseUrl, params, controller.signal)) {
      if (answer.status === "completed") return answer.result;
      if (answer.status === "failed") throw new Error(`The server says: ${answer.error}`);
    }
    throw new Error("unreachable");
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
  }
}

async function* statuses(baseUrl: string, params: object, signal: AbortSignal): AsyncGenerator<Answer> {
  const order = await fetch(`${baseUrl}/reports`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
    signal,
  });
  if (!order.ok) throw new Error(`The order was refused (${order.status}).`);
  const location = order.headers.get("location");
  if (!location) throw new Error("The order has no Location.");
  const url = new URL(location, `${baseUrl}/reports`);
  let failures = 0;
  while (true) {
    let response: Response | undefined;
    try {
      response = await fetch(url, { signal });
      if (response.status === 503 || response.status === 429) throw new Error("busy");
      failures = 0;
    } catch (error) {
      if (signal.aborted || ++failures > 20) throw error;
      await pause(response?.headers.get("retry-after"), signal);
      continue;
    }
    if (!response.ok) throw new Error(`The status is answered ${response.status}.`);
    const parsed = answerSchema.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) throw new Error("The status makes no sense.");
    yield parsed.data;
    await pause(response.headers.get("retry-after"), signal);
  }
}

async function pause(retryAfter: string | null | undefined, signal: AbortSignal): Promise<void> {
  const until = Date.now() + waitMs(retryAfter ?? "");
  await new Promise<void>((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", leave);
      resolve();
    }, until - Date.now());
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave);
  });
}

function waitMs(value: string): number {
  if (/^\d+$/.test(value)) return Math.min(2_000_000_000, Math.max(1000, Number(value) * 1000));
  const date = value.endsWith(" GMT") ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? 10_000 : Math.max(1000, date - Date.now());
}
