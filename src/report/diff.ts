/** `--fix-dry-run`: a unified diff of what the fixes would change. */
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch, type StructuredPatch } from "diff";
import type { Colors } from "./colors.js";
import { safeDiffLine } from "./safe.js";

const CONTEXT = 3;

/** Finding the smallest diff costs the square of the edits: with more of them, the whole text is replaced. */
const MOST_EDITS = 2000;

/**
 * A diff that `git apply` and `patch -p1` take, with `path` (relative, forward slashes) as the file's name.
 * Only characters that could forge output are changed in it.
 */
export function unifiedDiff(path: string, before: string, after: string, colors: Colors): string {
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const names = [`a/${path}`, `b/${path}`] as const;
  const patch: StructuredPatch =
    structuredPatch(...names, before, after, undefined, undefined, options) ?? wholePatch(names, before, after);
  const paints: Readonly<Record<string, (text: string) => string>> = {
    "+": colors.green,
    "-": colors.red,
    "@": colors.cyan,
  };
  const lines = formatPatch(patch, FILE_HEADERS_ONLY).split("\n");
  return lines
    .map((line, index) => {
      const shown = line.endsWith("\r") ? `${safeDiffLine(line.slice(0, -1))}\r` : safeDiffLine(line);
      const paint = index < 2 ? colors.bold : paints[line[0] ?? ""];
      return paint && shown !== "" ? paint(shown) : shown;
    })
    .join("\n");
}

function wholePatch(
  [oldFileName, newFileName]: readonly [string, string],
  before: string,
  after: string,
): StructuredPatch {
  const removed = signedLines("-", before);
  const added = signedLines("+", after);
  const lines = [...removed.lines, ...added.lines];
  const hunk = { oldStart: 1, oldLines: removed.count, newStart: 1, newLines: added.count, lines };
  return { oldFileName, newFileName, oldHeader: undefined, newHeader: undefined, hunks: [hunk] };
}

function signedLines(sign: string, text: string): { lines: string[]; count: number } {
  const lines = text.split("\n");
  const isEnded = lines.at(-1) === "";
  if (isEnded) lines.pop();
  const signed = lines.map((line) => sign + line);
  return { lines: isEnded ? signed : [...signed, "\\ No newline at end of file"], count: signed.length };
}
