import type { Variant } from "../mutants/cases.ts";
import { choosers } from "./choose.ts";
import { clients } from "./client.ts";
import { servers } from "./server.ts";
import { forgetters } from "./ttl.ts";
import { offered } from "./ways.ts";

/** Every right implementation beside the solutions: those that only the tests know, and those that lessons offer. */
export const variants: readonly Variant[] = [...servers, ...choosers, ...forgetters, ...clients, ...offered];
