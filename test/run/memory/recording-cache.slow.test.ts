import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { lessons } from "../../../workbook/content/catalogue.ts";
import { places } from "../../../workbook/content/places.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { newRecordingCache } from "../../../workbook/run/memory/recording-cache.ts";
import { closePool } from "../../../workbook/run/memory/pool.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";

const folder = mkdtempSync(path.join(tmpdir(), "cache-"));
const file = path.join(folder, "client.ts");
const helper = path.join(folder, "helper.ts");
afterAll(() => {
  closePool();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file as if it had been saved long ago. */
function writeOld(name: string, text: string): void {
  writeFileSync(name, text);
  const then = new Date(Date.now() - 60_000);
  utimesSync(name, then, then);
}

beforeEach(() => {
  writeOld(helper, "export const wait = 1;\n");
  writeOld(file, 'import { wait } from "./helper.ts";\nexport const runReport = () => wait;\n');
});

test("an unchanged file is compiled once, a changed one again, whatever its modification time", async () => {
  const cache = newRecordingCache();
  const code = async () => {
    const compiled = await cache.compile("client", file);
    return "is" in compiled ? compiled.bundle.code : compiled.message;
  };
  const first = await code();
  expect(await code()).toBe(first);
  writeOld(helper, "export const wait = 2;\n");
  expect(await code()).toContain("wait = 2");
  rmSync(helper);
  expect(await code()).toContain("helper.ts");
});

test("a file saved while it is compiled is compiled again", async () => {
  const cache = newRecordingCache();
  const compiling = cache.compile("client", file);
  writeFileSync(file, "export const runReport = () => 3;\n");
  await compiling;
  const again = await cache.compile("client", file);
  expect("is" in again && again.bundle.code).toContain("() => 3");
});

const [, second] = lessons();
if (!second) throw new Error("There is no lesson 02.");
const { solution } = places(second.slug);

function verdicts(run: Run): string {
  return JSON.stringify(run.verdicts);
}

test("a grading with a cache gives the same verdicts as one without", async () => {
  const subject = { server: path.join(folder, "server.ts"), client: solution("client.ts") };
  const right = `export { default } from ${JSON.stringify(solution("server.ts"))};\n`;
  const wrong = `import app from ${JSON.stringify(solution("server.ts"))};
export default { fetch: async (request: Request) => {
  const response = await app.fetch(request);
  return response.status === 202 ? new Response(response.body, { status: 200, headers: response.headers }) : response;
} };\n`;
  const cache = newRecordingCache();
  for (const text of [right, wrong, right]) {
    writeFileSync(subject.server, text);
    const cached = await grade(second, subject, { cache });
    const played = await grade(second, subject);
    expect(cached.passed).toBe(text === right);
    expect(verdicts(cached)).toBe(verdicts(played));
    expect(cached.recordings).toEqual(played.recordings);
  }
});

test("unchanged code is not played again, unless with another seed", async () => {
  const subject = { client: solution("client.ts") };
  const cache = newRecordingCache();
  const first = await grade(second, subject, { cache });
  const again = await grade(second, subject, { cache });
  expect(again.recordings.every((recording, index) => recording === first.recordings[index])).toBe(true);
  const other = await grade(second, subject, { cache, seed: 2 });
  expect(other.recordings.some((recording) => first.recordings.includes(recording))).toBe(false);
});

test("a scenario that ended with a problem is played again", async () => {
  writeOld(file, "export async function runReport() {\n  throw null;\n}\nsetTimeout(() => process.exit(3), 10);\n");
  const cache = newRecordingCache();
  const first = await grade(second, { client: file }, { cache });
  expect(first.problem?.kind).toBe("exit");
  const again = await grade(second, { client: file }, { cache });
  expect(again.recordings.some((recording) => first.recordings.includes(recording))).toBe(false);
});
