/** What editors ask besides the public API: what stands at a place of a Dockerfile or of a policy file. */
import { rules } from "../rules/index.js";
import { expiredExemptions } from "./exemption-message.js";
import type { LintSource } from "./facts/facts.js";
import { familiarReference } from "./facts/reference.js";
import { readBytes } from "./files/read.js";
import type { LoadedPolicy } from "./policy/layers.js";
import { schemaParts, type SchemaPart } from "./policy/schema-at.js";
import { policySchema, type JsonSchema } from "./policy/schema.js";
import type { LintMessage } from "./result.js";
import { decode, inPlainText } from "./syntax/decode.js";
import type { ProblemDraft } from "./syntax/parse.js";
import { imageAt } from "./waive.js";

/** The image that a finding is about, as a pattern of an exemption that names it alone; null for one about no image. */
export function imageOf(message: LintMessage, source: LintSource): string | null {
  const reference = imageAt(source, message)?.reference;
  if (!reference) return null;
  // Without tag and digest it means `latest`, and a pattern without both means every tag.
  const isBare = reference.tag === null && reference.digest === null;
  return familiarReference(isBare ? { ...reference, tag: "latest" } : reference);
}

/** What a file on disk holds: its text, and what is wrong with its bytes, for `inspect`. */
export interface DockerfileText {
  readonly text: string;
  readonly problems: readonly ProblemDraft[];
}

/** Reads a Dockerfile. What cannot be read at all is an empty text with the problem `unreadable`. Never throws. */
export function readDockerfile(file: string): DockerfileText {
  const { bytes, problem: reason } = readBytes(file);
  if (bytes === null) return { text: "", problems: [{ code: "unreadable", range: [0, 0], data: { reason } }] };
  const { text, problem } = decode(bytes);
  return { text, problems: problem ? [inPlainText(problem, text)] : [] };
}

/** The exemptions in one file (absolute path) of a loaded policy whose last day is over; `today` is YYYY-MM-DD. */
export function expiredIn(policy: LoadedPolicy, file: string, today: string): ReturnType<typeof expiredExemptions> {
  const layer = policy.layers.find((each) => each.file === file);
  return expiredExemptions(layer?.settings.exemptions ?? [], today, rules["valid-waiver"]);
}

/** The parts of the policy file's schema at a path of keys and indexes; none for a path that no policy has. */
export function schemaAt(path: readonly (string | number)[]): readonly SchemaPart[] {
  return schemaParts((schema ??= policySchema(rules)), path);
}

let schema: JsonSchema | null = null;

// The files of a project.
export { isDockerfileName } from "./files/dockerfile-names.js";
export { walk as findDockerfiles } from "./files/walk.js";

// Places in a Dockerfile, and what may stand there.
export { endingOf, imageProfile } from "./facts/image-profile.js";
export { imagePage } from "./facts/places/image-page.js";
export { imageCandidates } from "./facts/places/image-candidates.js";
export { imagePlaceAt } from "./facts/places/image-place.js";
export { innermost, instructionAt } from "./facts/places/instruction-at.js";
export { stepOutline } from "./facts/layers/step-outline.js";
export { parseReference } from "./facts/reference.js";
export { tagCandidates } from "./facts/places/tag-candidates.js";
export { usageOf } from "./facts/usage.js";
export {
  argumentCandidates,
  isPredefined,
  variableCandidates,
  variablePlaceAt,
} from "./facts/places/variable-place.js";
export { globalValue, valueIn, valueOf } from "./facts/places/variable-values.js";
export { variablesOf } from "./facts/places/variables.js";
export { factLines, policyLines } from "./report/image-words.js";
export type { Wording } from "./report/image-words.js";
export { reasonFor, subjectOf } from "./report/layers-words.js";
export { safe } from "./report/safe.js";
export { rulePage } from "./rule-page.js";

// The policy file and what stands in it.
export { addExemption, policyWithExemption } from "./policy/add-exemption.js";
export { outerFolder, policiesHolding } from "./policy/holding.js";
export { policyCursor } from "./policy/cursor.js";
export { extendedFile } from "./policy/extend.js";
export { PRESETS } from "./policy/policy.js";
export { propertiesOf } from "./policy/schema-at.js";
export type { SchemaPart };
export type { PolicyCursor } from "./policy/cursor.js";
export { KEYWORDS } from "./syntax/instructions.js";
export { flagsOf } from "./syntax/validate.js";
export { utcDay } from "./today.js";
export type { ImageCandidate } from "./facts/places/image-candidates.js";
export type { ImagePlace } from "./facts/places/image-place.js";
export type { ImageUse } from "./facts/images.js";
export type { OutlinedStep } from "./facts/layers/outline.js";
export type { Stage } from "./facts/stages.js";
export type { TagCandidate } from "./facts/places/tag-candidates.js";
export type { VariableCandidate, VariablePlace } from "./facts/places/variable-place.js";
export type { DeclaredValue } from "./facts/places/variable-values.js";
export type { Declaration, VariableUse } from "./facts/places/variables.js";
export type { PolicyPlace } from "./policy/policy.js";
export type { Instruction, Range } from "./syntax/nodes.js";
export type { Edit } from "./rule.js";
