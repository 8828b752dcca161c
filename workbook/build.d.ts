/** A module of the engine by its name, bundled. */
export function load(name: "testing"): Promise<typeof import("./testing.ts")>;
export function load(name: "commands"): Promise<typeof import("./commands/main.ts")>;
