import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { lessons } from "../../../workbook/content/catalogue.ts";
import { places } from "../../../workbook/content/places.ts";
import { grade } from "../../../workbook/grade/grade.ts";
import { newEarlier } from "../../../workbook/run/memory/recording-cache.ts";
import { closePool } from "../../../workbook/run/memory/pool.ts";
import type { Run } from "../../../workbook/contract/model/run.ts";

const folder = mkdtempSync(path.join(tmpdir(), "earlier-"));
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

test("a file that has not changed is compiled once, a changed one again, whatever its time says", async () => {
  const earlier = newEarlier();
  const code = async () => {
    const compiled = await earlier.compile("client", file);
    return "is" in compiled ? compiled.bundle.code : compiled.message;
  };
  const first = await code();
  expect(await code()).toBe(first);
  writeOld(helper, "export const wait = 2;\n");
  expect(await code()).toContain("wait = 2");
  rmSync(helper);
  expect(await code()).toContain("helper.ts");
});

test("a file that is saved while it is compiled is not taken for the one that was compiled", async () => {
  const earlier = newEarlier();
  const compiling = earlier.compile("client", file);
  writeFileSync(file, "export const runReport = () => 3;\n");
  await compiling;
  const again = await earlier.compile("client", file);
  expect("is" in again && again.bundle.code).toContain("() => 3");
});

const [, second] = lessons();
if (!second) throw new Error("There is no lesson 02.");
const { solution } = places(second.slug);

function verdicts(run: Run): string {
  return JSON.stringify(run.verdicts);
}

test("a grading that remembers gives the verdicts of one that does not", async () => {
  const subject = { server: path.join(folder, "server.ts"), client: solution("client.ts") };
  const right = `export { default } from ${JSON.stringify(solution("server.ts"))};\n`;
  const wrong = `import app from ${JSON.stringify(solution("server.ts"))};
export default { fetch: async (request: Request) => {
  const response = await app.fetch(request);
  return response.status === 202 ? new Response(response.body, { status: 200, headers: response.headers }) : response;
} };\n`;
  const earlier = newEarlier();
  for (const text of [right, wrong, right]) {
    writeFileSync(subject.server, text);
    const remembering = await grade(second, subject, { earlier });
    const played = await grade(second, subject);
    expect(remembering.passed).toBe(text === right);
    expect(verdicts(remembering)).toBe(verdicts(played));
    expect(remembering.recordings).toEqual(played.recordings);
  }
});

test("of unchanged code nothing is played again, and other values make it be played", async () => {
  const subject = { client: solution("client.ts") };
  const earlier = newEarlier();
  const first = await grade(second, subject, { earlier });
  const again = await grade(second, subject, { earlier });
  expect(again.recordings.every((recording, index) => recording === first.recordings[index])).toBe(true);
  const other = await grade(second, subject, { earlier, seed: 2 });
  expect(other.recordings.some((recording) => first.recordings.includes(recording))).toBe(false);
});

test("what ended with a problem is played again", async () => {
  writeOld(file, "export async function runReport() {\n  throw null;\n}\nsetTimeout(() => process.exit(3), 10);\n");
  const earlier = newEarlier();
  const first = await grade(second, { client: file }, { earlier });
  expect(first.problem?.kind).toBe("exit");
  const again = await grade(second, { client: file }, { earlier });
  expect(again.recordings.some((recording) => first.recordings.includes(recording))).toBe(false);
});
