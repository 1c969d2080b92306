/** An ignore file: which paths of the context are left out. */
import { compilePattern } from "./pattern.js";

export interface Ignore {
  /** True for a path (no `/` at either end) that is left out, by itself or with a folder that it lies in. */
  readonly leavesOut: (path: string) => boolean;
  /** True when there are exceptions (`!`): then files in a folder that is left out may be there. */
  readonly hasExceptions: boolean;
}

interface Line {
  readonly isException: boolean;
  readonly fits: (path: string) => boolean;
}

export const IGNORES_NOTHING: Ignore = { leavesOut: () => false, hasExceptions: false };

/** Reads an ignore file (patternmatcher/ignorefile.ReadAll, patternmatcher.New). Lines that it refuses are left out. */
export function ignoreOf(text: string): Ignore {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line) => lineOf(line) ?? []);
  if (lines.length === 0) return IGNORES_NOTHING;
  /** Folder -> which lines fit it, or a folder above. */
  const known = new Map<string, readonly boolean[]>();
  const leavesOut = (path: string): boolean => {
    let above: readonly boolean[] | null = null;
    let end = -1;
    do {
      end = path.indexOf("/", end + 1);
      const part = end < 0 ? path : path.slice(0, end);
      let fits = known.get(part);
      if (!fits) known.set(part, (fits = fitting(lines, part, above)));
      above = fits;
    } while (end >= 0);
    return isLeftOut(lines, above);
  };
  return { leavesOut, hasExceptions: lines.some(({ isException }) => isException) };
}

/**
 * Which lines count for a path: those of its folder, and of the others those that could change anything there
 * (patternmatcher, MatchesUsingParentResults).
 */
function fitting(lines: readonly Line[], path: string, above: readonly boolean[] | null): readonly boolean[] {
  let isOut = false;
  return lines.map(({ isException, fits }, index) => {
    const isFitting = above?.[index] === true || (isException === isOut && fits(path));
    if (isFitting) isOut = !isException;
    return isFitting;
  });
}

function isLeftOut(lines: readonly Line[], fits: readonly boolean[]): boolean {
  const last = fits.lastIndexOf(true);
  return last >= 0 && lines[last]?.isException === false;
}

function lineOf(line: string): Line | null {
  if (line.startsWith("#")) return null;
  const text = line.trim();
  const isException = text.startsWith("!");
  const written = isException ? text.slice(1).trim() : text;
  if (written === "") return null;
  const fits = compilePattern(cleaned(written));
  return fits && { isException, fits };
}

/** Go's filepath.Clean, and the context for the root. */
function cleaned(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part === ".." && !path.startsWith("/")) parts.push(part);
    else if (part !== "" && part !== "." && part !== "..") parts.push(part);
  }
  return parts.join("/") || ".";
}
