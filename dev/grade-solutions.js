/** Grades every reference solution on the Node that runs this file. Exits with 1 if one does not pass. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const slugs = readdirSync(path.join(root, "solutions")).sort();
let failed = 0;
for (const slug of slugs) {
  const file = (side) => path.join("solutions", slug, `${side}.ts`);
  const args = ["workbook/main.js", "grade", slug, "--server", file("server"), "--client", file("client"), "--json"];
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (done.status === 0) continue;
  failed += 1;
  console.log(`solutions/${slug}: exit ${done.status}`);
  console.log(done.stderr || done.stdout);
}
console.log(`Node ${process.versions.node}: ${slugs.length - failed} of ${slugs.length} solutions pass`);
process.exitCode = failed > 0 || slugs.length === 0 ? 1 : 0;
