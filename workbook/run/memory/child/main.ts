/** The child's entry: the scenarios of the contract. Bundled by the parent, started with the preloads of this folder. */
import { scenarios } from "../../../contract/scenarios/all.ts";
import { start } from "./start.ts";

// Not awaited: while an entry awaits at its top level, Node keeps a listener on the process.
void start(scenarios);
