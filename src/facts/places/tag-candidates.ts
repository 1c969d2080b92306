/** Which tags of an image may be written, best first. */
import type { Catalog, CatalogImage } from "../../catalog.js";
import { pinningRuleOf } from "../approval.js";
import { behind } from "../behind.js";
import { catalogued } from "../exact-tags.js";
import type { FactInputs, LintSource } from "../facts.js";
import { atLeast, LEVELS, tagLevel, type Level } from "../pinning.js";
import { parseReference, repositoryName, type Reference } from "../reference.js";
import { lifeSpan } from "../releases.js";
import { splitTag, variantWords } from "../tag-parts.js";
import { DEFAULT_TAG } from "../tags.js";
import { deniedBy } from "../trust.js";
import { compareVersions } from "../versions.js";

export interface TagCandidate {
  readonly tag: string;
  readonly level: Level;
  /** Of product or distribution, whichever comes first, YYYY-MM-DD; null where none is known. */
  readonly ends: string | null;
  readonly past: boolean;
}

/**
 * The tags of a repository (its tag and digest do not count) that begin with `typed`, then those that hold it, at most `most`: those that
 * the policy lists for a golden image, else the catalog's, living before ended, exact before loose, newest first. What the
 * policy denies, and what pins too loosely for it, is left out, unless nothing else is there.
 */
export function tagCandidates(
  repository: Reference,
  typed: string,
  most: number,
  source: LintSource,
): { readonly tags: readonly TagCandidate[]; readonly isCut: boolean } {
  const { inputs } = source.facts;
  const all = tagsOf({ ...repository, tag: null, digest: null }, source);
  const [begin, hold]: [TagCandidate[], TagCandidate[]] = [[], []];
  for (const each of all) {
    if (each.tag.startsWith(typed)) begin.push(each);
    else if (each.tag.includes(typed)) hold.push(each);
  }
  const tags: TagCandidate[] = [];
  const loose: TagCandidate[] = [];
  for (const each of [...begin, ...hold]) {
    if (tags.length === most) return { tags, isCut: true };
    const reference = { ...repository, tag: each.tag, digest: null };
    if (deniedBy(reference, inputs.policy, inputs.catalog)) continue;
    (isTight(each, reference, inputs) ? tags : loose).push(each);
  }
  return tags.length > 0 ? { tags, isCut: false } : { tags: loose.slice(0, most), isCut: loose.length > most };
}

/** No tag is a digest; where one is asked for, the exact release is what it is looked up for. */
function isTight({ tag, level }: TagCandidate, reference: Reference, inputs: FactInputs): boolean {
  const required = pinningRuleOf(reference, inputs)?.require ?? "none";
  if (tag === DEFAULT_TAG) return false;
  return atLeast(level, required === "digest" ? "patch" : required);
}

function tagsOf(repository: Reference, source: LintSource): readonly TagCandidate[] {
  const { facts } = source;
  const { policy, catalog, today } = facts.inputs;
  const { source: origin, image } = catalogued(repository, facts.inputs);
  const name = repositoryName(repository);
  const golden = policy.bases.golden.find(({ pattern }) => {
    const parsed = parseReference(pattern.text);
    return "reference" in parsed && repositoryName(parsed.reference) === name;
  });
  if (golden?.tags) return sorted(golden.tags, origin, image, catalog, today);
  if (image && image.tags.length > 0) return catalogTags(origin, image, catalog, today);
  // Of a repository that nobody lists, the tags that this file uses elsewhere.
  const used = facts.images.flatMap(({ reference }) => {
    return reference && repositoryName(reference) === name ? (reference.tag ?? []) : [];
  });
  return sorted([...new Set(used)], origin, image, catalog, today);
}

const known = new WeakMap<CatalogImage, { readonly today: string; readonly tags: readonly TagCandidate[] }>();

/** Worked out once an image and day. */
function catalogTags(
  repository: Reference,
  image: CatalogImage,
  catalog: Catalog,
  today: string,
): readonly TagCandidate[] {
  let found = known.get(image);
  if (found?.today !== today) {
    known.set(image, (found = { today, tags: sorted(image.tags.flat(), repository, image, catalog, today) }));
  }
  return found.tags;
}

function sorted(
  tags: readonly string[],
  repository: Reference,
  image: CatalogImage | null,
  catalog: Catalog,
  today: string,
): readonly TagCandidate[] {
  const candidates = tags.map((tag) => ({
    tag,
    level: tagLevel(tag, image),
    ...endOf({ ...repository, tag }, catalog, today),
  }));
  return candidates.sort((a, b) => {
    const [one, other] = [splitTag(a.tag), splitTag(b.tag)];
    return (
      Number(a.past) - Number(b.past) ||
      LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
      compareVersions(other.version, one.version) ||
      variantWords(one).length - variantWords(other).length ||
      (a.tag < b.tag ? -1 : 1)
    );
  });
}

function endOf(reference: Reference, catalog: Catalog, today: string): { ends: string | null; past: boolean } {
  const { product, image, distribution } = behind(reference, catalog);
  const options = { today, extended: false, warnDays: 0 };
  const spans = [
    ...(product && image ? [lifeSpan(product, image, options)] : []),
    ...(distribution ? [lifeSpan(distribution.release, distribution.image, options)] : []),
  ];
  const dates = spans.flatMap(({ date }) => date ?? []).sort();
  return { ends: dates[0] ?? null, past: spans.some(({ past }) => past) };
}
