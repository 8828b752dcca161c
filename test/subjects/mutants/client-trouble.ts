import { swap, type Mutant } from "./cases.ts";

const failed = 'if (job.status === "failed") throw new Error(`The report could not be made: ${job.error}`);';
const refusedOrder =
  "if (!response.ok) throw new Error(`The order was answered with ${response.status}: ${excerpt(text)}`);";
const refusedPoll = "if (!response.ok) throw new Error(`${statusUrl} was answered with ${status}: ${excerpt(text)}`);";
const passing =
  'if (passingStatuses.has(status)) return { is: "trouble", headers, why: `it was answered with ${status}` };';
const noLocation =
  'if (location === null) throw new Error("The answer to the order has no Location: nobody knows where the status is.");';
const cut = 'return { is: "trouble", headers: new Headers(), why: `the connection broke (${error})` };';
const notJson = "throw new Error(`The answer of ${statusUrl} is not JSON: ${excerpt(text)}`, { cause });";
const waits = "waitMs = retryAfterMs(answer.headers);";
const stop = "const stop = AbortSignal.any([signal, deadline].filter((one) => one !== undefined));";
const clears = "      clearTimeout(timer);\n";
const on = { exercise: "04-failing", side: "client" } as const;

/** Sends a second POST instead of a poll. */
const orderAgain =
  'await fetch(new URL("/reports", statusUrl), { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}", signal });';

