/** Loads a module of the engine, bundled. */
export function load(name: "testing"): Promise<typeof import("./testing.ts")>;
export function load(name: "commands"): Promise<typeof import("./commands/main.ts")>;

/** Bundles a program of the workbook, unless it has been. @returns the folder of its files, absolute */
export function bundle(program: "engine" | "child"): Promise<string>;
