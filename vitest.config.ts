import { defineConfig } from "vitest/config";
import { reportPage } from "./scripts/build/report-page.js";

/** Where .ci/run wants the counts. */
const report = process.env.TEST_REPORT;

export default defineConfig({
  // What the build puts into the report html, fresh from its source.
  define: (await reportPage(import.meta.dirname)).define,
  test: {
    // Property tests and child processes need longer than a unit test on a busy machine.
    testTimeout: 30_000,
    // The built command leaves nothing in the cache folder of whoever runs the tests.
    env: { FROMLINT_NO_COMPILE_CACHE: "1" },
    include: ["test/**/*.test.ts"],
    exclude: ["test/integrations/**"],
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
