/** What a registry says of an image, and what it may mean that it says nothing. */
import { safe } from "../report/safe.js";
import type { Failure } from "./failure.js";

export type Answer<Value> =
  | { readonly status: "found"; readonly value: Value }
  /** The registry says that it is not there. */
  | { readonly status: "gone"; readonly what: "repository" | "tag" | "digest" }
  /** It could not be asked, or its answer cannot be trusted. `reason`: one clause for people, in harmless text. */
  | { readonly status: "unknown"; readonly reason: string };

export interface Manifest {
  /** `sha256:…`: of the index where there is one. */
  readonly digest: string;
  readonly mediaType: string;
  readonly isIndex: boolean;
  /** Bytes of the manifest itself; null where the registry does not say. */
  readonly size: number | null;
}

export interface ImageDetails extends Manifest {
  /** `linux/amd64`, `linux/arm/v7`, …, in the order of the index. */
  readonly platforms: readonly string[];
  /** ISO 8601, UTC, of the image for `linux/amd64` where there are several; null where none is known. */
  readonly created: string | null;
  /** Compressed bytes of that image's layers; null where not known. */
  readonly layersSize: number | null;
}

export function found<Value>(value: Value): Answer<Value> {
  return { status: "found", value };
}

export function unknown({ failure }: Failure): Answer<never> {
  return { status: "unknown", reason: safe(failure) };
}

/** An answer with whether it is worth keeping: false where a request for a part of it failed. */
export interface Outcome<Value> {
  readonly answer: Answer<Value>;
  readonly isWhole: boolean;
}
