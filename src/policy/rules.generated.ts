// Written by `npm run schema` from the rules.
import type { RuleDocs } from "../rule.js";

/** Every rule, with its severity in the preset `recommended`. */
export const RECOMMENDED: Readonly<Record<string, RuleDocs["recommended"]>> = {
  "approved-base": "policy",
  "approved-registry": "policy",
  "consistent-base-tags": "warn",
  "explicit-tag": "error",
  "no-constant-platform": "warn",
  "no-eol-base": "warn",
  "no-latest": "error",
  "no-lookalike-base": "error",
  "pin-precision": "warn",
  "require-labels": "off",
  "stage-names": "error",
  "unresolved-base": "policy",
  "valid-reference": "error",
  "valid-syntax": "error",
  "valid-waiver": "warn",
};