/** Mistakes of a client about failures, refusals, broken connections and a caller that aborts. */
export const clientTrouble: readonly Mutant[] = [
  {
    ...on,
    name: "ignores-failed",
    clause: "client.throws",
    remark: "`failed` is not looked at: the client polls for ever.",
    edits: [swap(failed, "")],
  },
  {
    ...on,
    name: "falls-out-of-the-loop",
    clause: "client.throws",
    remark: '`while (status === "processing")` ends with `failed` too, and the result is undefined.',
    edits: [swap(failed, 'if (job.status === "failed") return job.result;')],
  },
  {
    ...on,
    name: "throws-a-string",
    clause: "client.throws",
    remark: "A string is no Error: it has no message and no stack.",
    edits: [swap(failed, 'if (job.status === "failed") throw job.error;')],
  },
  {
    ...on,
    name: "throws-object-object",
    clause: "client.throws",
    remark: "The whole answer was made into text: [object Object].",
    edits: [swap(failed, 'if (job.status === "failed") throw new Error(`${job}`);')],
  },
  {
    ...on,
    name: "keeps-the-error-to-itself",
    clause: "client.throws",
    remark: "It says that it failed, and not why, though the server told it.",
    edits: [swap(failed, 'if (job.status === "failed") throw new Error("The report failed.");')],
  },
  {
    ...on,
    name: "polls-after-a-refusal",
    clause: "client.refused",
    remark: "The order was refused, and the client asks for its status.",
    edits: [
      swap(
        refusedOrder,
        'if (!response.ok) return { statusUrl: new URL("/reports/undefined", baseUrl), firstWaitMs: 0 };',
      ),
    ],
  },
  {
    ...on,
    name: "a-refusal-resolves",
    clause: "client.refused",
    remark: "A refused order is no empty report.",
    edits: [
      swap(refusedOrder, "if (!response.ok) return null;"),
      swap("return await pollReport(accepted, stop);", "return accepted && (await pollReport(accepted, stop));"),
    ],
  },
  {
    ...on,
    name: "a-refusal-without-its-status",
    clause: "client.refused",
    remark: "`It did not work` leaves the caller to guess whether to mend the order or to come back later.",
    edits: [swap(refusedOrder, 'if (!response.ok) throw new Error("It did not work.");')],
  },
  {
    ...on,
    name: "guesses-the-location",
    clause: "client.no-location",
    remark: "No Location, so it guesses one. It may be another's job, or nobody's.",
    edits: [
      swap(noLocation, ""),
      swap("new URL(location, response.url)", "new URL(location ?? `/reports/${JSON.parse(text).id}`, response.url)"),
    ],
  },
  {
    ...on,
    name: "polls-null",
    clause: "client.no-location",
    remark: "null becomes text: it polls /null.",
    edits: [swap(noLocation, ""), swap("new URL(location, response.url)", "new URL(String(location), response.url)")],
  },
  {
    ...on,
    name: "polls-what-is-gone",
    clause: "client.gone",
    remark: "404 is taken for 'not yet', and it asks for ever.",
    edits: [
      swap(refusedPoll, 'if (!response.ok) return { is: "status", headers, text: \'{"status":"processing"}\' };'),
    ],
  },
  {
    ...on,
    name: "polls-410-for-ever",
    clause: "client.gone",
    remark: "410 says that it will never come back.",
    edits: [
      swap(
        refusedPoll,
        `if (status === 410) return { is: "status", headers, text: '{"status":"processing"}' };\n  ${refusedPoll}`,
      ),
    ],
  },
  {
    ...on,
    name: "gone-resolves",
    clause: "client.gone",
    remark: "What is gone is no report.",
    edits: [
      swap(refusedPoll, 'if (!response.ok) return { is: "status", headers, text: "gone" };'),
      swap(
        "const job = parseStatus(answer.text, statusUrl);",
        'if (answer.text === "gone") return undefined;\n      const job = parseStatus(answer.text, statusUrl);',
      ),
    ],
  },
  {
    ...on,
    name: "orders-again-after-a-503",
    clause: "client.never-reposts",
    remark: "The poll was not answered, so it orders once more: now there are two jobs.",
    edits: [swap("troubles += 1;", `troubles += 1;\n      ${orderAgain}`)],
  },
  {
    ...on,
    name: "orders-again-when-gone",
    clause: "client.never-reposts",
    remark: "The job is gone, so it orders another. Whether to do that is the caller's choice.",
    edits: [swap(refusedPoll, `if (!response.ok) ${orderAgain}\n  ${refusedPoll}`)],
  },
  {
    ...on,
    name: "orders-again-when-it-failed",
    clause: "client.never-reposts",
    remark: "The work failed, so it orders it once more behind the caller's back.",
    edits: [swap(failed, `if (job.status === "failed") ${orderAgain}\n      ${failed}`)],
  },
  {
    ...on,
    name: "dies-at-the-first-503",
    clause: "client.patient",
    remark: "503 says `not now`. The job is well; asking again costs nothing.",
    edits: [swap(passing, "if (passingStatuses.has(status)) throw new Error(`answered with ${status}`);")],
  },
  {
    ...on,
    name: "dies-when-cut-off",
    clause: "client.patient",
    remark: "A broken connection is no broken job.",
    edits: [swap(cut, "throw error;")],
  },
  {
    ...on,
    name: "asks-again-at-once",
    clause: "client.patient",
    remark: "A server that says 503 is hit again without a pause.",
    edits: [swap(waits, 'waitMs = answer.is === "trouble" ? 0 : retryAfterMs(answer.headers);')],
  },
  {
    ...on,
    name: "one-second-whatever-it-says",
    clause: "client.patient",
    remark: "A 503 with Retry-After 3 is asked again after one second.",
    edits: [swap(waits, 'waitMs = answer.is === "trouble" ? 1000 : retryAfterMs(answer.headers);')],
  },
  {
    ...on,
    name: "the-parsers-riddle",
    clause: "client.not-json",
    remark: "`Unexpected token <` tells the user nothing.",
    edits: [swap(notJson, "throw cause;")],
  },
  {
    ...on,
    name: "the-parsers-message-passed-on",
    clause: "client.not-json",
    remark: "The parser's message in an Error of another name is still a riddle.",
    edits: [swap(notJson, "throw new Error((cause as Error).message);")],
  },
  {
    ...on,
    name: "html-is-processing",
    clause: "client.not-json",
    remark: "What cannot be read is taken for `processing`: it asks a login page for ever.",
    edits: [swap(notJson, 'return { status: "processing" };')],
  },
  {
    ...on,
    name: "the-wait-has-no-signal",
    clause: "client.abort",
    remark: "The caller's signal reaches fetch and not the wait: half a minute passes before anybody notices.",
    edits: [
      swap("await wait(waitMs, signal);", "await wait(waitMs, deadline);"),
      swap(
        "firstWaitMs }: Accepted, signal: AbortSignal)",
        "firstWaitMs }: Accepted, signal: AbortSignal, deadline?: AbortSignal)",
      ),
      swap("pollReport(accepted, stop)", "pollReport(accepted, stop, deadline)"),
      swap("function wait(ms: number, signal: AbortSignal)", "function wait(ms: number, signal?: AbortSignal)"),
      swap("    signal.throwIfAborted();\n    const timer", "    signal?.throwIfAborted();\n    const timer"),
      swap('signal.removeEventListener("abort", stop);', 'signal?.removeEventListener("abort", stop);'),
      swap('signal.addEventListener("abort", stop,', 'signal?.addEventListener("abort", stop,'),
    ],
  },
  {
    ...on,
    name: "the-signal-is-not-read",
    clause: "client.abort",
    remark: "The option is there, and nobody reads it.",
    edits: [
      swap(stop, "const stop = AbortSignal.any([deadline].filter((one) => one !== undefined));"),
      swap("    signal?.throwIfAborted();\n", ""),
    ],
  },
  {
    ...on,
    name: "the-timer-left",
    clause: "client.abort",
    remark: "The wait rejects, and its timer runs on: the process lives half a minute longer.",
    edits: [swap(clears, "")],
  },
  {
    ...on,
    name: "orders-although-aborted",
    clause: "client.abort",
    remark: "The caller had left before the call, and the order goes out all the same.",
    edits: [
      swap(
        "orderReport(baseUrl, params, stop)",
        "orderReport(baseUrl, params, deadline ?? new AbortController().signal)",
      ),
    ],
  },
  {
    ...on,
    name: "a-reason-of-its-own",
    clause: "client.abort",
    remark: "The caller gave a reason, and gets another one back.",
    edits: [swap("    signal?.throwIfAborted();\n", '    if (signal?.aborted) throw new Error("stopped");\n')],
  },
  {
    ...on,
    name: "parses-before-it-looks",
    clause: "client.refused",
    remark: "The body is parsed before the status is looked at: an error page gives a parser's riddle.",
    edits: [swap(refusedOrder, `JSON.parse(text);\n  ${refusedOrder}`)],
  },
  {
    ...on,
    name: "the-poll-in-flight-goes-on",
    clause: "client.abort",
    remark: "The signal ends the wait and not the request: the call settles when the answer is there.",
    edits: [
      swap("await ask(statusUrl, signal)", "await ask(statusUrl, deadline)"),
      swap(
        "firstWaitMs }: Accepted, signal: AbortSignal)",
        "firstWaitMs }: Accepted, signal: AbortSignal, deadline: AbortSignal)",
      ),
      swap("pollReport(accepted, stop)", "pollReport(accepted, stop, deadline ?? new AbortController().signal)"),
    ],
  },
  {
    ...on,
    name: "digit-for-digits",
    clause: "client.adapts",
    remark: "One digit is a number and two are none: 7 is obeyed, 20 and 30 are not.",
    edits: [swap(String.raw`/^\d+$/.test(value)`, String.raw`/^\d$/.test(value)`)],
  },
  {
    ...on,
    name: "up-to-a-tenth-less",
    clause: "client.waits",
    remark: "Jitter goes up only: a tenth less is too early.",
    edits: [swap(waits, "waitMs = Math.min(retryAfterMs(answer.headers) * (1 - Math.random() / 10), longestTimerMs);")],
  },
  {
    ...on,
    name: "deadline-cleared-on-success-only",
    clause: "client.quiet",
    remark: "When the job fails the deadline's timer stays: clearing belongs into finally.",
    edits: [
      swap(
        "AbortSignal.timeout(Math.min(timeoutMs, longestTimerMs));",
        "late.signal;\n  const timer = setTimeout(() => late.abort(), Math.min(timeoutMs ?? longestTimerMs, longestTimerMs));",
      ),
      swap("  const deadline = timeoutMs", "  const late = new AbortController();\n  const deadline = timeoutMs"),
      swap(
        "return await pollReport(accepted, stop);",
        "const report = await pollReport(accepted, stop);\n    clearTimeout(timer);\n    return report;",
      ),
    ],
  },
  {
    ...on,
    name: "everything-thrice",
    clause: "client.deadline",
    remark: "Whatever went wrong, the whole is done again, order and all: also when the time was over.",
    edits: [
      swap(
        "export async function runReport(",
        `export async function runReport(...call: Parameters<typeof once>): Promise<Report> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(...call);
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

async function once(`,
      ),
    ],
  },
  {
    ...on,
    name: "thrice-but-in-time",
    clause: "client.never-reposts",
    remark: "The whole is done again, order and all, whatever went wrong; only the deadline is let through.",
    edits: [
      swap(
        "export async function runReport(",
        `export async function runReport(...call: Parameters<typeof once>): Promise<Report> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(...call);
    } catch (error) {
      if (tries === 3 || (error instanceof Error && error.name === "TimeoutError")) throw error;
    }
  }
}

async function once(`,
      ),
    ],
  },
  {
    ...on,
    name: "messages-for-errors",
    clause: "client.unknown-outcome",
    remark: "Each error is thrown on as its message: its name, its cause and the signal's reason are lost.",
    edits: [
      swap(
        "    throw error;\n  }\n}\n\ninterface Accepted",
        "    throw error instanceof Error ? error.message : error;\n  }\n}\n\ninterface Accepted",
      ),
      swap("    signal?.throwIfAborted();\n    if", "    if"),
      swap(
        "throw outcomeUnknown(`${timeoutMs} ms`, error);",
        "throw outcomeUnknown(`${timeoutMs} ms`, error).message;",
      ),
    ],
  },
  {
    ...on,
    name: "the-parser-by-its-name",
    clause: "client.not-json",
    remark: "The parser's words with its name before them: still no sentence of the client's.",
    edits: [swap(notJson, "throw new Error(String(cause));")],
  },
  {
    ...on,
    name: "no-status-is-looked-at",
    clause: "client.refused",
    remark: "Neither the order's status nor a poll's is looked at: an error page counts as an answer.",
    edits: [
      swap(refusedOrder, ""),
      swap(refusedPoll, 'if (!response.ok) return { is: "status", headers, text: \'{"status":"processing"}\' };'),
    ],
  },
  {
    ...on,
    name: "every-error-is-a-broken-line",
    clause: "client.gone",
    remark: "Any status that is no 2xx is tried again after two seconds: also 404, and whatever Retry-After says.",
    edits: [
      swap(passing, ""),
      swap(
        refusedPoll,
        'if (!response.ok) return { is: "trouble", headers: new Headers(), why: `it was answered with ${status}` };',
      ),
    ],
  },
  {
    ...on,
    name: "no-error-is-heard-of",
    clause: "client.deadline",
    remark: "The requests' errors are swallowed: a deadline ends in silence, and so does a broken connection.",
    edits: [
      swap("    signal,\n  });", "    signal,\n  }).catch(() => new Promise<never>(() => {}));"),
      swap(
        "response = await fetch(statusUrl, { signal });",
        "response = await fetch(statusUrl, { signal }).catch(() => new Promise<never>(() => {}));",
      ),
    ],
  },
  {
    ...on,
    name: "clears-what-is-not-there",
    clause: "client.returns",
    remark:
      "The clean-up counts on a timeoutMs: without one its own error takes the place of all others, and of the report.",
    edits: [
      swap(
        "    throw error;\n  }\n}\n\ninterface Accepted",
        "    throw error;\n  } finally {\n    deadline!.onabort = null;\n  }\n}\n\ninterface Accepted",
      ),
    ],
  },
  {
    ...on,
    name: "two-orders-at-once",
    clause: "client.posts-once",
    remark: "Two orders go out, and the first answer counts: nobody fetches the other report.",
    edits: [
      swap(
        "await orderReport(baseUrl, params, stop)",
        "await Promise.race([orderReport(baseUrl, params, stop), orderReport(baseUrl, params, stop)])",
      ),
    ],
  },
];
