import { configDefaults, defineConfig } from "vitest/config";

const slow = "test/**/*.slow.test.ts";

/** `npm run check` runs all; `npm test` leaves out what takes processes and seconds: files named *.slow.test.ts. */
const withSlow = Boolean(process.env["ACCEPTED_ALL_TESTS"]);

export default defineConfig({
  test: {
    // What is bundled already need not be compiled.
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
          // They leave nothing behind, and a process for each file would take longer than the tests.
          isolate: false,
        },
      },
      ...(withSlow ? [{ extends: true as const, test: { name: "slow", include: [slow] } }] : []),
    ],
  },
});
