/** Where in the file to write so that an image use means another image. */
import type { Edit } from "../rule.js";
import type { Expansion, Piece } from "../syntax/expand.js";
import type { ImageUse } from "./images.js";
import type { Variable } from "./scopes.js";

/**
 * The edit that makes `use` name `wanted`: in the image's own text, or in the ARG default where the
 * characters that differ are written. Null when they come from outside the file (`--build-arg`, a named
 * context), are computed by a modifier, or are spread over several places.
 */
export function rewriteImage(use: ImageUse, wanted: string): Edit | null {
  if ((use.status !== "external" && use.status !== "invalid") || use.text === null) return null;
  let step: Edit | Deeper | null = { expansion: use.expansion, wanted };
  for (let depth = 0; step !== null && "wanted" in step; depth++) {
    step = depth < MOST_DEFAULTS ? rewrite(step.expansion, step.wanted) : null;
  }
  return step;
}

/** Defaults that rest on one another, as in `ARG B=$A`: in a longer chain nobody looks for what to change. */
const MOST_DEFAULTS = 16;

/** What differs is written in the default of a variable, which is to become `wanted`. */
interface Deeper {
  readonly expansion: Expansion<Variable>;
  readonly wanted: string;
}

function rewrite(expansion: Expansion<Variable>, wanted: string): Edit | Deeper | null {
  const { start, end, replacement } = difference(expansion.text, wanted);
  let offset = 0;
  const touched: { piece: Piece<Variable>; from: number }[] = [];
  for (const piece of expansion.pieces) {
    const next = offset + piece.text.length;
    // An insertion between two pieces belongs to the one before it: `node:${TAG}` + `.1` changes TAG.
    if (start === end ? offset < start && start <= next : offset < end && start < next) {
      touched.push({ piece, from: offset });
    }
    offset = next;
  }
  if (touched.length === 0 && start === 0 && end === 0 && expansion.pieces[0]) {
    touched.push({ piece: expansion.pieces[0], from: 0 });
  }
  const [only] = touched;
  if (!only) return null;
  if (touched.length > 1) return rewriteLiterals(touched, start, end, replacement);
  const text = only.piece.text.slice(0, start - only.from) + replacement + only.piece.text.slice(end - only.from);
  if (!only.piece.exact) return null;
  if (only.piece.variable) {
    const { value } = only.piece.variable;
    return value.source === "default" && value.expansion ? { expansion: value.expansion, wanted: text } : null;
  }
  const at = only.piece.range[0];
  return { range: [at + start - only.from, at + end - only.from], text: replacement };
}

/** Neighbouring literal pieces that also stand side by side in the source are edited as one. */
function rewriteLiterals(
  touched: readonly { piece: Piece<Variable>; from: number }[],
  start: number,
  end: number,
  replacement: string,
): Edit | null {
  let at: number | null = null;
  for (const { piece } of touched) {
    if (!piece.exact || piece.variable || (at !== null && piece.range[0] !== at)) return null;
    at = piece.range[1];
  }
  const first = touched[0];
  if (!first) return null;
  const shift = first.piece.range[0] - first.from;
  return { range: [start + shift, end + shift], text: replacement };
}

/** The span of `before` that differs from `after`, and what stands there instead. */
function difference(before: string, after: string): { start: number; end: number; replacement: string } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  while (
    same < Math.min(before.length, after.length) - start &&
    before[before.length - 1 - same] === after[after.length - 1 - same]
  ) {
    same++;
  }
  return { start, end: before.length - same, replacement: after.slice(start, after.length - same) };
}
