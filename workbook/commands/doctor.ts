/** npm run doctor: checks whether this machine is ready. Ends with a block to paste into an issue. */
import { readFileSync } from "node:fs";
import { availableParallelism, release } from "node:os";
import path from "node:path";
import { checks, type Finding } from "./doctor/checks.ts";
import { root } from "../root.ts";
import { exit, say } from "./command.ts";
import { pageSize } from "../terminal/size.ts";

export const help = `npm run doctor                   is this machine ready; ends in a block to paste into an issue`;

/** @returns 0 if every check passes, else 1 */
export async function run(): Promise<number> {
  const { unicode } = pageSize();
  const [good, bad] = unicode ? ["✓", "✗"] : ["+", "x"];
  const found: { name: string; finding: Finding }[] = [];
  say("");
  for (const [name, check] of Object.entries(checks)) {
    const finding = await check().catch((error: unknown): Finding => ({
      well: false,
      seen: text(error),
      remedy: "Paste the block below into an issue.",
    }));
    found.push({ name, finding });
    say(`  ${finding.well ? good : bad} ${name.padEnd(10)} ${finding.seen}`);
    if (!finding.well) say(`               ${finding.remedy}`);
  }
  const well = found.every(({ finding }) => finding.well);
  say(
    `\n  ${well ? "This machine is ready." : "Something is to be mended, see above."} For an issue, paste this block:\n`,
  );
  say(block(found));
  return well ? exit.passed : exit.failed;
}

function block(found: readonly { name: string; finding: Finding }[]): string {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  const system = `${process.platform} ${release()}, ${process.arch}, ${availableParallelism()} cores`;
  return [
    "```text",
    `workbook ${version}, node ${process.versions.node}, ${system}`,
    `terminal ${process.env["TERM"] ?? process.env["TERM_PROGRAM"] ?? "unknown"}, locale ${process.env["LC_ALL"] ?? process.env["LANG"] ?? "unknown"}`,
    ...found.map(({ name, finding }) => `${finding.well ? "ok  " : "FAIL"} ${name}: ${finding.seen}`),
    "```",
  ].join("\n");
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
