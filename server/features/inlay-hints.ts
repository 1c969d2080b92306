/** What is shown behind images: which one a variable makes of it, and when its release ends. */
import { endingOf, safe, type ImageUse, type Range } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { code, prose } from "./markdown.js";

export interface InlayHint {
  /** Where it stands, 0-based. */
  readonly offset: number;
  /** Plain text on one line. */
  readonly label: string;
  readonly tooltip: string;
}

/** What ends within so many days is said. */
const WARN_DAYS = 180;

/** Longer images are cut. */
const LONGEST = 120;

/** Those in `range` (offsets); of the whole file without one. */
export function inlayHintsOf(source: LintSource, range: Range = [0, source.text.length]): readonly InlayHint[] {
  const shown = source.facts.images.filter((use) => use.range[1] >= range[0] && use.range[0] <= range[1]);
  return shown.flatMap((use) => [...resolved(use), ...ending(use, source)]);
}

/** Of a text that is no image, or not known, a finding says more. */
function resolved({ text, raw, range, provenance, status }: ImageUse): InlayHint[] {
  if (provenance.length === 0 || text === null || text === raw || status === "invalid") return [];
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return [{ offset: range[1], label: `= ${safe(cut)}`, tooltip: `With its variables put in: ${code(text)}` }];
}

function ending({ reference, range }: ImageUse, { facts }: LintSource): InlayHint[] {
  const [first] = reference ? endingOf(reference, WARN_DAYS, facts.inputs) : [];
  if (!first) return [];
  const { kind, of, date, past, tag, nearest } = first;
  const verb = kind === "retired" ? "left the official images" : past ? "ended" : "ends";
  const when = date === null ? "" : ` ${kind === "retired" ? "on " : ""}${date}`;
  const to = tag ?? nearest;
  const tooltip = `${prose(of)} ${verb}${when}${to === null ? "" : `; the nearest that lives: ${code(to)}`}`;
  return [{ offset: range[1], label: `${verb}${when}`, tooltip }];
}
