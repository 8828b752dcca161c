import { configDefaults, defineConfig } from "vitest/config";

/** `npm run check` runs all; `npm test` leaves out what takes processes and seconds: files named *.slow.test.ts. */
const slow = process.env["ACCEPTED_ALL_TESTS"] ? [] : ["test/**/*.slow.test.ts"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...slow],
    // What is bundled already need not be compiled.
    server: { deps: { external: [/[\\/]\.workbook[\\/]/] } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
