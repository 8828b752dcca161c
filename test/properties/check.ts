/** Checks a property with fast-check, with a fixed seed unless you give one, and reports a failure in plain words. */
import { loadDev, whyWithout } from "../clients/dev.ts";

export type FastCheck = typeof import("../../dev/node_modules/fast-check/lib/fast-check.js");
export type Arbitrary<T> = import("../../dev/node_modules/fast-check/lib/fast-check.js").Arbitrary<T>;

/** fast-check; null when it is not installed. */
export const fastCheck = whyWithout === null ? await loadDev<FastCheck>("fast-check/lib/fast-check.js") : null;

/** `SEED=7` tries other scripts. The same seed always tries the same ones. */
const seed = Number(process.env.SEED ?? 202);
/** `SEED_PATH=12:0` plays one of them. It only fits the property that printed it, so use it with `-t`. */
const seedPath = process.env.SEED_PATH;
const all = process.env.ACCEPTED_ALL_TESTS !== undefined;

/** How many scripts are tried: to trust a solution, and to find a known fault. */
export const scriptsTried = { sure: all ? 500 : 40, found: all ? 500 : 150 };

/** What should be true for every script. */
export interface Property<Script> {
  readonly scripts: Arbitrary<Script>;
  /** Plays a script. @returns what went wrong, in sentences; empty if nothing did */
  faults(script: Script): Promise<readonly string[]>;
  /** The script for a person to read, one line for each step. */
  describe(script: Script): readonly string[];
}

/**
 * Checks the property with many scripts, and shrinks one that fails.
 * @returns null if all pass; else the script, what went wrong, and how to play it again
 */
export async function counterexample<Script>(
  fc: FastCheck,
  property: Property<Script>,
  numRuns: number,
): Promise<string | null> {
  const { scripts, faults, describe } = property;
  const tried = await fc.check(
    fc.asyncProperty(scripts, async (script) => {
      const found = await faults(script);
      if (found.length > 0) throw new Error(found.join("\n"));
    }),
    { seed, numRuns, ...(seedPath === undefined ? {} : { path: seedPath }) },
  );
  if (!tried.failed) return null;
  if (tried.counterexample === null) throw new Error(`The scripts could not be made: ${String(tried.errorInstance)}`);
  const [script] = tried.counterexample;
  const { errorInstance, counterexamplePath } = tried;
  return [
    "With this script:",
    ...describe(script).map((line) => `  ${line}`),
    "this goes wrong:",
    ...(errorInstance instanceof Error ? errorInstance.message : String(errorInstance))
      .split("\n")
      .map((line) => `  ${line}`),
    `Found with fast-check's seed ${tried.seed}, path ${counterexamplePath}. To play it again:`,
    `  SEED=${tried.seed} SEED_PATH=${counterexamplePath} npx vitest run test/properties -t "the name of this test"`,
  ].join("\n");
}
