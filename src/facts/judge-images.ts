/** What a rule says of images, as reports with the edits that put other images there. */
import type { MessageData, Report, RuleContext, Suggestion, Visitor } from "../rule.js";
import type { FactInputs, Facts } from "./facts.js";
import type { ImageUse, KnownImageUse } from "./images.js";
import { replacementsFor, type Replacement } from "./replacements.js";
import { abridged, knownUses, relatedTo } from "./written.js";

/** What a rule has to say of one image use. */
export interface ImageFinding {
  readonly use: ImageUse;
  readonly messageId: string;
  readonly data?: MessageData;
  /** Images to write instead, as they are to be written, best first. */
  readonly instead?: readonly string[];
  /** True when the first of them is exactly what the policy asks: a fix, not a suggestion. */
  readonly fix?: boolean;
}

/**
 * The visitor of a rule that judges each image by itself. Its suggestions have the message id `useInstead`, which
 * takes `{{image}}`.
 */
export function judgeImages(
  { sourceCode, report }: Pick<RuleContext, "sourceCode" | "report">,
  judge: (use: KnownImageUse, inputs: FactInputs) => ImageFinding | readonly ImageFinding[] | null,
): Visitor {
  return {
    Dockerfile() {
      const { facts } = sourceCode;
      const findings = knownUses(facts.images).flatMap((use) => judge(use, facts.inputs) ?? []);
      if (findings.length === 0) return;
      const wishes = findings.map(({ use, instead = [] }) => ({ use, instead }));
      const replacements = replacementsFor(wishes, sourceCode);
      const inStages = findings.some(({ fix }) => fix) ? stageArguments(facts) : NONE;
      findings.forEach((finding, index) => report(reportOf(finding, replacements[index] ?? [], inStages)));
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

function reportOf(
  { use, messageId, data, fix = false }: ImageFinding,
  replacements: readonly Replacement[],
  inStages: ReadonlySet<string>,
): Report {
  const report = { loc: use.loc, messageId, ...(data ? { data } : {}), related: relatedTo(use) };
  const [first] = replacements;
  // A stage that reads the ARG, too, would change with its default: that is to be looked at.
  const isShared = first?.pair ? inStages.has(first.pair.name.text) : false;
  if (fix && first && !isShared && !overrules(first, use)) return { ...report, fix: () => first.edit };
  const suggest = replacements.map(({ image, edit }): Suggestion => {
    return { messageId: "useInstead", data: { image: abridged(image) }, fix: () => edit };
  });
  return { ...report, suggest };
}

/** True for a digest behind a variable: whatever a build gives for that, it would get this image. */
function overrules({ pair, image }: Replacement, { provenance, reference }: ImageUse): boolean {
  return pair === null && provenance.length > 0 && image.includes("@") && reference?.digest === null;
}

/** Names of the ARGs without a default that stand in stages: they take the value of the global one. */
function stageArguments({ stages }: Facts): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { instructions } of stages) {
    for (const instruction of instructions) {
      if (instruction.type !== "Arg") continue;
      for (const { name, value } of instruction.pairs) if (value === null) names.add(name.text);
    }
  }
  return names;
}
