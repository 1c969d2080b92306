/** Which images in use are a team's own, as far as that can be told from their names. */
import { basename, dirname } from "node:path/posix";
import { familiarName, repositoryName, type Reference } from "../facts/reference.js";
import { cloudAccount, isCloudRegistry, type CloudAccount } from "./cloud-registries.js";
import type { InitUse } from "./uses.js";

export interface GoldenCandidate {
  /** As one would write it, without a tag; of many beside each other the pattern for all: `ghcr.io/acme/*`. */
  readonly image: string;
  readonly uses: number;
  /** What it was told from, as a clause. */
  readonly why: string;
}

export interface GoldenCandidates {
  /** Those that something says are the team's. */
  readonly likely: readonly GoldenCandidate[];
  /** Those of cloud accounts of which nothing says whose they are: a question to people. */
  readonly asked: readonly GoldenCandidate[];
}

/** Registries where anybody may publish, or a project does: their names say nothing of a team. */
const PUBLIC_REGISTRIES: ReadonlySet<string> = new Set([
  "docker.io",
  "ghcr.io",
  "quay.io",
  "public.ecr.aws",
  "ecr-public.aws.com",
  "registry.gitlab.com",
  "docker.pkg.github.com",
  "codeberg.org",
  "lscr.io",
  "nvcr.io",
  "registry.fedoraproject.org",
  "registry.opensuse.org",
]);
const GOOGLE = /(?:^|\.)gcr\.io$/;

/** More of one folder of a registry than these become a pattern. */
const MOST_BESIDE = 8;

/** One image that is named as a folder with a Dockerfile may be chance; of one name more of them are not. */
const FEWEST_BUILT = 2;

/**
 * The candidates, sorted. Only images that nobody is known to publish are looked at. Likely are those of a registry
 * that is neither a public nor a cloud's, those under the name of the repository's `owner` (on its code host; null
 * where not known), and all of a name of which several are built here: they are called as folders whose Dockerfiles
 * (`files`, relative paths with `/`) are others than those that use them.
 */
export function goldenCandidates(
  uses: readonly InitUse[],
  files: readonly string[],
  owner: string | null,
): GoldenCandidates {
  const images = imagesOf(uses);
  const built = builtHere(images, files);
  const likely: GoldenCandidate[] = [];
  const asked: GoldenCandidate[] = [];
  for (const { name, reference, count } of images) {
    const why = reasonFor(reference, built, owner);
    const account = cloudAccount(reference);
    if (why !== null) likely.push({ image: name, uses: count, why });
    else if (account) asked.push({ image: name, uses: count, why: `account ${account.name}` });
  }
  return { likely: gathered(likely), asked: gathered(asked) };
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

function reasonFor(reference: Reference, built: ReadonlyMap<string, number>, owner: string | null): string | null {
  const { registry } = reference;
  if (!PUBLIC_REGISTRIES.has(registry) && !GOOGLE.test(registry) && !isCloudRegistry(registry))
    return `${registry} is no public registry that is known`;
  const { name, prefix } = accountOf(reference);
  if (owner !== null && name === owner) return `${owner} owns this repository, too`;
  const count = built.get(prefix) ?? 0;
  return count < FEWEST_BUILT ? null : `${String(count)} images of ${name} are built here, it seems`;
}

/** Whose an image is by its name: the account of a cloud, else the first folder. */
function accountOf(reference: Reference): CloudAccount {
  const [name = ""] = reference.repository.split("/", 1);
  return cloudAccount(reference) ?? { name, prefix: `${reference.registry}/${name}` };
}

/** `quay.io/acme` -> how many of its images are named as something that is built here, and not by who uses them. */
function builtHere(images: readonly Image[], files: readonly string[]): ReadonlyMap<string, number> {
  const builders = buildersByName(files);
  const found = new Map<string, number>();
  for (const { reference, users } of images) {
    const isBuilt = builders.get(basename(reference.repository))?.some((file) => !users.has(file)) ?? false;
    const { prefix } = accountOf(reference);
    if (!isBuilt || prefix === repositoryName(reference)) continue;
    found.set(prefix, (found.get(prefix) ?? 0) + 1);
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
