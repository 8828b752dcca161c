import type { Clause } from "./types.ts";

export const ttl: readonly Clause[] = [];
