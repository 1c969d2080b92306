/** Which release a tag stands for, whatever its variant, so that two uses of a repository can be compared. */
import type { CatalogImage } from "../catalog.js";
import type { KnownImageUse } from "./images.js";
import { groupsOf } from "./pinning.js";
import { splitTag } from "./tag-parts.js";
import { nameOf } from "./written.js";

const DAY = /(?<!\d)20\d{6}(?!\d)/;

/**
 * The version part of a tag with what belongs to it (`22`, `21.0.9_10`), or of a tag without one the release
 * behind its codename (`bookworm` is `12`) or its aliases (`slim` is `24.19.0`); null where nothing tells.
 */
export function releaseOf(tag: string, image: CatalogImage | null): string | null {
  const { version, suffix } = splitTag(tag);
  const release = version.length > 0 ? version.join(".") + suffix : image && releaseOfWords(tag, image);
  if (release === null) return null;
  const [day] = DAY.exec(tag) ?? [];
  return day === undefined || release.includes(day) ? release : `${release} of ${day}`;
}

function releaseOfWords(tag: string, image: CatalogImage): string | null {
  const words = new Set(tag.split("-"));
  for (const [name, { codename }] of Object.entries(image.cycles)) {
    if (codename !== undefined && words.has(codename.split(" ", 1)[0] ?? "")) return name;
  }
  let longest: readonly string[] = [];
  for (const alias of groupsOf(image).get(tag) ?? []) {
    const { version } = splitTag(alias);
    if (version.length > longest.length) longest = version;
  }
  return longest.length > 0 ? longest.join(".") : null;
}

/** Names of the variables that the tag and the digest of an image come from. */
export function tagVariables(use: KnownImageUse): ReadonlySet<string> {
  const from = nameOf(use).length;
  const names = new Set<string>();
  let end = 0;
  for (const { text, variable } of use.expansion.pieces) {
    end += text.length;
    if (variable && end > from) names.add(variable.name);
  }
  return names;
}
