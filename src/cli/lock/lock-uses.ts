/** The images that the Dockerfiles of a run use, lock file by lock file. */
import { catalogued } from "../../facts/exact-tags.js";
import type { LintSource } from "../../facts/facts.js";
import { isBareDigest, lockName } from "../../facts/locked.js";
import { DEFAULT_TAG } from "../../facts/tags.js";
import { knownUses } from "../../facts/written.js";
import type { Wanted, WantedImages } from "../../lock/plan.js";
import type { RegistryClient } from "../../registry/registry.js";
import { relativePath } from "../../report/path.js";
import { decode } from "../../syntax/decode.js";
import type { Location } from "../../syntax/nodes.js";
import type { Input } from "../files/inputs.js";
import type { Linter } from "../lint/linter.js";
import type { Registries } from "../online/registries.js";

/** What is to stand in one lock file. */
export interface LockUses {
  /** Absolute. */
  readonly file: string;
  readonly wanted: WantedImages;
  /** Who is to be asked for each of them. */
  readonly clients: ReadonlyMap<string, RegistryClient>;
  /** Images that no one can tell, each as a clause with its place. */
  readonly unknown: readonly string[];
  /** Dockerfiles that could not be read, each as a clause. */
  readonly unread: readonly string[];
}

interface Growing {
  readonly wanted: Map<
    string,
    Wanted & { readonly places: string[]; readonly written: { digest: string; place: string }[] }
  >;
  readonly clients: Map<string, RegistryClient>;
  readonly unknown: Set<string>;
  readonly unread: string[];
}

/**
 * `lockPath`: the lock file of a Dockerfile. Images under every policy of a file count, but for those that a comment or
 * an exemption keeps `locked-base` from: what is built on the spot is in no registry.
 */
export function lockUses(
  files: readonly Input[],
  linter: Linter,
  registries: Registries,
  lockPath: (filePath: string) => string,
  cwd: string,
): readonly LockUses[] {
  const found = new Map<string, Growing>();
  for (const { filePath, read } of files) {
    const file = lockPath(filePath);
    const growing: Growing = found.get(file) ?? {
      wanted: new Map(),
      clients: new Map(),
      unknown: new Set(),
      unread: [],
    };
    found.set(file, growing);
    const shownAs = relativePath(filePath, cwd);
    const { bytes, problem } = read();
    if (bytes === null) {
      growing.unread.push(`${shownAs}: this file cannot be read (${problem})`);
      continue;
    }
    const client = registries.under(linter.policies(filePath));
    for (const source of linter.sources(filePath, decode(bytes).text)) {
      const isLeftOut = (loc: Location): boolean => linter.isWaived("locked-base", loc, source, filePath);
      addUses(growing, source, client, shownAs, isLeftOut);
    }
  }
  return [...found]
    .map(([file, { unknown, ...uses }]) => ({ file, ...uses, unknown: [...unknown] }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

function addUses(
  { wanted, clients, unknown }: Growing,
  { facts }: LintSource,
  client: RegistryClient,
  file: string,
  isLeftOut: (loc: Location) => boolean,
): void {
  for (const use of facts.images) {
    if ((use.status !== "unknown" && use.status !== "invalid") || isLeftOut(use.loc)) continue;
    const why = use.unresolved.length > 0 ? `${use.unresolved.join(", ")} has no value` : "it names no image";
    unknown.add(`${file}:${use.loc.start.line}: ${use.raw} cannot be locked (${why})`);
  }
  for (const { reference, loc } of knownUses(facts.images)) {
    if (isBareDigest(reference) || isLeftOut(loc)) continue;
    const name = lockName(reference);
    const { image } = catalogued(reference, facts.inputs);
    const tagged = { ...reference, tag: reference.tag ?? DEFAULT_TAG, digest: null };
    const known = wanted.get(name) ?? { reference: tagged, image, places: [], written: [] };
    const place = `${file}:${loc.start.line}`;
    if (!known.places.includes(place)) {
      known.places.push(place);
      if (reference.digest !== null) known.written.push({ digest: reference.digest, place });
    }
    wanted.set(name, known);
    if (!clients.has(name)) clients.set(name, client);
  }
}
