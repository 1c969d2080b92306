/** The seam to the shell parser: facts are synchronous, so whoever needs RUN read loads it first and hands it in. */

/** Reads scripts in the language of sh and bash. It never throws: what is wrong stands in a script's `errors`. */
export type ShellParser = Pick<typeof import("unbash"), "parse" | "forEachChild">;

/** Loads the parser: about 100 KB, so only for a file with a RUN, and when a rule asks what it does. */
export function loadShellParser(): Promise<ShellParser> {
  return import("unbash");
}

/** A line that may start a RUN; also one behind ONBUILD, and one in a comment or heredoc, where it does not matter. */
const RUN_LINE = /^[^\S\n]*(?:ONBUILD[^\S\n]+)?RUN\b/im;

/** False for a Dockerfile without a RUN: then the parser is not needed. */
export function mayHaveRun(text: string): boolean {
  return RUN_LINE.test(text);
}
