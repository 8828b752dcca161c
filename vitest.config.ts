import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Grading is bound by processes of its own; more workers than cores only make it slower.
    pool: "threads",
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
