/** The stage that `--target` names. */
import { nearest } from "../spelling.js";
import type { Facts } from "./facts.js";

/** A target that the file does not have: the build would fail, and here the last stage counts. */
export interface MissingTarget {
  /** As given. */
  readonly target: string;
  /** The names that there are. */
  readonly names: readonly string[];
  /** The one that was probably meant. */
  readonly near: string | null;
}

/**
 * `found`, or what is missing. Null without `--target`, and for a file without any stage. Names are compared in any
 * case, numbers are none (dockerfile2llb, resolveTarget).
 */
export function lookUpTarget({
  inputs: { target },
  stages,
}: Pick<Facts, "inputs" | "stages">): "found" | MissingTarget | null {
  if (target === null || stages.length === 0) return null;
  const names = stages.flatMap(({ name }) => name ?? []);
  if (names.includes(target.toLowerCase())) return "found";
  return { target, names, near: nearest(target, names) };
}
