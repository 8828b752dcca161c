/** Plays a script to a server on a fake clock, and records its responses. */
import { onFakeClock, pass } from "./clock.ts";
import type { Server } from "./load.ts";
import { type Act, type Order, type ServerScript, workMs } from "./server-script.ts";

export interface Answered {
  readonly act: Act;
  /** The number of the job that is polled, from 0; null for another request. */
  readonly job: number | null;
  /** ms since the script began. */
  readonly sentMs: number;
  /** null: never. */
  readonly doneMs: number | null;
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; undefined when it is not a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

/** A job as its client sees it. */
export interface Known {
  readonly order: Order;
  readonly url: string;
  readonly id: unknown;
  readonly postedMs: number;
}

export interface Played {
  readonly answers: readonly Answered[];
  readonly jobs: readonly Known[];
}

const origin = "http://localhost";

/** Sends each step when it is due, whether or not the ones before are answered. At the end polls every job twice. */
export function playServer(copy: () => Server, script: ServerScript): Promise<Played> {
  return onFakeClock(0, async () => {
    const server = copy().default;
    const beganAt = Date.now();
    const now = (): number => Date.now() - beganAt;
    const answers: Answered[] = [];
    const jobs: Known[] = [];

    async function send(act: Act, job: number | null, request: Request): Promise<void> {
      const at = answers.length;
      const open = { act, job, sentMs: now(), doneMs: null, status: 0, headers: new Headers(), json: undefined };
      answers.push(open);
      const response = await server.fetch(request);
      const json = objectIn(await response.text());
      answers[at] = { ...open, doneMs: now(), status: response.status, headers: response.headers, json };
      if (act.do !== "order" || !response.ok) return;
      const url = new URL(response.headers.get("Location") ?? `/reports/${String(json?.id)}`, origin).href;
      jobs.push({ order: act.order, url, id: json?.id, postedMs: open.sentMs });
    }

    function act(one: Act): void {
      if (one.do === "order") void send(one, null, post(JSON.stringify(one.order)));
      else if (one.do === "send") void send(one, null, post(one.body));
      else if (one.do === "ask for nobody") void send(one, null, new Request(`${origin}/reports/${one.id}`));
      else if (jobs.length > 0) {
        const job = one.job % jobs.length;
        void send(one, job, new Request(jobs[job]?.url ?? origin));
      }
    }

    for (const step of script) {
      if (step.afterMs > 0) await pass(step.afterMs);
      act(step.act);
    }
    const longest = Math.max(
      0,
      ...script.map(({ act: one }) => (one.do === "order" ? workMs[one.order.kind ?? "full"] : 0)),
    );
    await pass(longest + 5000);
    for (let again = 0; again < 2; again += 1) {
      for (const job of jobs.keys()) act({ do: "ask", job });
      await pass(1000);
    }
    return { answers, jobs };
  });
}

function post(body: string): Request {
  return new Request(`${origin}/reports`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
