/** The scripted server as a pure function. */
import { expect, test } from "vitest";
import type { HttpRequest } from "../../workbook/contract/model/recording.ts";
import type { Answer, Count, Script } from "../../workbook/contract/model/script.ts";
import {
  answerMs,
  headersToSend,
  mostRequests,
  noRequests,
  outcomeOf,
  replyTo,
} from "../../workbook/contract/scenarios/script.ts";

const at = { ms: 0, epochMs: 0, origin: "http://127.0.0.1:8202" };
const answer: Answer = { status: 200, headers: [["Content-Type", "text/plain"]], body: "report" };

function request(method: string): HttpRequest {
  return { method, url: `${at.origin}/reports`, headers: [], body: null };
}

function always(more: Partial<Answer> = {}): Script {
  return { answer: () => ({ ...answer, ...more }) };
}

function first(more: Partial<Answer> = {}, method = "GET") {
  return replyTo(always(more), noRequests, request(method), at);
}

test("POSTs and all other requests are counted apart; HEAD and OPTIONS are answered without the script", () => {
  const seen: Count[] = [];
  const script: Script = { answer: (_, count) => (seen.push(count), answer) };
  let counts = noRequests;
  const replies = ["POST", "HEAD", "GET", "OPTIONS", "DELETE"].map((method) => {
    const reply = replyTo(script, counts, request(method), at);
    counts = reply.counts;
    return [reply.label, reply.response.status, reply.afterMs];
  });
  expect(replies).toEqual([
    ["post", 200, answerMs],
    ["other", 200, 0],
    ["get", 200, answerMs],
    ["other", 204, 0],
    ["get", 200, answerMs],
  ]);
  expect(seen).toEqual([
    { posts: 1, gets: 0 },
    { posts: 1, gets: 1 },
    { posts: 1, gets: 2 },
  ]);
  expect(counts).toEqual({ requests: 5, posts: 1, gets: 2 });
});

test("an answer comes after its own delay, after 800 ms where it names none, or never", () => {
  expect(first().afterMs).toBe(800);
  expect(first({ delayMs: 0 }).afterMs).toBe(0);
  expect(first({ delayMs: 300 }).afterMs).toBe(300);
  expect(first({ delayMs: 300, never: true }).afterMs).toBeNull();
});

test("an abort is due whether or not the answer ever comes", () => {
  expect(first().abortAfterMs).toBeNull();
  expect(first({ abortAfterMs: 0 }).abortAfterMs).toBe(0);
  expect(first({ abortAfterMs: 1_500, never: true }).abortAfterMs).toBe(1_500);
});

test("the last request ends the run, is not answered, and does not reach the script", () => {
  const before = { requests: mostRequests - 2, posts: 1, gets: mostRequests - 3 };
  const last = replyTo(always(), before, request("GET"), at);
  expect(last.isLast).toBe(false);
  const unreached: Script = { answer: () => expect.unreachable() };
  expect(replyTo(unreached, last.counts, request("GET"), at)).toMatchObject({ isLast: true, afterMs: null });
});

test("the recording has what reached the client: all, half a body, or nothing", () => {
  const whole = { status: 200, headers: [["content-type", "text/plain"]], body: "report" };
  expect(outcomeOf(first())).toEqual({ response: whole, failure: null });
  const failure = { kind: "cut" };
  expect(outcomeOf(first({ cut: "body" }))).toMatchObject({ response: { ...whole, body: "rep" }, failure });
  expect(outcomeOf(first({ cut: "before" }))).toMatchObject({ response: null, failure });
});

test("Content-Length is added unless the script frames the body itself, or the status has no body", () => {
  const names = (headers: Answer["headers"], status = 200) =>
    headersToSend({ status, headers, body: "report" }, 6).map(([name, value]) => `${name}: ${value}`);
  expect(names([])).toEqual(["content-length: 6"]);
  expect(names([["Content-Length", "3"]])).toEqual(["Content-Length: 3"]);
  expect(names([["transfer-encoding", "chunked"]])).toEqual(["transfer-encoding: chunked"]);
  expect(names([], 204)).toEqual([]);
});
