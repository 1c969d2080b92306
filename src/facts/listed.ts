/** Whether a policy knows an image by name. */
import type { Policy } from "../policy/policy.js";
import type { Reference } from "./reference.js";

/** True for an image that `bases` names as golden, replaced, verified or denied: whoever wrote it, meant it. */
export function isListed(reference: Reference, { bases }: Policy): boolean {
  const { golden, verified, deny } = bases;
  const listed = [...golden.flatMap(({ pattern, replaces }) => [pattern, ...replaces]), ...verified, ...deny];
  return listed.some((pattern) => pattern.matches(reference));
}
