interface Options {
  signal?: AbortSignal;
  timeoutMs?: number;
}

class HttpError extends Error {
  readonly statusCode: number;

  constructor(response: Response) {
    super(response.statusText || "HTTP error");
    this.statusCode = response.status;
  }
}

class Reports {
  readonly #origin: string;
  readonly #signal: AbortSignal;
  #misses = 0;

  constructor(origin: string, signal: AbortSignal) {
    this.#origin = origin;
    this.#signal = signal;
  }

  async order(params: object): Promise<URL> {
    const body = JSON.stringify(params);
    const request = new Request(new URL("/reports", this.#origin), {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
      signal: this.#signal,
    });
    const response = await fetch(request);
    if (!response.ok) throw new HttpError(response);
    const location = response.headers.get("location");
    if (location === null) throw new Error("A 202 without a Location.");
    return new URL(location, request.url);
  }

  async result(url: URL): Promise<unknown> {
    const response = await fetch(url, { signal: this.#signal }).catch((error: unknown) => this.#miss(error));
    const busy = response === null || [429, 503].includes(response.status);
    if (busy && response) this.#miss(new HttpError(response));
    if (!busy) {
      this.#misses = 0;
      const job = await this.#read(response);
      if (job.status === "completed") return job.result;
      if (job.status === "failed") throw new Error(`Failed: ${job.error}`);
    }
    await this.#pause(response?.headers ?? new Headers());
    return this.result(url);
  }

  #miss(error: unknown): null {
    this.#signal.throwIfAborted();
    this.#misses += 1;
    if (this.#misses > 60) throw error;
    return null;
  }

  async #read(response: Response): Promise<{ status?: unknown; result?: unknown; error?: unknown }> {
    if (!response.ok) throw new HttpError(response);
    const text = await response.text();
    if (!/json/.test(response.headers.get("content-type") ?? ""))
      throw new Error(`No JSON, but ${text.length} letters.`);
    return JSON.parse(text);
  }

  #pause(headers: Headers): Promise<void> {
    const value = headers.get("retry-after") ?? "";
    const date = value.endsWith("GMT") ? (Date.parse(value) - Date.now()) / 1000 : 3;
    const seconds = /^\d+$/.test(value) ? Number(value) : date;
    const ms = Math.min(Math.max(seconds, 1), 1_000_000) * 1000;
    const { promise, resolve, reject } = withResolvers();
    const timer = setTimeout(resolve, ms);
    const leave = () => reject(this.#signal.reason);
    this.#signal.addEventListener("abort", leave);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#signal.removeEventListener("abort", leave);
    });
  }
}

function withResolvers() {
  let resolve = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Requests a report with a client object and waits for the result. */
export async function runReport(
  baseUrl: string,
  params: object,
  { signal, timeoutMs }: Options = {},
): Promise<unknown> {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const stop = AbortSignal.any(signals.filter((one) => one !== undefined));
  stop.throwIfAborted();
  const reports = new Reports(baseUrl, stop);
  return reports.result(await reports.order(params));
}
