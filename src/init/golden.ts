/** Which images in use are a team's own, as far as that can be told from their names. */
import { basename, dirname } from "node:path/posix";
import { familiarName, type Reference } from "../facts/reference.js";
import type { InitUse } from "./uses.js";

export interface GoldenCandidate {
  /** As one would write it, without a tag; of many beside each other the pattern for all: `ghcr.io/acme/*`. */
  readonly image: string;
  readonly uses: number;
  /** What it was told from, as a clause. */
  readonly why: string;
}

/**
 * Registries where anybody may publish: their names say nothing of who did. The documentation of each host says so.
 * Cloud registries (`*.azurecr.io`, `*-docker.pkg.dev`) are an account's own, so they are not in it.
 */
const PUBLIC_REGISTRIES: ReadonlySet<string> = new Set([
  "docker.io",
  "ghcr.io",
  "quay.io",
  "public.ecr.aws",
  "registry.gitlab.com",
  "docker.pkg.github.com",
  "lscr.io",
  "nvcr.io",
]);
const GOOGLE = /(?:^|\.)gcr\.io$/;

/** More of one folder of a registry than these become a pattern. */
const MOST_BESIDE = 8;

/** One image that is named as a folder with a Dockerfile may be chance; of one name more of them are not. */
const FEWEST_BUILT = 2;

/**
 * The candidates, sorted. Only images that nobody is known to publish are looked at: those of a registry that is no
 * public one, those under the name of the repository's `owner` (on its code host; null where not known), and all of a
 * name of which several are built here: they are called as folders whose Dockerfiles (`files`, relative paths with
 * `/`) are others than those that use them.
 */
export function goldenCandidates(
  uses: readonly InitUse[],
  files: readonly string[],
  owner: string | null,
): readonly GoldenCandidate[] {
  const images = imagesOf(uses);
  const built = builtHere(images, files);
  const found = images.flatMap(({ name, reference, count }): GoldenCandidate[] => {
    const why = reasonFor(reference, built, owner);
    return why === null ? [] : [{ image: name, uses: count, why }];
  });
  return gathered(found);
}

interface Image {
  /** As one would write it, without a tag. */
  readonly name: string;
  readonly reference: Reference;
  readonly count: number;
  /** The Dockerfiles that use it. */
  readonly users: Set<string>;
}

/** By no known publisher, each once. */
function imagesOf(uses: readonly InitUse[]): readonly Image[] {
  const images = new Map<string, Image>();
  for (const { tier, reference, file } of uses) {
    if (tier !== "other") continue;
    const name = familiarName(reference);
    const image = images.get(name) ?? { name, reference, count: 0, users: new Set() };
    images.set(name, { ...image, count: image.count + 1, users: image.users.add(file) });
  }
  return [...images.values()];
}

function reasonFor(
  { registry, repository }: Reference,
  built: ReadonlyMap<string, number>,
  owner: string | null,
): string | null {
  if (!PUBLIC_REGISTRIES.has(registry) && !GOOGLE.test(registry))
    return `${registry} is no public registry that is known`;
  const [account = ""] = repository.split("/", 1);
  if (owner !== null && account === owner) return `${owner} owns this repository, too`;
  const count = built.get(`${registry}/${account}`) ?? 0;
  return count < FEWEST_BUILT ? null : `${String(count)} images of ${account} are built here, it seems`;
}

/** `quay.io/acme` -> how many of its images are named as something that is built here, and not by who uses them. */
function builtHere(images: readonly Image[], files: readonly string[]): ReadonlyMap<string, number> {
  const builders = buildersByName(files);
  const found = new Map<string, number>();
  for (const { reference, users } of images) {
    const { registry, repository } = reference;
    const isBuilt = builders.get(basename(repository))?.some((file) => !users.has(file)) ?? false;
    const [account = "", ...rest] = repository.split("/");
    if (!isBuilt || rest.length === 0) continue;
    const key = `${registry}/${account}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** Folder, or the word beside `Dockerfile` in a file's name -> the Dockerfiles that may build an image of that name. */
function buildersByName(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    const word = basename(file).replace(/^(?:Dockerfile|Containerfile)\.?|\.[Dd]ockerfile$/g, "");
    for (const name of new Set([basename(dirname(file)), word])) {
      if (name !== "" && name !== ".") found.set(name, [...(found.get(name) ?? []), file]);
    }
  }
  return found;
}

/** Sorted; of those that stand beside each other in great number a pattern. */
function gathered(candidates: readonly GoldenCandidate[]): readonly GoldenCandidate[] {
  const folders = new Map<string, GoldenCandidate[]>();
  for (const candidate of candidates) {
    const folder = dirname(candidate.image);
    folders.set(folder, [...(folders.get(folder) ?? []), candidate]);
  }
  const all = [...folders].flatMap(([folder, beside]) => {
    if (beside.length <= MOST_BESIDE || folder === ".") return beside;
    const uses = beside.reduce((sum, each) => sum + each.uses, 0);
    return [{ image: `${folder}/*`, uses, why: `${String(beside.length)} images: ${beside[0]?.why ?? ""}` }];
  });
  return all.sort((a, b) => (a.image < b.image ? -1 : a.image > b.image ? 1 : 0));
}
