/** What an image is, besides its digest: one request, and at most two more for its age and size. */
import { found, type Answer, type ImageDetails, type Manifest, type Outcome } from "./answer.js";
import { isFailure } from "./failure.js";
import { digestOf, readImageConfig, readIndex, readManifest, type Descriptor } from "./formats.js";
import { askWhole, type Questioner, type Wanted } from "./manifest.js";

/** Whose age and size an index of several is shown with, if it is there. */
const USUAL = ["linux/amd64", "linux/arm64"];

/** An index is described by its image for linux/amd64, else linux/arm64, else the first for Linux, else the first. */
export async function askDetails(questioner: Questioner, wanted: Wanted): Promise<Outcome<ImageDetails>> {
  const { answer, bytes } = await askWhole(questioner, wanted);
  if (answer.status !== "found" || bytes === null) return { answer: answer as Answer<never>, isWhole: true };
  const manifest = answer.value;
  if (!manifest.isIndex) return describe(questioner, wanted, manifest, bytes, null);
  const images = (readIndex(bytes) ?? []).filter(({ platform }) => platform !== null);
  const platforms = [...new Set(images.flatMap(({ platform }) => platform ?? []))];
  const shown = shownOf(images);
  if (!shown) return { answer: found({ ...manifest, platforms, created: null, layersSize: null }), isWhole: true };
  const child = await askWhole(questioner, { ...wanted, at: shown.digest });
  return describe(questioner, wanted, manifest, child.bytes, platforms);
}

/** `bytes`: the manifest of one image, null where it was not to be had. `platforms`: of the index, null without one. */
async function describe(
  questioner: Questioner,
  wanted: Wanted,
  manifest: Manifest,
  bytes: Buffer | null,
  platforms: readonly string[] | null,
): Promise<Outcome<ImageDetails>> {
  const read = bytes && readManifest(bytes);
  const config = read && (await askConfig(questioner, wanted, read.config));
  const known = config && readImageConfig(config);
  const value = {
    ...manifest,
    platforms: platforms ?? [known?.platform ?? []].flat(),
    created: known?.created ?? null,
    layersSize: read?.layersSize ?? null,
  };
  // Bytes that can be read and say nothing will say nothing next time, too.
  return { answer: found(value), isWhole: bytes !== null && (read === null || config !== null) };
}

function shownOf(images: readonly Descriptor[]): Descriptor | undefined {
  const usual = USUAL.flatMap(
    (name) => images.find(({ platform }) => platform === name || platform?.startsWith(`${name}/`)) ?? [],
  );
  return usual[0] ?? images.find(({ platform }) => platform?.startsWith("linux/")) ?? images[0];
}

/** The configuration of an image, checked against its digest; null where it is not to be had. */
async function askConfig(
  { ask, limits, signal }: Questioner,
  { repository }: Wanted,
  { digest, size }: Descriptor,
): Promise<Buffer | null> {
  if (size > limits.configBytes) return null;
  const path = `blobs/${digest}`;
  const asked = await ask({ method: "GET", repository, path, accept: "*/*", mostBytes: limits.configBytes, signal });
  if (isFailure(asked) || asked.response.status !== 200) return null;
  const { body } = asked.response;
  return digestOf(body, digest) === digest ? body : null;
}
