/** Places where an image is named, or would be: FROM, `COPY --from=` and `RUN --mount=…,from=`. */
import type { Role } from "../../policy/policy.js";
import { mountFields } from "../../syntax/mounts.js";
import type { Instruction, Range } from "../../syntax/nodes.js";
import type { LintSource } from "../facts.js";
import { innermost, instructionAt } from "./instruction-at.js";
import type { Stage } from "../stages.js";

export interface ImagePlace {
  readonly kind: "from" | "copy-from" | "mount-from";
  /** What is written there, quotes left out; empty where nothing is yet. */
  readonly range: Range;
  readonly role: Role;
  /** The stage that it stands in, for FROM the one that it begins. */
  readonly stage: Stage;
}

/** The place that the offset touches; null where no image is to be named. */
export function imagePlaceAt(source: LintSource, offset: number): ImagePlace | null {
  const outer = instructionAt(source, offset);
  const stage = outer && source.facts.stages.findLast(({ from }) => from.range[0] <= outer.range[0]);
  if (!stage) return null;
  const instruction = innermost(outer, offset);
  const range = instruction.type === "From" ? rangeInFrom(instruction, offset, source.text) : null;
  if (range) return { kind: "from", range, role: stage.exported ? "final" : "build", stage };
  const copied = instruction.type === "Copy" || instruction.type === "Run" ? rangeInFlags(instruction, offset) : null;
  return (
    copied && { kind: instruction.type === "Copy" ? "copy-from" : "mount-from", range: copied, role: "copied", stage }
  );
}

function rangeInFrom(
  { keyword, flags, words, ...from }: Instruction & { type: "From" },
  offset: number,
  text: string,
): Range | null {
  const image = from.image;
  if (image && touches(image.range, offset)) {
    const inner = withoutQuote(image.range, text);
    return touches(inner, offset) ? inner : null;
  }
  if (!/\s/.test(text.charAt(offset - 1))) return null;
  const isFree = [keyword, ...flags, ...words].every(({ range }) => !touches(range, offset));
  return isFree && (!image || offset < image.range[0]) ? [offset, offset] : null;
}

function rangeInFlags({ type, flags }: Instruction, offset: number): Range | null {
  for (const { name, value } of flags) {
    if (!value) continue;
    if (type === "Copy" && name === "from" && touches(value.range, offset)) return value.range;
    if (type !== "Run" || name !== "mount") continue;
    const field = mountFields(value).find(({ key, valueRange }) => key === "from" && touches(valueRange, offset));
    if (field && field.value !== null) return field.valueRange;
  }
  return null;
}

function withoutQuote([start, end]: Range, text: string): Range {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") return [start, end];
  return [start + 1, end > start + 1 && text.charAt(end - 1) === quote ? end - 1 : end];
}

function touches([start, end]: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}
