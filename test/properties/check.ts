/** How a property is tried out: a fixed seed unless one is given, and words for people when it does not hold. */
import { loadDev, whyWithout } from "../clients/dev.ts";

export type FastCheck = typeof import("../../dev/node_modules/fast-check/lib/fast-check.js");
export type Arbitrary<T> = import("../../dev/node_modules/fast-check/lib/fast-check.js").Arbitrary<T>;

/** fast-check; null where it is not installed. */
export const fastCheck = whyWithout === null ? await loadDev<FastCheck>("fast-check/lib/fast-check.js") : null;

/** `SEED=7` tries other scripts; the same seed tries the same ones. */
const seed = Number(process.env.SEED ?? 202);
/** `SEED_PATH=12:0` plays one of them alone. Only the property that printed it knows it: use it with `-t`. */
const seedPath = process.env.SEED_PATH;
const all = process.env.ACCEPTED_ALL_TESTS !== undefined;

/** How many scripts are tried: enough to be sure of a solution, and enough to find a fault that is known to be there. */
export const scriptsTried = { sure: all ? 500 : 40, found: all ? 500 : 150 };

/** What is to hold for every script. */
export interface Property<Script> {
  readonly scripts: Arbitrary<Script>;
  /** Plays a script. Returns what went wrong, in sentences; empty if the property holds. */
  faults(script: Script): Promise<readonly string[]>;
  /** The script as a person reads it, a line a step. */
  describe(script: Script): readonly string[];
}

/**
 * Tries the property out with many scripts, and makes one that does not hold as small as possible.
 * @returns null if it holds for all; else the script, what went wrong, and how to play it again
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
