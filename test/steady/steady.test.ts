/** The parts of npm run steady. */
import { expect, test } from "vitest";
import { inLanes } from "./lanes.ts";
import { leftWords, newPace } from "./pace.ts";
import { newProgress } from "./progress.ts";
import { findingWords, headline, isSteady, page, type Steady } from "./report.ts";
import { roundsOf, type Finding } from "./rounds.ts";
import { differenceOf } from "./said.ts";

const verdict = (of: string, text: string) => ({ of, text });

test("a difference is the first clause that differs, with both texts", () => {
  const first = [verdict("accept.prompt", "a"), verdict("accept.status", "b"), verdict("accept.body", "c")];
  expect(differenceOf(first, [...first])).toBe(null);
  const now = [verdict("accept.prompt", "a"), verdict("accept.status", "B"), verdict("accept.body", "C")];
  expect(differenceOf(first, now)).toEqual({ of: "accept.status", first: "b", now: "B" });
  const shorter = { of: "accept.body", first: "c", now: "no verdict" };
  expect(differenceOf(first, first.slice(0, 2))).toEqual(shorter);
});

test("every second round is under load, and each further seed has a calm one", () => {
  expect(roundsOf(3, [2]).map(({ seed, loaded }) => `${seed} ${loaded}`)).toEqual([
    "1 false",
    "1 true",
    "1 false",
    "2 false",
  ]);
});

test("several are graded at the same time, in their order, and none is begun after the end", async () => {
  const stop = new AbortController();
  const begun: number[] = [];
  let [now, most] = [0, 0];
  await inLanes([1, 2, 3, 4, 5, 6], 2, stop.signal, async (n) => {
    begun.push(n);
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    if (n === 4) stop.abort();
  });
  expect({ begun: begun.slice(0, 4), most }).toEqual({ begun: [1, 2, 3, 4], most: 2 });
  expect(begun).not.toContain(6);
});

test("the time left is told from what rounds of each kind have taken", () => {
  let clock = 0;
  const pace = newPace(() => clock);
  pace.begin(false, [true, false, true]);
  expect(pace.left(0)).toBe(null);
  clock = 1_000;
  expect(pace.left(0.5)).toBeCloseTo(1_000 + 3_200 + 2_000 + 3_200);
  clock = 2_000;
  pace.left(1);
  pace.begin(true, [false, true]);
  clock = 4_000;
  expect(pace.left(0.5)).toBeCloseTo(2_000 + 2_000 + 4_000);
  expect([leftWords(null), leftWords(41_000), leftWords(1_500_000)]).toEqual([
    "",
    "about 45 s left",
    "about 25 minutes left",
  ]);
});

test("progress is one line that is written anew at a terminal, and a line a round in a pipe", () => {
  const written = (isTTY: boolean) => {
    let text = "";
    const progress = newProgress({ isTTY, columns: 80, write: (more: string) => (text += more) }, {});
    progress.now("one");
    progress.now("two");
    progress.tell("something");
    progress.round("all");
    progress.end();
    return text.replaceAll("\r\x1b[K", "<");
  };
  expect(written(true)).toBe("<  one<  two<something\n  two<");
  expect(written(false)).toBe("something\nall\n");
});

const differing: Finding = {
  key: "03 server no-header",
  round: 7,
  seed: 1,
  loaded: true,
  what: { of: "retry-after.present", first: '{"seen":"a"}', now: '{"seen":"b"}' },
};

const whole: Steady = {
  date: "2026-11-28",
  node: "20.20.2",
  system: "linux",
  cores: 2,
  minutes: 40,
  cases: 422,
  word: "",
  times: 50,
  seeds: [2, 3, 4],
  played: { calm: 11_816, loaded: 10_550, rounds: 53, findings: [] },
  timed: [{ key: "06 server walks-all", failed: 5, of: 5 }],
  interrupted: false,
};

test("a difference is told with the case, the run, the first differing clause and both texts", () => {
  expect(findingWords(differing).split("\n")).toEqual([
    "03 server no-header, run 7 (seed 1, every core loaded) differs first at retry-after.present",
    '  the first run  {"seen":"a"}',
    '  this run       {"seen":"b"}',
  ]);
});

test("it ends with a headline, and only all the same and played to its end is steady", () => {
  expect(headline(whole)).toBe("22,366 gradings of 422 cases, 10,550 of them with every core loaded: no difference.");
  const odd = { ...whole, interrupted: true, played: { ...whole.played, rounds: 9, findings: [differing, differing] } };
  expect(headline(odd)).toContain("2 differences in 1 case. Interrupted after 9 of 53 rounds.");
  expect([whole, odd, { ...whole, interrupted: true }].map(isSteady)).toEqual([true, false, false]);
});

test("the page of a run that was interrupted claims no more rounds than were played", () => {
  const text = page({ ...whole, interrupted: true, played: { ...whole.played, rounds: 14 } });
  expect(text).toContain("was graded 14 times with the same seed");
  expect(text).not.toContain("each of these seeds");
  expect(page(whole)).toContain("was graded 50 times with the same seed");
  expect(page(whole)).toContain("each of these seeds: 2, 3 and 4.");
});

test("the page tells the date, the machine's cores, the gradings and each difference", () => {
  const text = page({ ...whole, played: { ...whole.played, findings: [differing] } });
  expect(text).toContain("on 2026-11-28, Node 20.20.2, linux, 2 cores, in 40 minutes.");
  expect(text).toContain("22,366 gradings of 422 cases");
  expect(text).toContain(findingWords(differing));
  expect(text).toContain("06 server walks-all failed 5 of 5");
});
