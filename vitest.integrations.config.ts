import { defineConfig } from "vitest/config";

/** Where .ci/run wants the counts. */
const report = process.env.TEST_REPORT;

/** The package as it is published, inside the tools that people use: slow, and only some of it needs no network. */
export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 600_000,
    include: ["test/integrations/**/*.test.ts"],
    // They install packages: one at a time.
    fileParallelism: false,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
