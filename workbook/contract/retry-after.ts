import type { Clause } from "./types.ts";

export const retryAfter: readonly Clause[] = [];
