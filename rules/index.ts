// Written by `npm run generate` from the files of this folder.
import type { Rule } from "../src/rule.js";
import approvedBase from "./approved-base.js";
import approvedRegistry from "./approved-registry.js";
import baseExists from "./base-exists.js";
import consistentBaseTags from "./consistent-base-tags.js";
import copyLockfileWithManifest from "./copy-lockfile-with-manifest.js";
import copyManifestsBeforeSource from "./copy-manifests-before-source.js";
import explicitTag from "./explicit-tag.js";
import globalArgOutOfScope from "./global-arg-out-of-scope.js";
import lockedBase from "./locked-base.js";
import metadataBeforeBuildStep from "./metadata-before-build-step.js";
import noCleanupInLaterLayer from "./no-cleanup-in-later-layer.js";
import noConstantPlatform from "./no-constant-platform.js";
import noCopyThenDelete from "./no-copy-then-delete.js";
import noEolBase from "./no-eol-base.js";
import noLatest from "./no-latest.js";
import noLookalikeBase from "./no-lookalike-base.js";
import noRecursiveOwnershipLayer from "./no-recursive-ownership-layer.js";
import noRedundantWorkdir from "./no-redundant-workdir.js";
import noRootStepAfterUser from "./no-root-step-after-user.js";
import noSourceInArtifactStage from "./no-source-in-artifact-stage.js";
import noSplitPackageIndexUpdate from "./no-split-package-index-update.js";
import outdatedBase from "./outdated-base.js";
import pinPrecision from "./pin-precision.js";
import preferCopyLink from "./prefer-copy-link.js";
import requireDockerignore from "./require-dockerignore.js";
import requireFrozenInstall from "./require-frozen-install.js";
import requireLabels from "./require-labels.js";
import separateDependencyFetch from "./separate-dependency-fetch.js";
import stageNames from "./stage-names.js";
import systemPackagesBeforeSource from "./system-packages-before-source.js";
import unresolvedBase from "./unresolved-base.js";
import validReference from "./valid-reference.js";
import validSyntax from "./valid-syntax.js";
import validWaiver from "./valid-waiver.js";
import volatileArgLate from "./volatile-arg-late.js";

/** Every rule, by its name. */
export const rules: Readonly<Record<string, Rule>> = {
  "approved-base": approvedBase,
  "approved-registry": approvedRegistry,
  "base-exists": baseExists,
  "consistent-base-tags": consistentBaseTags,
  "copy-lockfile-with-manifest": copyLockfileWithManifest,
  "copy-manifests-before-source": copyManifestsBeforeSource,
  "explicit-tag": explicitTag,
  "global-arg-out-of-scope": globalArgOutOfScope,
  "locked-base": lockedBase,
  "metadata-before-build-step": metadataBeforeBuildStep,
  "no-cleanup-in-later-layer": noCleanupInLaterLayer,
  "no-constant-platform": noConstantPlatform,
  "no-copy-then-delete": noCopyThenDelete,
  "no-eol-base": noEolBase,
  "no-latest": noLatest,
  "no-lookalike-base": noLookalikeBase,
  "no-recursive-ownership-layer": noRecursiveOwnershipLayer,
  "no-redundant-workdir": noRedundantWorkdir,
  "no-root-step-after-user": noRootStepAfterUser,
  "no-source-in-artifact-stage": noSourceInArtifactStage,
  "no-split-package-index-update": noSplitPackageIndexUpdate,
  "outdated-base": outdatedBase,
  "pin-precision": pinPrecision,
  "prefer-copy-link": preferCopyLink,
  "require-dockerignore": requireDockerignore,
  "require-frozen-install": requireFrozenInstall,
  "require-labels": requireLabels,
  "separate-dependency-fetch": separateDependencyFetch,
  "stage-names": stageNames,
  "system-packages-before-source": systemPackagesBeforeSource,
  "unresolved-base": unresolvedBase,
  "valid-reference": validReference,
  "valid-syntax": validSyntax,
  "valid-waiver": validWaiver,
  "volatile-arg-late": volatileArgLate,
};
