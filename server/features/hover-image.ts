/** An image in words: whose it is, how tightly it is pinned, until when it lives, and what the policy says. */
import { factLines, imageProfile, policyLines, type ImageUse, type Wording } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { code, codeList, prose } from "./markdown.js";
import { placeText } from "./places.js";

const MARKDOWN: Wording = { code, codes: codeList, prose, strong: (text) => `**${text}**`, place: placeText };

/** Null for a text that means nothing, of which a finding says more. */
export function imageText(use: ImageUse, source: LintSource): string | null {
  const { status, reference, target, context, unresolved, text } = use;
  if (status === "stage" && target)
    return stageText(target.from.loc.start.line, target.name, target.expansion?.text ?? "");
  if (status === "scratch") return "`scratch`: an empty image";
  if (status === "unknown") return `The image is not known: ${codeList(unresolved)} has no value here.`;
  if (!reference)
    return context === null ? null : `${code(context)}: a named build context, given with the build or the policy`;
  const { inputs } = source.facts;
  const isNamedAgain = context !== null && text !== null;
  const profile = imageProfile(reference, inputs);
  const place = { role: use.role, allowed: inputs.policy.bases.allow[use.role] };
  const said = [...factLines(profile, MARKDOWN), ...policyLines(profile, place, MARKDOWN)];
  const lines = [
    `${code(profile.name)}${isNamedAgain ? `, which the build context ${code(context)} stands for` : ""}`,
    "",
    ...said.map((line) => `- ${line.isWarning ? "⚠ " : ""}${line.text}`),
    "",
    `_Catalog: tags of ${profile.asOf.tags}, end of life of ${profile.asOf.endOfLife}_`,
  ];
  return lines.join("\n");
}

function stageText(line: number, name: string | null, image: string): string {
  return `${name === null ? "The stage" : `The stage ${code(name)}`} of line ${String(line)}, from ${code(image)}`;
}
