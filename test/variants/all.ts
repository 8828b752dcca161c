import type { Variant } from "../mutants/cases.ts";
import { choosers } from "./choose.ts";
import { clients } from "./client.ts";
import { servers } from "./server.ts";
import { forgetters } from "./ttl.ts";

/** Every right implementation beside the solutions. */
export const variants: readonly Variant[] = [...servers, ...choosers, ...forgetters, ...clients];
