import type { Clause } from "./types.ts";

export const status: readonly Clause[] = [];
