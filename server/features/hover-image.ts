/** An image in words: whose it is, how tightly it is pinned, until when it lives, and what the policy says. */
import { imageProfile, type ImageProfile, type ImageUse, type MetPattern } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { code, codeList, prose } from "./markdown.js";
import { placeText } from "./places.js";

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
  const lines = [
    `${code(profile.name)}${isNamedAgain ? `, which the build context ${code(context)} stands for` : ""}`,
    "",
    ...tierLines(profile),
    ...pinningLines(profile),
    ...endLines(profile),
    ...policyLines(use, profile, inputs.policy.bases.allow[use.role]),
    "",
    `_Catalog: tags of ${profile.asOf.tags}, end of life of ${profile.asOf.endOfLife}_`,
  ];
  return lines.join("\n");
}

function stageText(line: number, name: string | null, image: string): string {
  return `${name === null ? "The stage" : `The stage ${code(name)}`} of line ${String(line)}, from ${code(image)}`;
}

function tierLines({ tier, why, tierFrom, origin }: ImageProfile): string[] {
  const place = tierFrom?.place ? ` (${placeText(tierFrom.place)})` : "";
  return [`- **${tier}**: ${prose(why)}${place}`, ...(origin === null ? [] : [`- stands for ${code(origin)}`])];
}

function pinningLines(profile: ImageProfile): string[] {
  const { level, moves, aliases, exactTag, lockedDigest, name, asked } = profile;
  const own = name.slice(name.lastIndexOf(":") + 1);
  const what =
    level === "none"
      ? "not pinned: whatever `latest` is"
      : level === "digest"
        ? "pinned by digest"
        : `pinned at ${level} level`;
  const moving = moves === null ? "" : `, moves with every ${code(moves)} release`;
  const { pinning } = asked;
  const wanted =
    pinning && !pinning.met
      ? `; the policy asks for ${pinning.require} level${pinning.digest === "forbid" ? " without a digest" : ""} (${metText(pinning)})`
      : "";
  const lines = [`- ${what}${moving}${wanted}`];
  if (exactTag !== null && exactTag !== own && level !== "digest") lines.push(`- most exact tag: ${code(exactTag)}`);
  if (lockedDigest !== null) lines.push(`- in fromlint.lock: ${code(lockedDigest)}`);
  if (aliases.length > 0 && level !== "digest") lines.push(`- the same image as ${codeList(aliases)}`);
  return lines;
}

function endLines({ ends }: ImageProfile): string[] {
  return ends.map(({ kind, of, date, past, tag, nearest }) => {
    if (kind === "retired") return `- ⚠ ${prose(of)} left the Docker Official Images on ${date ?? "an unknown day"}`;
    const when =
      date === null ? (past ? "has ended" : "has no end of life yet") : past ? `ended on ${date}` : `ends on ${date}`;
    const instead = tag ?? nearest;
    return `- ${past ? "⚠ " : ""}${prose(of)} ${when}${instead === null ? "" : `; the nearest that lives: ${code(instead)}`}`;
  });
}

function policyLines(
  { role }: ImageUse,
  { asked, tier, replacements }: ImageProfile,
  allowed: readonly string[],
): string[] {
  const lines: string[] = [];
  const { denied, roles, registry } = asked;
  if (denied) lines.push(`- ⚠ denied by the policy: ${metText(denied)}`);
  else if (!roles.includes(role)) {
    lines.push(
      `- ⚠ may not stand here: the policy allows ${allowed.join(", ") || "nothing"} as ${ROLES[role]}, not ${tier}`,
    );
  }
  for (const { image, sameTag } of replacements) {
    lines.push(`- golden image for it: ${code(image)}${sameTag ? "" : ", the nearest tag that it has"}`);
  }
  if (!registry.allowed) lines.push(`- ⚠ the policy does not allow the registry ${code(registry.name)}`);
  if (registry.mirror !== null) lines.push(`- behind the mirror: ${code(registry.mirror)}`);
  return lines;
}

const ROLES = {
  final: "a base of the exported image",
  build: "a base of another stage",
  copied: "a source of files",
} as const;

function metText({ pattern, place }: MetPattern): string {
  return place ? `${code(pattern)}, ${placeText(place)}` : code(pattern);
}
