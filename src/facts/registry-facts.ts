/** What registries were found to hold, as rules see it: asked before the walk, so that rules stay pure. */
import type { Reference } from "./reference.js";

/** Whether a tag or a digest is there. Dates are YYYY-MM-DD. */
export type Existence =
  | { readonly status: "found"; readonly digest: string }
  | { readonly status: "gone"; readonly what: "repository" | "tag" | "digest" }
  | { readonly status: "unknown"; readonly reason: string };

/** The newest release in the line of an image, where that is another one. */
export interface NewerRelease {
  readonly tag: string;
  /** Null where it was not asked for. */
  readonly digest: string | null;
  /** When the image that is used was made; null where that is not known. */
  readonly created: string | null;
}

export interface RegistryFacts {
  /** Of the tag of `reference` (`latest` without one), whatever its digest; null when nobody asked. */
  readonly tag: (reference: Reference) => Existence | null;
  /** Of a digest in the repository of `reference`; null when nobody asked. */
  readonly digest: (reference: Reference, digest: string) => Existence | null;
  /** Null when there is none, or nobody asked. */
  readonly newer: (reference: Reference) => NewerRelease | null;
}
