import type { Variant } from "../mutants/cases.ts";
import { choosers } from "./choose.ts";
import { clients } from "./client.ts";
import { servers } from "./server.ts";
import { forgetters } from "./ttl.ts";
import { offered } from "./ways.ts";

/** Every right implementation besides the solutions: those of the tests, and those that the lessons show. */
export const variants: readonly Variant[] = [...servers, ...choosers, ...forgetters, ...clients, ...offered];
