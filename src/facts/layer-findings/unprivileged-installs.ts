/** Installs of system packages by a user who may not. */
import type { Command } from "../shell/command.js";
import { packageUse } from "../shell/commands/system-packages.js";
import type { Layers } from "../layers/layers.js";
import { isSystemInstall } from "./outside-installs.js";
import type { Step } from "../layers/step.js";

export interface UnprivilegedInstall {
  readonly step: Step;
  readonly command: Command;
  /** The USER that holds. */
  readonly user: Step;
  readonly name: string;
}

/** The first one of each RUN; only where a literal USER of this file, or of a stage below, is another than root. */
export function unprivilegedInstalls({ byStage }: Pick<Layers, "byStage">): readonly UnprivilegedInstall[] {
  const found: UnprivilegedInstall[] = [];
  const ends: (Step | null)[] = [];
  for (const steps of byStage) {
    const base = steps[0]?.stage.base;
    let user: Step | null = (base && ends[base.index]) ?? null;
    for (const step of steps) {
      if (step.instruction.type === "User") user = step;
      const name = user === null ? null : literalUser(user);
      if (!user || name === null || step.triggered || step.instruction.type !== "Run") continue;
      const { script } = step.work;
      if (script?.kind !== "commands") continue;
      const command = script.commands.find((one) => needsRoot(one));
      if (command) found.push({ step, command, user, name });
    }
    ends.push(user);
  }
  return found;
}

function needsRoot(command: Command): boolean {
  if (command.user !== null || command.conditional) return false;
  return isSystemInstall(command) || packageUse(command)?.kind === "update";
}

/** The user; null for root, and for one that a variable names. */
function literalUser({ instruction }: Step): string | null {
  const text = instruction.args?.text ?? "";
  if (text === "" || text.includes("$")) return null;
  const name = text.replace(/^["']|["']$/g, "").replace(/:.*$/, "");
  return /^(?:root|0+|.*administrator)$/i.test(name) ? null : name;
}
