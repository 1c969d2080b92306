/** Manifests and indexes, as OCI's image-spec and Docker's schema 2 write them. */
import { createHash } from "node:crypto";
import { asObject, own, parseObject } from "./json.js";

const INDEXES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
];
const MANIFESTS = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** Always all four: whoever names fewer gets another form, another digest, or one platform's child. */
export const ACCEPT = [...INDEXES, ...MANIFESTS].join(", ");

/** An image of an index, or what a manifest points at. */
export interface Descriptor {
  readonly digest: string;
  readonly size: number;
  /** `linux/arm/v7`; null for what runs nowhere, such as an attestation. */
  readonly platform: string | null;
}

/** The media type without parameters; null for what is no image's. */
export function imageType(contentType: string | undefined): string | null {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return INDEXES.includes(type) || MANIFESTS.includes(type) ? type : null;
}

export function isIndexType(mediaType: string): boolean {
  return INDEXES.includes(mediaType);
}

const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

export function isDigest(text: unknown): text is string {
  if (typeof text !== "string") return false;
  const [, algorithm = "", hex = ""] = /^([a-z0-9]{1,10}):([0-9a-f]{1,128})$/.exec(text) ?? [];
  return Object.hasOwn(DIGEST_LENGTHS, algorithm) && DIGEST_LENGTHS[algorithm] === hex.length;
}

/** The digest of `bytes` by the algorithm of `like`, sha256 without. */
export function digestOf(bytes: Uint8Array, like: string | null = null): string {
  const algorithm = like?.split(":", 1)[0] ?? "sha256";
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}

/** More images than this are in no index. */
const MOST_CHILDREN = 1000;
const MOST_LAYERS = 10_000;

/** The images of an index, in its order; null for what is no index. */
export function readIndex(bytes: Uint8Array): Descriptor[] | null {
  const entries = own(parseObject(bytes), "manifests");
  if (!Array.isArray(entries) || entries.length > MOST_CHILDREN) return null;
  return entries.flatMap((entry) => descriptorOf(asObject(entry)) ?? []);
}

/** The configuration of an image and what its layers weigh, compressed; null for what is no manifest. */
export function readManifest(bytes: Uint8Array): { config: Descriptor; layersSize: number } | null {
  const manifest = parseObject(bytes);
  const [config, layers] = [descriptorOf(asObject(own(manifest, "config"))), own(manifest, "layers")];
  if (!config || !Array.isArray(layers) || layers.length > MOST_LAYERS) return null;
  const sizes = layers.map((layer) => descriptorOf(asObject(layer))?.size);
  const layersSize = sizes.reduce<number>((sum, size) => sum + (size ?? NaN), 0);
  return Number.isSafeInteger(layersSize) ? { config, layersSize } : null;
}

/** What the configuration of an image says; `created` is null for the dates that stand for none. */
export function readImageConfig(bytes: Uint8Array): { platform: string | null; created: string | null } {
  const config = parseObject(bytes);
  return { platform: platformOf(config), created: dateOf(own(config, "created")) };
}

function descriptorOf(entry: Record<string, unknown> | null): Descriptor | null {
  const [digest, size] = [own(entry, "digest"), own(entry, "size")];
  if (!isDigest(digest) || typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) return null;
  return { digest, size, platform: platformOf(asObject(own(entry, "platform"))) };
}

function platformOf(object: Record<string, unknown> | null): string | null {
  const parts = ["os", "architecture", "variant"].map((name) => own(object, name));
  const named = parts.filter((part) => part !== undefined && part !== "");
  const isPlain = named.every((part) => typeof part === "string" && /^[a-z0-9][a-z0-9._-]{0,31}$/i.test(part));
  const [system, architecture] = parts;
  if (!isPlain || !system || !architecture || system === "unknown") return null;
  return named.join("/");
}

/** Builds that can be repeated write the first day of their calendar: that says nothing about age. */
const NO_DATES_UNTIL = Date.UTC(1980, 0, 2);

/** RFC 3339 as ISO 8601 in UTC. */
function dateOf(value: unknown): string | null {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT[\d:.]{8,24}(?:Z|[+-]\d\d:\d\d)$/.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) || time < NO_DATES_UNTIL ? null : new Date(time).toISOString();
}
