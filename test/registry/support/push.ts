/** Makes images and pushes them to a registry by HTTP, without a daemon. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { send, type Answered, type Target } from "./send.js";

/** OCI's formats, or Docker's (schema 2). */
export type Format = "oci" | "docker";

const MEDIA_TYPES = {
  oci: {
    index: "application/vnd.oci.image.index.v1+json",
    manifest: "application/vnd.oci.image.manifest.v1+json",
    config: "application/vnd.oci.image.config.v1+json",
    layer: "application/vnd.oci.image.layer.v1.tar+gzip",
  },
  docker: {
    index: "application/vnd.docker.distribution.manifest.list.v2+json",
    manifest: "application/vnd.docker.distribution.manifest.v2+json",
    config: "application/vnd.docker.container.image.v1+json",
    layer: "application/vnd.docker.image.rootfs.diff.tar.gzip",
  },
} as const;

export interface ImageOptions {
  readonly format?: Format;
  /** `linux/amd64`, `linux/arm/v7`. */
  readonly platform?: string;
  /** What the image's one file holds: other text, other digest. */
  readonly text?: string;
  /** RFC 3339. */
  readonly created?: string;
}

/** A manifest or an index, with its digest. */
export interface Pushable {
  readonly mediaType: string;
  readonly manifest: Buffer;
  /** `sha256:…` of the manifest. */
  readonly digest: string;
}

export interface Image extends Pushable {
  readonly platform: string;
  readonly config: Buffer;
  readonly layer: Buffer;
}

export interface Index extends Pushable {
  readonly images: readonly Image[];
}

export function makeImage(options: ImageOptions = {}): Image {
  const { format = "oci", platform = "linux/amd64", text = "hello", created = "2026-01-02T03:04:05Z" } = options;
  const types = MEDIA_TYPES[format];
  const tar = tarOf("hello.txt", text);
  const layer = gzipSync(tar);
  const config = json({
    created,
    ...platformOf(platform),
    config: {},
    rootfs: { type: "layers", diff_ids: [sha256(tar)] },
    history: [{ created, created_by: "tests" }],
  });
  const manifest = json({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: { mediaType: types.config, size: config.length, digest: sha256(config) },
    layers: [{ mediaType: types.layer, size: layer.length, digest: sha256(layer) }],
  });
  return { mediaType: types.manifest, manifest, digest: sha256(manifest), platform, config, layer };
}

/** An index of images; `attested` adds an entry such as BuildKit writes for provenance. */
export function makeIndex(images: readonly Image[], format: Format = "oci", attested = false): Index {
  const entries = images.map(({ mediaType, manifest, digest, platform }) => {
    return { mediaType, size: manifest.length, digest, platform: platformOf(platform) };
  });
  const attestation = {
    mediaType: MEDIA_TYPES.oci.manifest,
    size: images[0]?.manifest.length ?? 0,
    digest: images[0]?.digest,
    platform: { os: "unknown", architecture: "unknown" },
    annotations: { "vnd.docker.reference.type": "attestation-manifest" },
  };
  const mediaType = MEDIA_TYPES[format].index;
  const manifests = attested ? [...entries, attestation] : entries;
  const manifest = json({ schemaVersion: 2, mediaType, manifests });
  return { mediaType, manifest, digest: sha256(manifest), images };
}

/** Pushes an image of one platform; without a tag under its digest alone. */
export async function pushImage(
  target: Target,
  name: string,
  tag: string | null,
  options: ImageOptions = {},
): Promise<Image> {
  const image = makeImage(options);
  await pushMade(target, name, tag, image);
  return image;
}

/** Pushes one image a platform, then their index. */
export async function pushIndex(
  target: Target,
  name: string,
  tag: string | null,
  options: ImageOptions & { readonly platforms?: readonly string[]; readonly attested?: boolean } = {},
): Promise<Index> {
  const { platforms = ["linux/amd64", "linux/arm64"], attested = false, format = "oci", text = "" } = options;
  const images: Image[] = [];
  for (const platform of platforms) {
    images.push(await pushImage(target, name, null, { ...options, platform, text: `${text}${platform}` }));
  }
  const index = makeIndex(images, format, attested);
  await putManifest(target, name, tag ?? index.digest, index);
  return index;
}

/** Pushes an image that is made already. */
export async function pushMade(target: Target, name: string, tag: string | null, image: Image): Promise<void> {
  await pushBlob(target, name, image.config);
  await pushBlob(target, name, image.layer);
  await putManifest(target, name, tag ?? image.digest, image);
}

/** Puts a manifest whose blobs (or children) are there already, under a tag or its digest. */
export async function putManifest(target: Target, name: string, at: string, pushable: Pushable): Promise<void> {
  const content = { type: pushable.mediaType, body: pushable.manifest };
  expectStatus(201, await send(target, "PUT", `/v2/${name}/manifests/${at}`, content));
}

/** Every tag on the digest goes with it. */
export async function deleteManifest(target: Target, name: string, digest: string): Promise<void> {
  expectStatus(202, await send(target, "DELETE", `/v2/${name}/manifests/${digest}`));
}

async function pushBlob(target: Target, name: string, blob: Buffer): Promise<void> {
  const started = expectStatus(202, await send(target, "POST", `/v2/${name}/blobs/uploads/`));
  const location = new URL(started.headers.location ?? "", target.url);
  location.searchParams.set("digest", sha256(blob));
  const content = { type: "application/octet-stream", body: blob };
  expectStatus(201, await send(target, "PUT", location.href, content));
}

function expectStatus(wanted: number, answered: Answered): Answered {
  if (answered.status === wanted) return answered;
  throw new Error(`the registry answers ${answered.status}, not ${wanted}: ${answered.body.toString()}`);
}

function platformOf(platform: string): object {
  const [os, architecture, variant] = platform.split("/");
  return { architecture, os, ...(variant !== undefined && { variant }) };
}

export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** A tar archive with one file: enough to be a real layer. */
function tarOf(name: string, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.alloc(512);
  const fields: [text: string, at: number][] = [
    [name, 0],
    ["0000644\0", 100],
    ["0000000\0", 108],
    ["0000000\0", 116],
    [`${data.length.toString(8).padStart(11, "0")}\0`, 124],
    ["00000000000\0", 136],
    ["        ", 148],
    ["0", 156],
    ["ustar\x0000", 257],
  ];
  for (const [value, at] of fields) header.write(value, at);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, data, Buffer.alloc(((512 - (data.length % 512)) % 512) + 1024)]);
}
