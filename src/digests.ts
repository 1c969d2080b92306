/** Digests for people: cut to the 12 digits that Docker shows. */

/** Of a bare digest the name is looked at, as `app:3f2a91c0…` is a tag. Of others the `@` tells (OCI image-spec, descriptor.md). */
const LONG_DIGEST = /((?:^(?:sha256|sha384|sha512|blake3)|@[\w+.-]+):[0-9a-f]{12})[0-9a-f]+$/;

/** A reference, or a digest alone, with an ellipsis for the rest of the digest: `node:22@sha256:0123456789ab…`. */
export function abridged(reference: string): string {
  return reference.replace(LONG_DIGEST, "$1…");
}

/** The digits alone: `0123456789ab` of `sha256:0123456789abcdef…`. */
export function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(":") + 1).slice(0, 12);
}
