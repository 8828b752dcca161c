/** What a server answers to a client, response by response, as data: any Retry-After on any response. */
import type { Arbitrary, FastCheck } from "./check.ts";

/** The Retry-After of a response. */
export type RetryAfter =
  | { readonly form: "none" }
  /** Any number of digits, or any other text. */
  | { readonly form: "text"; readonly text: string }
  /** An HTTP-date this many seconds after the response, by the server's clock. */
  | {
      readonly form: "date";
      readonly aheadS: number;
      /** How far the server's clock is ahead of the client's, s. null: no Date header, and no difference. */
      readonly skewS: number | null;
    };

export type Kind =
  | { readonly is: "processing"; readonly status: 200 | 202 }
  | { readonly is: "busy"; readonly status: 429 | 503 }
  /** The connection breaks instead of a response, or in the middle of its body. */
  | { readonly is: "cut"; readonly when: "before" | "body" }
  /** No response ever comes. */
  | { readonly is: "silence" }
  | { readonly is: "completed" }
  | { readonly is: "failed" }
  | { readonly is: "refused"; readonly status: 400 | 404 | 410 | 500 }
  | { readonly is: "not JSON" };

export interface Answer {
  readonly kind: Kind;
  readonly retryAfter: RetryAfter;
  /** From the request to the response, ms. */
  readonly delayMs: number;
}

export interface ClientScript {
  /** How far into a second the script begins, ms. */
  readonly offsetMs: number;
  /** The response to the POST: 202, or 200 with the outcome (only in lessons that have that). */
  readonly order: Answer;
  /** The responses to the polls, in order. The last one repeats. */
  readonly polls: readonly Answer[];
  readonly timeoutMs: number | null;
}

export interface ScriptOptions {
  /** The response to a POST may be the outcome. */
  readonly outcomeAtOnce: boolean;
}

/** Generates scripts. When the server would say "processing" for ever, the client has a deadline. */
export function clientScripts(fc: FastCheck, { outcomeAtOnce }: ScriptOptions): Arbitrary<ClientScript> {
  const answer = answers(fc);
  const trouble = fc.oneof(
    answer<Kind>({ is: "busy", status: 503 }),
    answer<Kind>({ is: "busy", status: 429 }),
    answer<Kind>({ is: "cut", when: "before" }),
    answer<Kind>({ is: "cut", when: "body" }),
  );
  const going = fc.oneof(
    { weight: 6, arbitrary: answer<Kind>({ is: "processing", status: 200 }) },
    { weight: 2, arbitrary: answer<Kind>({ is: "processing", status: 202 }) },
    { weight: 4, arbitrary: trouble },
  );
  const outcome = fc.oneof(answer<Kind>({ is: "completed" }), answer<Kind>({ is: "failed" }));
  const end = fc.oneof(
    { weight: 4, arbitrary: outcome },
    {
      weight: 1,
      arbitrary: fc.constantFrom(400, 404, 410, 500).chain((status) => answer<Kind>({ is: "refused", status })),
    },
    { weight: 1, arbitrary: answer<Kind>({ is: "not JSON" }) },
  );
  const accepted = answer<Kind>({ is: "processing", status: 202 });
  const common = {
    offsetMs: fc.nat({ max: 999 }),
    order: outcomeAtOnce ? fc.oneof({ weight: 8, arbitrary: accepted }, { weight: 1, arbitrary: outcome }) : accepted,
  };
  const ending = fc.record({
    ...common,
    polls: fc.tuple(fc.array(going, { maxLength: 8 }), end).map(([before, last]) => [...before, last]),
    timeoutMs: fc.option(timeouts(fc)),
  });
  const endless = fc.record({
    ...common,
    order: fc.oneof({ weight: 8, arbitrary: accepted }, { weight: 1, arbitrary: answer<Kind>({ is: "silence" }) }),
    polls: fc
      .tuple(fc.array(going, { maxLength: 4 }), fc.oneof(going, answer<Kind>({ is: "silence" })))
      .map(([before, last]) => [...before, last]),
    timeoutMs: fc.integer({ min: 1, max: 90_000 }),
  });
  // Only trouble: a client gives up by itself or goes on until its deadline.
  const troubled = fc.record({
    ...common,
    order: accepted,
    polls: fc.array(trouble, { minLength: 1, maxLength: 7 }),
    timeoutMs: fc.option(timeouts(fc)),
  });
  return fc.oneof(
    { weight: 6, arbitrary: ending },
    { weight: 2, arbitrary: endless },
    { weight: 1, arbitrary: troubled },
  );
}

