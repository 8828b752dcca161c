/**
 * The child's entry for a debugger: waits for it, then runs the usual program. It opens the inspector itself: with Node's
 * own flag a quick debugger could attach, and let the program run, before it waits.
 */
import inspector from "node:inspector";
import path from "node:path";
import { pathToFileURL } from "node:url";

inspector.open(Number(process.argv.pop()), "127.0.0.1", true);
await import(pathToFileURL(path.join(path.dirname(process.argv[1] ?? ""), "child.mjs")).href);
