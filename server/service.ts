/** Text and policy in, answers of the protocol out. Pure: whoever calls it knows which document, and under what. */
import type { Diagnostic } from "vscode-languageserver";
import { utcDay } from "../src/editor.js";
import { SOURCE, diagnosticsOf, type DiagnosticOptions } from "./diagnostics.js";
import { uriOf } from "./places.js";
import { createPositions, type Encoding } from "./positions.js";
import { LARGEST, type Look } from "./workspace.js";
import { policyDiagnostics } from "./policy-diagnostics.js";
import { expiredExemptionsOf } from "./policy-file/expired.js";

export interface ServiceOptions extends DiagnosticOptions {
  readonly encoding: Encoding;
}

/** What a document's rows in the list of problems are. */
export function diagnose(look: Look, options: ServiceOptions): Diagnostic[] {
  switch (look.kind) {
    case "dockerfile":
      return diagnosticsOf(look.document, options);
    case "policy":
      return [...policyDiagnostics(look.text.text, look.errors, options.encoding), ...expired(look, options)];
    case "blocked":
      return [blocked(look, options)];
    case "large":
      return [large(look.text.text.length)];
    case "none":
      return [];
  }
}

/** Exemptions of the file that hold no more: nothing that breaks it. */
function expired(look: Extract<Look, { kind: "policy" }>, { encoding }: ServiceOptions): Diagnostic[] {
  const { text } = look.text;
  const today = utcDay();
  const positions = createPositions(text, encoding);
  const found = look.policy ? expiredExemptionsOf(look.policy, look.file, text, today) : [];
  return found.map(({ range, message }) => {
    return { range: positions.rangeAt(range), severity: 2, code: "valid-waiver", source: SOURCE, message };
  });
}

const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Findings under a broken policy would be wrong, and none at all would look as if all were well. */
function blocked({ errors, text }: Extract<Look, { kind: "blocked" }>, options: ServiceOptions): Diagnostic {
  const [first] = errors;
  const where = first ? `${first.file}:${first.line}:${first.column}: ${first.message}` : "";
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  const end = createPositions(text.text, options.encoding).positionAt(Math.max(text.text.search(/[\r\n]|$/), 0));
  const relatedInformation = errors.slice(0, 10).map((error) => {
    const at = { line: error.line - 1, character: error.column - 1 };
    return { message: error.message, location: { uri: uriOf(error.file), range: { start: at, end: at } } };
  });
  return {
    range: { start: START.start, end },
    severity: 1,
    code: "broken-policy",
    source: SOURCE,
    message: `This file is not checked, because the policy for it is broken. ${where}${more}`,
    ...(options.relatedInformation ? { relatedInformation } : {}),
  };
}

function large(length: number): Diagnostic {
  const megabytes = (length / LARGEST).toFixed(1);
  return {
    range: START,
    severity: 2,
    code: "too-large",
    source: SOURCE,
    message: `This file has ${megabytes} million characters; up to one million are checked in an editor. Run \`fromlint\` on it.`,
  };
}
