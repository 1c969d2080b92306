import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rules } from "../rules/index.js";
import { eslintRules } from "../src/eslint/rules.js";
import { rulePage } from "../src/rule-page.js";
import { root } from "./support/imports.js";

it.each(Object.keys(rules))("the page of %s is in the repository that package.json names", (name) => {
  const [, file = ""] = /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/blob\/main\/(.+)$/.exec(rulePage(name)) ?? [];
  expect(existsSync(join(root, file))).toBe(true);
});

it("ESLint links to it, too", () => {
  expect(eslintRules["no-latest"]!.meta.docs).toMatchObject({ url: rulePage("no-latest") });
});
