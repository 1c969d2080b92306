/** "Add an exemption to the policy": an edit of that file, or a new one. */
import { dirname, join, relative, sep } from "node:path";
import type { WorkspaceEdit } from "vscode-languageserver";
import { addExemption, imageOf, policyWithExemption } from "../src/editor.js";
import { type LintMessage } from "../src/index.js";
import type { ClientFeatures } from "./client.js";
import type { DocumentText, InspectedDocument } from "./document.js";
import { workspaceEdit } from "./edits.js";
import { uriOf } from "./places.js";
import { createPositions } from "./positions.js";

/** Stands for the reason, which only its author knows. */
const REASON = "reason";

/** Where an exemption would go. */
export interface PolicyPlace {
  /** The Dockerfile, absolute. */
  readonly file: string;
  /** The workspace folder, absolute: there a first policy is made. */
  readonly folder: string;
  /** The policy file, absolute, with its text; null where there is none yet. */
  readonly policy: (DocumentText & { readonly file: string }) | null;
}

type Options = Pick<ClientFeatures, "encoding" | "versionedEdits" | "createsFiles">;

/**
 * True where an exemption in the file's own policy would silence the finding: not from a rule that is locked, nor from
 * one that an outer policy turns on as well, and never from `valid-syntax`.
 */
export function isExemptible({ ruleId, messageId }: LintMessage, { options }: InspectedDocument): boolean {
  if (ruleId === "valid-syntax" || ruleId === "valid-waiver" || messageId === "crash") return false;
  const policies = options.policies ?? [];
  return policies.every(({ outer, locked, rules }) => {
    return !locked.has(ruleId) && (!outer || (rules[ruleId]?.severity ?? 0) === 0);
  });
}

/**
 * The edit that exempts the image of a finding in this one file, or the file where the finding is about no image. Null
 * where the policy cannot take it: it is not above the file, cannot be read, or has to be made and the client cannot.
 */
export function exemptionEdit(
  message: LintMessage,
  document: InspectedDocument,
  { file, folder, policy }: PolicyPlace,
  options: Options,
): WorkspaceEdit | null {
  const files = globOf(file, policy === null ? folder : dirname(policy.file));
  if (files === null) return null;
  const exemption = { rule: message.ruleId, image: imageOf(message, document.source), files, reason: REASON };
  if (policy === null) return newPolicy(join(folder, "fromlint.yaml"), policyWithExemption(exemption), options);
  const start = policy.text.startsWith("\ufeff") ? 1 : 0;
  const edit = addExemption(policy.text.slice(start), exemption);
  const positions = createPositions(policy.text, options.encoding, start);
  return edit && workspaceEdit(policy, [positions.editAt(edit)], options);
}

function newPolicy(file: string, text: string, { versionedEdits, createsFiles }: Options): WorkspaceEdit | null {
  if (!versionedEdits || !createsFiles) return null;
  const uri = uriOf(file);
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: "create", uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
    ],
  };
}

/** A glob that matches this file alone; null for one outside of the folder. */
function globOf(file: string, folder: string): string | null {
  const path = relative(folder, file).split(sep).join("/");
  if (path === "" || path.startsWith("../") || /^[a-zA-Z]:/.test(path)) return null;
  // What cannot stand in a glob, not even in brackets, is any character.
  return path
    .replace(/[*?[]/g, "[$&]")
    .replace(/(?<!\[[*?[])\]|[{}()\\$!]|^\s|\s$|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?");
}
