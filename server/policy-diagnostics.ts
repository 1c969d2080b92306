/** What is wrong with a policy file, at its places. */
import type { Diagnostic } from "vscode-languageserver";
import type { PolicyError } from "../src/index.js";
import { SOURCE } from "./diagnostics.js";
import { createPositions, type Encoding } from "./positions.js";

/** Errors of one policy file in its text; each reaches to the end of its word. */
export function policyDiagnostics(text: string, errors: readonly PolicyError[], encoding: Encoding): Diagnostic[] {
  const start = text.startsWith("\ufeff") ? 1 : 0;
  const positions = createPositions(text, encoding, start);
  const plain = text.slice(start);
  const lines = linesOf(plain);
  return errors.map(({ line, column, message }) => {
    const from = Math.min((lines[line - 1] ?? plain.length) + column - 1, plain.length);
    const word = /^[^\s,\]}#]+/.exec(plain.slice(from, from + 200));
    const range = positions.rangeAt([from, from + (word?.[0].length ?? 0)]);
    return { range, severity: 1, code: "policy", source: SOURCE, message };
  });
}

/** Offsets where lines start; the places of policy errors count lines by `\n`. */
function linesOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
