import type { Clause } from "./types.ts";

export const client: readonly Clause[] = [];
