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
  "gcr.io",
  "us.gcr.io",
  "eu.gcr.io",
  "asia.gcr.io",
  "k8s.gcr.io",
  "ghcr.io",
  "quay.io",
  "public.ecr.aws",
  "registry.gitlab.com",
  "docker.pkg.github.com",
  "lscr.io",
  "nvcr.io",
]);

/** More of one folder of a registry than these become a pattern. */
const MOST_BESIDE = 8;

/**
 * The candidates, sorted. Only images that nobody is known to publish are looked at: those of a registry that is no
 * public one, those under the name of the repository's `owner` (on its code host; null where not known), and those that
 * are named as a folder whose Dockerfile (`files`, relative paths with `/`) is another than those that use them.
 */
export function goldenCandidates(
  uses: readonly InitUse[],
  files: readonly string[],
  owner: string | null,
): readonly GoldenCandidate[] {
  const builders = buildersByName(files);
  const images = new Map<string, Image>();
  for (const { tier, reference, file } of uses) {
    if (tier !== "other") continue;
    const name = familiarName(reference);
    const image = images.get(name) ?? { name, reference, uses: 0, users: new Set() };
    images.set(name, { ...image, uses: image.uses + 1, users: image.users.add(file) });
  }
  const found = [...images.values()].flatMap((image) => {
    const why = reasonFor(image, builders, owner);
    return why === null ? [] : [{ image: image.name, uses: image.uses, why }];
  });
  return gathered(found);
}

interface Image {
  readonly name: string;
  readonly reference: Reference;
  readonly uses: number;
  /** The Dockerfiles that use it. */
  readonly users: Set<string>;
}

function reasonFor(
  { reference: { registry, repository }, users }: Image,
  builders: ReadonlyMap<string, readonly string[]>,
  owner: string | null,
): string | null {
  if (!PUBLIC_REGISTRIES.has(registry)) return `${registry} is no public registry that is known`;
  if (owner !== null && repository.startsWith(`${owner}/`)) return `${owner} owns this repository, too`;
  const builder = builders.get(basename(repository))?.find((file) => !users.has(file));
  return builder === undefined ? null : `built here, it seems, by ${builder}`;
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
    // On a public registry a folder is somebody's name; the registry itself is never meant as a whole.
    if (beside.length <= MOST_BESIDE || !folder.includes("/")) return beside;
    const uses = beside.reduce((sum, each) => sum + each.uses, 0);
    return [{ image: `${folder}/*`, uses, why: `${String(beside.length)} images: ${beside[0]?.why ?? ""}` }];
  });
  return all.sort((a, b) => (a.image < b.image ? -1 : a.image > b.image ? 1 : 0));
}
