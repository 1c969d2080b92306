// Written by `npm run generate` from the files of this folder.
import type { Rule } from "../src/rule.js";
import approvedBase from "./approved-base.js";
import approvedRegistry from "./approved-registry.js";
import consistentBaseTags from "./consistent-base-tags.js";
import explicitTag from "./explicit-tag.js";
import noConstantPlatform from "./no-constant-platform.js";
import noEolBase from "./no-eol-base.js";
import noLatest from "./no-latest.js";
import noLookalikeBase from "./no-lookalike-base.js";
import pinPrecision from "./pin-precision.js";
import requireLabels from "./require-labels.js";
import stageNames from "./stage-names.js";
import unresolvedBase from "./unresolved-base.js";
import validReference from "./valid-reference.js";
import validSyntax from "./valid-syntax.js";
import validWaiver from "./valid-waiver.js";

/** Every rule, by its name. */
export const rules: Readonly<Record<string, Rule>> = {
  "approved-base": approvedBase,
  "approved-registry": approvedRegistry,
  "consistent-base-tags": consistentBaseTags,
  "explicit-tag": explicitTag,
  "no-constant-platform": noConstantPlatform,
  "no-eol-base": noEolBase,
  "no-latest": noLatest,
  "no-lookalike-base": noLookalikeBase,
  "pin-precision": pinPrecision,
  "require-labels": requireLabels,
  "stage-names": stageNames,
  "unresolved-base": unresolvedBase,
  "valid-reference": validReference,
  "valid-syntax": validSyntax,
  "valid-waiver": validWaiver,
};
