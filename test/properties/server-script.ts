/** What clients send to a server, step by step, as data: POSTs of all kinds and polls, in any order. */
import type { Arbitrary, FastCheck } from "./check.ts";

/** How long each kind of work takes, ms. */
export const workMs = { summary: 500, full: 5000, archive: 30 * 3_600_000 };
export type ReportKind = keyof typeof workMs;

export interface Order {
  readonly genre?: string;
  readonly kind?: ReportKind;
}

export type Act =
  | { readonly do: "order"; readonly order: Order }
  /** A body that the server should refuse. */
  | { readonly do: "send"; readonly body: string }
  /** Polls one of the jobs accepted so far: this number modulo how many there are. */
  | { readonly do: "ask"; readonly job: number }
  | { readonly do: "ask for nobody"; readonly id: string };

export interface Step {
  /** Since the step before, ms. 0: at the same moment, before that step is answered. */
  readonly afterMs: number;
  readonly act: Act;
}

export type ServerScript = readonly Step[];

export interface ServerOptions {
  readonly genres: readonly string[];
  /** Hours may pass, since the server forgets jobs (lesson 06). */
  readonly days: boolean;
  /** The server refuses bodies that it cannot use (from lesson 04). */
  readonly refuses: boolean;
}

/** Generates scripts. */
export function serverScripts(fc: FastCheck, { genres, days, refuses }: ServerOptions): Arbitrary<ServerScript> {
  const kinds: ReportKind[] = days ? ["summary", "full", "archive"] : ["summary", "full"];
  const order = fc.record(
    {
      genre: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...genres) },
        { weight: 1, arbitrary: fc.constantFrom("astrology", "fictio", "poetry ", "__proto__") },
      ),
      kind: fc.constantFrom(...kinds),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  const ask = fc.nat({ max: 20 }).map((job): Act => ({ do: "ask", job }));
  const nobody = fc.constantFrom("toString", "__proto__", "constructor", "1", "6b0d0e9c-53b1-4f0a-9d33-1c8a0a6d2f11");
  const bad = fc.oneof(
    fc.constantFrom('{"genre":', "{genre: x}", "[]", '"x"', "42", '{"genre":42}', '{"genre":["a"]}', '{"kind":5}'),
    fc.string({ maxLength: 10 }).map((text) => `!${text}`),
  );
  const act = fc.oneof(
    { weight: 3, arbitrary: order.map((value): Act => ({ do: "order", order: value })) },
    { weight: 6, arbitrary: ask },
    { weight: 1, arbitrary: nobody.map((id): Act => ({ do: "ask for nobody", id })) },
    ...(refuses ? [{ weight: 1, arbitrary: bad.map((body): Act => ({ do: "send", body })) }] : []),
  );
  const hours = fc.integer({ min: 1, max: 31 * 60 }).map((minutes) => minutes * 60_000);
  const afterMs = fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 1000 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 7000 }) },
    ...(days ? [{ weight: 1, arbitrary: hours }] : []),
  );
  return fc.array(fc.record({ afterMs, act }), { minLength: 1, maxLength: 30 });
}

/** The script for a person to read, one line for each step. */
export function describeServerScript(script: ServerScript): readonly string[] {
  return script.map(({ afterMs, act }, at) => `${at + 1}. ${afterMs} ms later: ${describeAct(act)}`);
}

function describeAct(act: Act): string {
  if (act.do === "order") return `POST ${JSON.stringify(act.order)}`;
  if (act.do === "send") return `POST the text ${JSON.stringify(act.body)}`;
  if (act.do === "ask") return `GET the status of job ${act.job} (counted round)`;
  return `GET /reports/${act.id}`;
}
