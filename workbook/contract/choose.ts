import type { Clause } from "./types.ts";

export const choose: readonly Clause[] = [];
