/** What a hover shows: the image, the variable or the layer under the cursor. */
import { innermost, instructionAt, stepOutline, type ImageUse, type Range } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { imageText } from "./hover-image.js";
import { layerText } from "./hover-layer.js";
import { declarationText, useText } from "./hover-variable.js";
import { holds } from "./ranges.js";
import { declarationAt, variableAt } from "./variable-at.js";

/** `range` holds offsets, 0-based, end exclusive; `markdown` is safe to render, whatever the file holds. */
export interface Hover {
  readonly range: Range;
  readonly markdown: string;
}

/** What is known of the place at `offset` (0-based, in UTF-16 units); null where there is nothing to say. */
export function hoverAt(source: LintSource, offset: number): Hover | null {
  const image = source.facts.images.find(({ range }) => holds(range, offset)) ?? null;
  return variableHover(source, offset, image) ?? imageHover(source, image) ?? layerHover(source, offset);
}

function variableHover(source: LintSource, offset: number, image: ImageUse | null): Hover | null {
  const declared = declarationAt(source, offset);
  if (declared) return { range: declared.pair.name.range, markdown: declarationText(declared, source) };
  const found = variableAt(source, offset);
  const text = found && useText(found.use, source);
  if (!found || text === null) return null;
  const behind = image && imageText(image, source);
  return { range: found.range, markdown: behind === null ? text : `${text}\n\n---\n\n${behind}` };
}

function imageHover(source: LintSource, image: ImageUse | null): Hover | null {
  const markdown = image && imageText(image, source);
  return markdown === null ? null : { range: image?.range ?? [0, 0], markdown };
}

function layerHover(source: LintSource, offset: number): Hover | null {
  const outer = instructionAt(source, offset);
  if (!outer || offset > outer.range[1]) return null;
  const instruction = innermost(outer, offset);
  const step = stepOutline(source, instruction);
  if (!step || (step.kind !== "layer" && step.kind !== "link")) return null;
  const { range } = holds(instruction.keyword.range, offset) ? instruction.keyword : instruction;
  return { range, markdown: layerText(step) };
}
