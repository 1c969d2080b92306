/** Files that have grown too long to be read on a screen or two. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A rule is read whole, on one screen: no reason lifts this one. */
const MOST_RULE_LINES = 120;
/** More needs a line `// length: why` in the file. */
const MOST_LINES = 300;

/** One sentence for each of `files` (relative to `root`) that is too long. */
export function tooLong(root: string, files: readonly string[]): string[] {
  return files
    .filter((file) => /^(?:src|rules|server)\/.*\.ts$/.test(file) && file !== "rules/index.ts")
    .flatMap((file) => lengthProblem(file, readFileSync(join(root, file), "utf8")) ?? []);
}

export function lengthProblem(file: string, text: string): string | null {
  const lines = text.split("\n").length - 1;
  if (file.startsWith("rules/")) {
    return lines > MOST_RULE_LINES ? `${file}: ${lines} lines, a rule has at most ${MOST_RULE_LINES}` : null;
  }
  if (lines <= MOST_LINES || /^\/\/ length: \S/m.test(text)) return null;
  return `${file}: ${lines} lines, more than ${MOST_LINES} need a line "// length: why"`;
}
