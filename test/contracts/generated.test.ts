/** What is generated from the rules says what the rules say. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../support/imports.js";

it("rules/index.ts, docs/rules/, schema.json and README.md follow from the rules", { timeout: 60_000 }, () => {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const { status, stderr } = spawnSync(process.execPath, [tsx, "scripts/generate.ts", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
