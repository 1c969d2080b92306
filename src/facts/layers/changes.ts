/** The changes between two builds that matter for most files. */
import type { Instruction } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { isPlatformArgument } from "../platforms.js";
import type { NamedChange } from "./outline.js";

/** More ARGs than these are looked at only when they are asked for. */
export const MOST_ARGUMENTS = 32;

/** The source, the lockfiles, and every ARG whose value re-runs a step. */
export function usualChanges({ ast, facts }: LintSource): NamedChange[] {
  const found = [contentChange("source"), contentChange("lockfile")];
  for (const name of [...argumentNames(ast.instructions)].slice(0, MOST_ARGUMENTS)) {
    const change = argumentChange(name);
    // Another platform is another build altogether.
    const reruns = isPlatformArgument(name) ? [] : change.parts.flatMap((part) => facts.layers.rerunBy(part));
    if (reruns.length > 0) found.push(change);
  }
  return found;
}

/** A change of all sources, or of all manifests and lockfiles. */
export function contentChange(kind: "source" | "lockfile"): NamedChange {
  return { name: kind, parts: [{ kind }] };
}

/** Another value of a build argument. */
export function argumentChange(name: string): NamedChange {
  return { name: `arg:${name}`, parts: [{ kind: "argument", name }] };
}

/** The names that ARG declares anywhere, in order. */
export function argumentNames(instructions: readonly Instruction[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const each of instructions) {
    const instruction = each.type === "Onbuild" ? each.instruction : each;
    if (instruction?.type === "Arg") for (const { name } of instruction.pairs) names.add(name.text);
  }
  return names;
}
