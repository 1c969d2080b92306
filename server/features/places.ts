/** Places in a policy file, for a hover. */
import type { PolicyPlace } from "../../src/editor.js";
import { code } from "./markdown.js";

/** `fromlint.yaml:12`, as a code span. */
export function placeText({ file, line }: PolicyPlace): string {
  return code(`${file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1)}:${String(line)}`);
}
