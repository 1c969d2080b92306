/** New references in the words of the writer: the spelling of a name stays, only what must change changes. */
import { abridged } from "../digests.js";
import type { Related } from "../rule.js";
import type { ImageUse, KnownImageUse } from "./images.js";
import { familiarReference, repositoryName, type Reference } from "./reference.js";

export { abridged };

/** The uses whose image is known: images, and named contexts that stand for one. */
export function knownUses(images: readonly ImageUse[]): readonly KnownImageUse[] {
  return images.filter((use): use is KnownImageUse => use.reference !== null);
}

/** What a message quotes of a text, at most so many UTF-16 units. */
const LONGEST_QUOTE = 100;

/** The image for a message, as the build sees it: variables put in, a digest cut to the 12 digits that Docker shows. */
export function shown(use: KnownImageUse): string {
  return abridged(textOf(use));
}

/** A text of the file for a message, its end cut off when it is long. */
export function clipped(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** The name alone, spelt as written, variables put in: `node`, `docker.io/library/node`. */
export function nameOf(use: KnownImageUse): string {
  const [before = ""] = textOf(use).split("@", 1);
  const colon = before.indexOf(":", before.lastIndexOf("/") + 1);
  return colon < 0 ? before : before.slice(0, colon);
}

/** The same image at another tag, its name spelt as written. A digest is left out: it is the old tag's. */
export function withTag(use: KnownImageUse, tag: string): string {
  return `${nameOf(use)}:${tag}`;
}

/** The same image at its tag, or `latest`, with this digest. */
export function withDigest(use: KnownImageUse, digest: string): string {
  return withReference(use, { ...use.reference, tag: use.reference.tag ?? "latest", digest });
}

/** What `fromlint lock --update=` takes: `node:22`, `registry.example/team/base:latest`. */
export function tagged({ reference }: KnownImageUse): string {
  return familiarReference({ ...reference, tag: reference.tag ?? "latest", digest: null });
}

/** Another image as one would write it; the name is spelt as before where it stays the same. */
export function withReference(use: KnownImageUse, reference: Reference): string {
  if (repositoryName(reference) !== repositoryName(use.reference)) return familiarReference(reference);
  const { tag, digest } = reference;
  return nameOf(use) + (tag === null ? "" : `:${tag}`) + (digest === null ? "" : `@${digest}`);
}

/** The ARG defaults that the image's text comes from. */
export function relatedTo(use: ImageUse): readonly Related[] {
  return use.provenance.flatMap(({ source, pair }) => {
    return source === "default" && pair ? [{ message: "ARG default written here", loc: pair.loc }] : [];
  });
}

/** Of a named context that stands for an image, that image. */
function textOf(use: KnownImageUse): string {
  return use.status === "external" && use.text !== null ? use.text : familiarReference(use.reference);
}
