/** A Dockerfile in an editor: its text, read and linted once for every question about it. */
import { type DockerfileText } from "../src/editor.js";
import { inspect, type LintResult, type LintSource, type Options } from "../src/index.js";
import { createPositions, type Encoding, type Positions } from "./positions.js";

export interface DocumentText {
  readonly uri: string;
  /** Null for a file that is not open. */
  readonly version: number | null;
  /** As the client has it, a byte order mark included. */
  readonly text: string;
  /** What was wrong with the bytes of a file that is not open. */
  readonly problems?: DockerfileText["problems"];
}

export interface InspectedDocument extends DocumentText {
  /** What it was linted with. */
  readonly options: Options;
  readonly result: LintResult;
  readonly source: LintSource;
  /** Between offsets of `source` and positions of the client's text. */
  readonly positions: Positions;
}

/** Reads and lints a text. Never throws because of what the text is. */
export function inspectDocument(document: DocumentText, options: Options, encoding: Encoding): InspectedDocument {
  const { uri, version, text, problems = [] } = document;
  const { result, source } = inspect(text, options, problems);
  const positions = createPositions(text, encoding, source.hasBOM ? 1 : 0);
  return { uri, version, text, options, result, source, positions };
}
