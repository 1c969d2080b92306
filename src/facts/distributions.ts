/** The distribution that an image says it is built on: `-buster`, `-alpine3.19`, `-al2`, `static-debian12`. */
import type { Catalog, CatalogImage } from "../catalog.js";
import { codeWord, releaseOf, releaseOfCodename, type Release } from "./releases.js";

export interface Distribution {
  /** Its official image: `debian`. */
  readonly name: string;
  readonly image: CatalogImage;
  readonly release: Release;
  /** The words with another release named in the same way; null where that has no such name. */
  readonly renamed: (release: Release) => readonly string[] | null;
  /** The words without its release: `alpine` for `alpine3.19`, nothing for `buster`. */
  readonly anyRelease: readonly string[];
}

/** How tags name distributions -> the official image. */
const NAMES: Readonly<Record<string, string>> = {
  al: "amazonlinux",
  alma: "almalinux",
  almalinux: "almalinux",
  alpine: "alpine",
  amazonlinux: "amazonlinux",
  centos: "centos",
  debian: "debian",
  fedora: "fedora",
  leap: "opensuse",
  ol: "oraclelinux",
  opensuse: "opensuse",
  oraclelinux: "oraclelinux",
  rocky: "rockylinux",
  rockylinux: "rockylinux",
  ubuntu: "ubuntu",
};

/** Distributions that tags name by code name. */
const CODENAMED = ["debian", "ubuntu"] as const;

/** What ended before the first release of Docker is in no image: `natty` is then just a word. */
const FIRST_DOCKER = "2013-03-20";

/** The distribution that is named by one of these words of a tag; the first that is found. */
export function distributionIn(words: readonly string[], catalog: Catalog): Distribution | null {
  for (const [at, word] of words.entries()) {
    const found = byName(words, at, word, catalog) ?? byCodename(words, at, word, catalog);
    if (found) return found;
  }
  return null;
}

/** True for an image that is itself a distribution. */
export function isDistribution(name: string): boolean {
  return Object.values(NAMES).includes(name);
}

/** `alpine3.19`, `ubuntu2204`, or two words: `debian-11`. */
function byName(words: readonly string[], at: number, word: string, catalog: Catalog): Distribution | null {
  const [, label = "", attached = ""] = /^([a-z]+)([\d.]*)$/i.exec(word) ?? [];
  const name = Object.hasOwn(NAMES, label.toLowerCase()) ? NAMES[label.toLowerCase()] : undefined;
  const version = attached === "" ? (words[at + 1] ?? "") : attached;
  if (name === undefined || !/^\d[\d.]*$/.test(version)) return null;
  const image = officialImage(name, catalog);
  const undotted = name === "ubuntu" && /^\d{4}$/.test(version);
  const parts = undotted ? [version.slice(0, 2), version.slice(2)] : version.split(".");
  const release = image && releaseOf(parts, image);
  if (!release || !isInImages(release)) return null;
  const renamed = ({ name: other }: Release): readonly string[] => {
    const written = undotted ? other.replace(".", "") : other;
    if (attached === "") return words.with(at + 1, written);
    return words.with(at, label + written);
  };
  const anyRelease = attached === "" ? words.toSpliced(at + 1, 1) : words.with(at, label);
  return { name, image, release, renamed, anyRelease };
}

function byCodename(words: readonly string[], at: number, word: string, catalog: Catalog): Distribution | null {
  for (const name of CODENAMED) {
    const image = officialImage(name, catalog);
    const release = image && releaseOfCodename(word.toLowerCase(), image);
    if (!release || !isInImages(release)) continue;
    const renamed = ({ cycle }: Release): readonly string[] | null => {
      const other = codeWord(cycle);
      return other === null ? null : words.with(at, other);
    };
    return { name, image, release, renamed, anyRelease: words.toSpliced(at, 1) };
  }
  return null;
}

function officialImage(name: string, catalog: Catalog): CatalogImage | null {
  return catalog.image(`docker.io/library/${name}`);
}

function isInImages({ cycle }: Release): boolean {
  return typeof cycle.eol === "boolean" || (cycle.extended ?? cycle.eol) >= FIRST_DOCKER;
}
