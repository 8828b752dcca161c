/** Runs the workbook's lint rules over files in a temporary folder. */
import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../workbook/root.ts";
import { inFolder } from "./temporary.ts";

/** What the linter found in a file. */
export interface Finding {
  /** Path of the file, as it was given. */
  readonly file: string;
  /** The rule, such as "eslint(no-restricted-imports)". */
  readonly rule: string;
  /** What the rule's author wrote for this case; "" if nothing. */
  readonly help: string;
}

/** Lints the files, given by path and text, beside a copy of .oxlintrc.json. */
export function lint(files: Readonly<Record<string, string>>): Finding[] {
  return inFolder(files, (folder) => {
    copyFileSync(path.join(root, ".oxlintrc.json"), path.join(folder, ".oxlintrc.json"));
    const oxlint = path.join(root, "dev", "node_modules", "oxlint", "bin", "oxlint");
    const done = spawnSync(process.execPath, [oxlint, "--format", "json"], { cwd: folder, encoding: "utf8" });
    if (done.error) throw done.error;
    const { diagnostics } = JSON.parse(done.stdout) as {
      diagnostics: { filename: string; code: string; help?: string }[];
    };
    return diagnostics.map(({ filename, code, help = "" }) => ({
      file: filename.replaceAll("\\", "/"),
      rule: code,
      help,
    }));
  });
}
