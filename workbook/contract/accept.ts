import type { Clause } from "./types.ts";

export const accept: readonly Clause[] = [];
