/** Findings as SARIF describes them. */
import type { Fix, LintMessage, LintResult, SuppressedLintMessage } from "../result.js";
import type { Location } from "../syntax/nodes.js";
import { createLocator, type Locator } from "../syntax/positions.js";
import { fingerprintsOf } from "./fingerprint.js";
import { safe, wellFormed } from "./safe.js";
import { fileUri, pathBelow, relativeUri } from "./uri.js";

/** What relative URIs rest on. */
export const SOURCE_ROOT = "%SRCROOT%";

/** The name says how it is made, so that another way may stand beside it. */
const FINGERPRINT = "fromlintInstruction/v1";

/** GitHub stores no more locations for a result; the first one is its own. */
const MOST_RELATED = 99;

interface Artifact {
  readonly uri: string;
  readonly uriBaseId?: string;
}

/** `result` objects for a file: what counts, then what is waived. `indexes`: rule -> its place in the driver. */
export function sarifResults(root: string, indexes: ReadonlyMap<string, number>): (result: LintResult) => object[] {
  return (result) => {
    if (result.messages.length + result.suppressedMessages.length === 0) return [];
    const file = { artifact: artifactOf(result.filePath, root), locator: createLocator(result.source ?? "") };
    const fingerprints = fingerprintsOf(result);
    const shared = (message: LintMessage): object => ({
      ...resultOf(message, file, indexes),
      partialFingerprints: { [FINGERPRINT]: fingerprints.get(message) },
    });
    return [
      ...result.messages.map(shared),
      ...result.suppressedMessages.map((message) => ({ ...shared(message), suppressions: suppressionsOf(message) })),
    ];
  };
}

interface File {
  readonly artifact: Artifact;
  readonly locator: Locator;
}

/** Below `root` relative to it, else absolute. */
function artifactOf(filePath: string, root: string): Artifact {
  const path = pathBelow(filePath, root);
  return path === null ? { uri: fileUri(filePath) } : { uri: relativeUri(path), uriBaseId: SOURCE_ROOT };
}

function resultOf(message: LintMessage, file: File, indexes: ReadonlyMap<string, number>): object {
  const { ruleId, severity, line, column, endLine, endColumn } = message;
  const ruleIndex = indexes.get(ruleId);
  const own = { start: { line, column }, end: { line: endLine, column: endColumn } };
  const related = (message.related ?? []).slice(0, MOST_RELATED);
  const fixes = fixesOf(message, file);
  return {
    ruleId: safe(ruleId),
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: severity === 2 ? "error" : "warning",
    message: { text: plainText(message.message) },
    locations: [{ physicalLocation: placeOf(own, file) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map(({ loc, message: text }, index) => ({
            id: index + 1,
            physicalLocation: placeOf(loc, file),
            message: { text: plainText(text) },
          })),
        }),
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

function placeOf(loc: Location, { artifact }: File): object {
  return { artifactLocation: artifact, region: regionOf(loc) };
}

/** Lines and columns alone: what `charOffset` counts is not said for text beyond the basic plane. */
function regionOf({ start, end }: Location): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** The fix, then the suggestions. */
function fixesOf({ fix, suggestions = [] }: LintMessage, file: File): object[] {
  return [
    ...(fix ? [fixOf("Correct this, as --fix does", fix, file)] : []),
    ...suggestions.map(({ desc, fix: edit }) => fixOf(desc, edit, file)),
  ];
}

function fixOf(description: string, { range, text }: Fix, { artifact, locator }: File): object {
  const replacement = { deletedRegion: regionOf(locator.locate(range)), insertedContent: { text: wellFormed(text) } };
  return {
    description: { text: plainText(description) },
    artifactChanges: [{ artifactLocation: artifact, replacements: [replacement] }],
  };
}

function suppressionsOf({ suppressions }: SuppressedLintMessage): object[] {
  return suppressions.map(({ kind, justification }) => ({
    kind: kind === "directive" ? "inSource" : "external",
    status: "accepted",
    ...(justification === "" ? {} : { justification: safe(justification) }),
  }));
}

/** One line in which nothing is a link: `[text](target)` would be one (SARIF 2.1.0, section 3.11.6). */
function plainText(text: string): string {
  return safe(text).replaceAll("](", "] (");
}
