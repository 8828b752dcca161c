/** A subject that can't be graded at all gets one sentence, and soon. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLesson } from "../../../workbook/content/catalogue.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { exitCode } from "../../../workbook/report/summary.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";
import { closedPort, drip, flood, tcp, type Listening } from "./naughty.ts";

const cases: Readonly<Record<string, { readonly server: () => Promise<Listening>; readonly says: RegExp }>> = {
  "refuses the connection": {
    server: closedPort,
    says: /^Nothing answers at .+ \(connection refused\)\. Start your server, then run the same line again\.$/,
  },
  "speaks no HTTP": {
    server: () => tcp((socket) => socket.write("220 mail.example ESMTP\r\n")),
    says: /speaks no HTTP\. Is this your server's port/,
  },
  "closes every connection": {
    server: () => tcp((socket) => socket.end()),
    says: /gave no usable answer to POST \/reports: the connection was closed before it was complete\./,
  },
  "never answers": {
    server: () => tcp(() => undefined),
    says: /gave no whole answer to POST \/reports within 0\.6 s\./,
  },
  "sends headers without end": {
    server: () => flood("HTTP/1.1 202 Accepted\r\n", `x-more: ${"y".repeat(1_000)}\r\n`),
    says: /gave no usable answer to POST \/reports: its headers are longer than 16 KB\./,
  },
  "sends a body without end": {
    server: () => flood("HTTP/1.1 202 Accepted\r\ncontent-type: application/json\r\n\r\n", "x".repeat(64_000)),
    says: /gave no usable answer to POST \/reports: its body is longer than 5 MB and was not read on\./,
  },
  "drips a byte at a time": {
    server: () => drip("HTTP/1.1 202 Accepted\r\ncontent-type: application/json\r\n\r\n", 50),
    says: /gave no whole answer to POST \/reports within 0\.6 s\. .+ --timeout 2\.$/,
  },
};

describe("a server that", () => {
  const lesson = findLesson("2");
  const servers: Listening[] = [];
  const runs = new Map<string, Promise<Run>>();

  beforeAll(async () => {
    for (const [name, { server }] of Object.entries(cases)) {
      const { url, close } = await server();
      servers.push({ url, close });
      if (lesson) runs.set(name, grade(lesson, { url }, { answerMs: 600 }));
    }
  });
  afterAll(() => servers.forEach(({ close }) => close()));

  test.each(Object.entries(cases))(
    "%s is unreachable: one sentence, no verdict, exit code 3",
    async (name, { says }) => {
      const run = await runs.get(name);
      if (!run) throw new Error("It was not graded.");
      expect(run.problem).toMatchObject({ kind: "unreachable", side: "server", file: null, line: null });
      expect(run.problem?.message).toMatch(says);
      expect(run.verdicts).toEqual([]);
      expect(exitCode(run)).toBe(3);
      expect(run.elapsedMs).toBeLessThan(4_000);
    },
  );
});

test("a command that is not found gets one sentence, and exit code 3", async () => {
  const lesson = findLesson("2");
  if (!lesson) throw new Error("There is no lesson 2.");
  const run = await grade(lesson, { command: "no-such-program-anywhere --fast" });
  expect(run.problem).toMatchObject({ kind: "unreachable", side: "client" });
  expect(run.problem?.message).toMatch(/^The command cannot be started: .*no-such-program-anywhere/);
  expect(run.verdicts).toEqual([]);
  expect(exitCode(run)).toBe(3);
});
