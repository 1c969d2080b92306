/** The seam to the shell parser: facts are synchronous, so whoever needs RUN read loads it first and hands it in. */

import { remembering } from "./remembered.js";

/** Reads scripts in the language of sh and bash. It never throws: what is wrong stands in a script's `errors`. */
export type ShellParser = Pick<typeof import("unbash"), "parse" | "forEachChild">;

/** Loads the parser: about 100 KB, so only for a file with a RUN, and when a rule asks what it does. */
export function loadShellParser(): Promise<ShellParser> {
  return import("unbash").then(remembering);
}

/** A line that may start a RUN; also one behind ONBUILD, and one in a comment or heredoc, where it does not matter. */
// Without `i`: with it, V8 takes longer to close the sets of characters over cases than to read a usual file.
const RUN_LINE = /^[^\S\n]*(?:[oO][nN][bB][uU][iI][lL][dD][^\S\n]+)?[rR][uU][nN]\b/m;

/** False for a Dockerfile without a RUN: then the parser is not needed. */
export function mayHaveRun(text: string): boolean {
  return RUN_LINE.test(text);
}
