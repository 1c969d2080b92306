/** What a registry says of an image and of the other tags of its repository: `fromlint explain IMAGE --online`. */
import { shortDigest } from "../digests.js";
import type { TagGroup, TagGroups } from "../registry/tag-groups.js";
import { sizeInWords } from "./bases.js";
import type { Colors } from "./colors.js";
import { inert, safe } from "./safe.js";
import { counted } from "./summary.js";
import { wrapped } from "./wrap.js";

export interface TagsOptions {
  /** In columns. */
  readonly width: number;
  readonly colors: Colors;
  /** How long ago a day (YYYY-MM-DD) was, in words; null where that cannot be. */
  readonly age: (day: string) => string | null;
}

/** Lines with their line ends: a heading, the images with their tags, and what was not looked at. */
export function tagsText(found: TagGroups, options: TagsOptions): string {
  const { colors, width } = options;
  const { own, groups, count, leftOut, problems } = found;
  const paragraph = (text: string, paint: (line: string) => string): string[] => wrapped(safe(text), width).map(paint);
  const lines = [
    ...(own.status === "gone" ? paragraph(`gone: ${own.reason}`, colors.red) : []),
    ...groups.flatMap((group) => groupLines(group, options)),
    ...(groups.length > 0
      ? ["", ...paragraph("→ the image that was asked about; * a tag that stays with one release", colors.dim)]
      : []),
    ...(count === null ? [] : paragraph(countText(count, leftOut), (line) => line)),
    ...problems.flatMap((reason) => paragraph(`not known: ${reason}`, colors.yellow)),
  ];
  return inert(`${colors.bold("In the registry now")}\n${lines.map((line) => `${line}\n`).join("")}`);
}

/** Its tags, and below them what is known of the image. */
function groupLines({ tags, digest, isOwn, details }: TagGroup, { width, colors, age }: TagsOptions): string[] {
  const names = tags.map(({ tag, exact }) => (exact ? `${tag}*` : tag)).join(", ");
  const first = wrapped(safe(names === "" ? "(no tag points at it)" : names), width - 4);
  const facts = details ? [shortDigest(digest), ...factsOf(details, age)] : [shortDigest(digest)];
  const paint = isOwn ? colors.bold : tags.some(({ exact }) => exact) ? colors.cyan : (text: string): string => text;
  return [
    ...first.map((line, index) => `${isOwn && index === 0 ? colors.bold("→") : " "} ${paint(line)}`),
    ...wrapped(safe(facts.join("; ")), width - 6).map((line) => `      ${colors.dim(line)}`),
  ];
}

function factsOf(
  { created, layersSize, platforms }: NonNullable<TagGroup["details"]>,
  age: TagsOptions["age"],
): string[] {
  const day = created?.slice(0, 10) ?? "";
  const ago = day === "" ? null : age(day);
  return [
    ...(day === "" ? [] : [`made on ${day}${ago === null ? "" : `, ${ago}`}`]),
    ...(layersSize === null ? [] : [sizeInWords(layersSize)]),
    ...(platforms.length === 0 ? [] : [platforms.join(", ")]),
  ];
}

function countText(count: number, leftOut: number): string {
  const more = leftOut > 0 ? `; ${leftOut} of them, older or of other variants, were not looked at` : "";
  return `The repository has ${counted(count, "tag")}${more}.`;
}
