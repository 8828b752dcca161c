/** Which cases a word on the command line means. */
import { variants } from "../variants/all.ts";
import { mutants } from "./all.ts";
import { keyOf, type Mutant, type Variant } from "./cases.ts";

/** Mutants whose clause or name holds the word. */
export function mutantsWith(word: string): readonly Mutant[] {
  return mutants.filter((one) => `${one.clause} ${keyOf(one)}`.includes(word));
}

/** Variants whose name holds the word; "variant" is in each. */
export function variantsWith(word: string): readonly Variant[] {
  return variants.filter((one) => `variant ${keyOf(one)}`.includes(word));
}
