import { afterEach, describe, expect, test, vi } from "vitest";
import { lessons } from "../../workbook/content/catalogue.ts";
import { places } from "../../workbook/content/places.ts";

/** RFC 9110, section 5.6.7: a recipient must accept all three, and all of them are GMT. */
const forms = [
  ["the one to send", "Wed, 25 Nov 2026 14:02:11 GMT"],
  ["RFC 850's", "Wednesday, 25-Nov-26 14:02:11 GMT"],
  ["asctime's", "Wed Nov 25 14:02:11 2026"],
] as const;
const sevenSecondsBefore = "Wed, 25 Nov 2026 14:02:04 GMT";
const origin = "http://127.0.0.1:3000";
const report = { title: "All books", generatedAt: "2026-11-25T14:02:10Z", totalBooks: { count: 1 } };

interface Client {
  runReport(baseUrl: string, params: object): Promise<unknown>;
}

const reading = lessons()
  .filter(({ number }) => number >= 3)
  .map(({ slug }) => slug);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** The answers of a server whose work takes as long as Retry-After says, one after the other. */
function answers(retryAfter: string): readonly Response[] {
  const processing = { id: "r-1", status: "processing" };
  return [
    Response.json(processing, { status: 202, headers: { Location: "/reports/r-1" } }),
    Response.json(processing, { headers: { Date: sevenSecondsBefore, "Retry-After": retryAfter } }),
    Response.json({ id: "r-1", status: "completed", result: report }),
  ];
}

describe.each(reading)("the client of %s waits until an HTTP-date", (slug) => {
  test.each(forms)("in %s form: %s", async (_name, date) => {
    vi.stubEnv("TZ", "Asia/Kathmandu");
    vi.useFakeTimers();
    const left = [...answers(date)];
    const fetched = vi.fn(async (url: URL) => {
      const answer = left.shift() ?? Response.error();
      return Object.defineProperty(answer, "url", { value: url.href });
    });
    vi.stubGlobal("fetch", fetched);
    const { runReport } = (await import(places(slug).solution("client.ts"))) as Client;

    const call = runReport(origin, {});
    await vi.advanceTimersByTimeAsync(6999);
    expect(fetched).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(await call).toEqual(report);
  });
});
