/** The child's entry: it plays the scenarios of the contract. The parent bundles it, and starts it with this folder's preloads. */
import { scenarios } from "../../../contract/scenarios/all.ts";
import { start } from "./start.ts";

// Not awaited: while an entry awaits at its top level, Node keeps a listener on the process.
void start(scenarios);
