import type { Clause } from "./types.ts";

export const fail: readonly Clause[] = [];
