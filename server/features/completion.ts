/** What can be written at the cursor: images and tags, stages, variables, keywords and flags. */
import { imagePlaceAt, variablePlaceAt } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { imageCompletions } from "./complete-image.js";
import { argumentCompletions, flagCompletions, keywordCompletions } from "./complete-instruction.js";
import { variableCompletions } from "./complete-variable.js";
import { NOTHING, type Completion, type Completions } from "./completion-item.js";

import { lineStart } from "./ranges.js";

export type { Completion, Completions };

/** At `offset` (0-based, in UTF-16 units), in a text that may well be incomplete. */
export function completionsAt(source: LintSource, offset: number): Completions {
  if (inComment(source, offset)) return NOTHING;
  const variable = variablePlaceAt(source, offset);
  if (variable) return variableCompletions(variable, source);
  const place = imagePlaceAt(source, offset);
  if (place) {
    const images = imageCompletions(place, offset, source);
    // Where an image could stand, a flag can be begun.
    return images.items.length > 0 || images.isIncomplete ? images : flagCompletions(source, offset);
  }
  const found = [
    flagCompletions(source, offset),
    argumentCompletions(source, offset),
    keywordCompletions(source, offset),
  ];
  return found.find(({ items }) => items.length > 0) ?? NOTHING;
}

function inComment({ ast, text }: LintSource, offset: number): boolean {
  const start = lineStart(text, offset);
  return ast.comments.some(({ range }) => range[0] < offset && range[0] >= start);
}
