import { configDefaults, defineConfig } from "vitest/config";

const slow = "test/**/*.slow.test.ts";

/**
 * `npm test` leaves the slow tests out: they take seconds, start many processes, or need the maintainers' tools in dev/.
 * `npm run check` sets the variable.
 */
const withSlow = Boolean(process.env["ACCEPTED_ALL_TESTS"]);

export default defineConfig({
  test: {
    // The engine is bundled already, so vitest need not compile it.
    server: { deps: { external: [/[\\/]\.workbook[\\/]/] } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, slow],
          // These tests leave nothing behind, and a process for each file would take longer than the tests themselves.
          isolate: false,
        },
      },
      ...(withSlow ? [{ extends: true as const, test: { name: "slow", include: [slow] } }] : []),
    ],
  },
});