/** Waits in seconds, some of them longer than any timer. */
function timeouts(fc: FastCheck): Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 1, max: 90_000 }), fc.constantFrom(2 ** 31 - 1, 2 ** 31, 2 ** 40));
}

function answers(fc: FastCheck): <K extends Kind>(kind: K) => Arbitrary<Answer> {
  const retryAfter = retryAfters(fc);
  return (kind) => fc.record({ kind: fc.constant(kind), retryAfter, delayMs: fc.nat({ max: 2000 }) });
}

/** Seconds, dates, no header, garbage, zero and huge values. */
function retryAfters(fc: FastCheck): Arbitrary<RetryAfter> {
  const text = (arbitrary: Arbitrary<string>) => arbitrary.map((value) => ({ form: "text", text: value }) as const);
  return fc.oneof(
    fc.constant({ form: "none" } as const),
    text(fc.integer({ min: 1, max: 60 }).map(String)),
    text(fc.constantFrom("0", "00", "007", "2147483", "2147484", "2592000", "9".repeat(30), "9".repeat(400))),
    text(
      fc.constantFrom(
        "soon",
        "3s",
        "1.5",
        "-5",
        "+5",
        "1e3",
        "0x10",
        "5, 7",
        "NaN",
        "Infinity",
        "2026-11-25T14:00:09Z",
      ),
    ),
    text(
      fc.constantFrom("Wed, 25 Nov 2026 14:00:30", "Thu, 25 Nov 2026 14:00:30 GMT", "wed, 25 nov 2026 14:00:30 gmt"),
    ),
    text(fc.stringMatching(/^[!-~]{1,12}$/)),
    fc.record({
      form: fc.constant("date" as const),
      aheadS: fc.oneof(fc.integer({ min: -5, max: 60 }), fc.constantFrom(-86_400, 0, 2_147_484, 2_592_000, 10 ** 9)),
      skewS: fc.option(fc.integer({ min: -100, max: 100 })),
    }),
  );
}

/** The script for a person to read, one line for each response. */
export function describeClientScript({ offsetMs, order, polls, timeoutMs }: ClientScript): readonly string[] {
  return [
    `begins ${offsetMs} ms after a whole second; timeoutMs: ${timeoutMs ?? "none"}`,
    `POST: ${describeAnswer(order)}`,
    ...polls.map(
      (one, at) => `poll ${at + 1}${at === polls.length - 1 ? " and all after it" : ""}: ${describeAnswer(one)}`,
    ),
  ];
}

function describeAnswer({ kind, retryAfter, delayMs }: Answer): string {
  if (kind.is === "silence") return "no answer, ever";
  const after = ` after ${delayMs} ms`;
  if (kind.is === "cut") return `the connection breaks${kind.when === "body" ? " in the body" : ""}${after}`;
  const status = "status" in kind ? kind.status : 200;
  return `${status} ${kind.is}${after}, ${describeRetryAfter(retryAfter)}`;
}

function describeRetryAfter(value: RetryAfter): string {
  if (value.form === "none") return "no Retry-After";
  if (value.form === "text") return `Retry-After: ${value.text}`;
  const clock = value.skewS === null ? "no Date" : `with a Date, its clock ${value.skewS} s ahead of ours`;
  return `Retry-After: the date ${value.aheadS} s ahead, ${clock}`;
}
