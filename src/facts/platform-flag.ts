/** `FROM --platform=…`: what it asks for (reportConstPlatformDisallowed and reportRedundantTargetPlatform). */
import { expand } from "../syntax/expand.js";
import type { Flag } from "../syntax/nodes.js";
import type { LintSource } from "./facts.js";
import { parsePlatform, type Platform } from "./platforms.js";
import type { Stage } from "./stages.js";

export interface PlatformFlag {
  readonly flag: Flag;
  /** As written, quotes and escapes gone. */
  readonly text: string;
  /** What a value without variables names; null for one with variables, or one that is no platform. */
  readonly constant: Platform | null;
  /** True for `$TARGETPLATFORM` as BuildKit sets it, which is what a FROM without the flag gets. */
  readonly isTarget: boolean;
}

/** The platform flag of a stage's FROM; null without one. */
export function platformFlag(stage: Stage, { facts, escape }: LintSource): PlatformFlag | null {
  const flag = stage.from.flags.find(({ name }) => name === "platform");
  if (!flag?.value) return null;
  const { text } = flag.value;
  const { used, unresolved, error, text: value } = expand(flag.value, facts.globals.lookup, escape);
  const [only] = used;
  const isTarget =
    used.length === 1 &&
    unresolved.length === 0 &&
    only?.name === "TARGETPLATFORM" &&
    only.variable.source === "platform" &&
    only.variable.value === value;
  const isConstant = error === null && !text.includes("$");
  return { flag, text, constant: isConstant ? parsePlatform(value) : null, isTarget };
}
