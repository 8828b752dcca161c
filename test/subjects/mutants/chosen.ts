/** The cases that a word on the command line selects. */
import { variants } from "../variants/all.ts";
import { mutants } from "./all.ts";
import { keyOf, type Mutant, type Variant } from "./cases.ts";

/** Mutants whose clause, exercise, side or name contains the word. */
export function mutantsWith(word: string): readonly Mutant[] {
  return mutants.filter((one) => `${one.clause} ${keyOf(one)}`.includes(word));
}

/** Variants whose exercise, side or name contains the word. "variant" selects all of them. */
export function variantsWith(word: string): readonly Variant[] {
  return variants.filter((one) => `variant ${keyOf(one)}`.includes(word));
}
