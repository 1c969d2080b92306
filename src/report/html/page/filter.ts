/** Which findings and images are shown: pure, of the data and of what the reader chose. */
import type { FileData, FindingData, Pinning, Standing, UseData } from "../data.js";

/** Empty texts choose everything. */
export interface Filter {
  readonly text: string;
  readonly rule: string;
  readonly severity: string;
  readonly tier: string;
  readonly image: string;
  /** A folder or a file; what lies below it counts. */
  readonly folder: string;
}

export const EVERYTHING: Filter = { text: "", rule: "", severity: "", tier: "", image: "", folder: "" };

export const SEVERITIES = ["", "warning", "error"] as const;

export interface ShownFile {
  readonly file: FileData;
  readonly findings: readonly FindingData[];
  /** Uses of images, without those of stages. */
  readonly uses: readonly UseData[];
}

/** The files of which something is shown, in their order. */
export function shownFiles(files: readonly FileData[], filter: Filter): ShownFile[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const asksForFindings = filter.rule !== "" || filter.severity !== "";
  return files.flatMap((file) => {
    if (!isBelow(file.path, filter.folder)) return [];
    const fits = file.uses.map((use) => {
      return (filter.tier === "" || use.tier === filter.tier) && (filter.image === "" || use.image === filter.image);
    });
    const asksForImages = filter.tier !== "" || filter.image !== "";
    const findings = file.findings.filter((finding) => {
      if (filter.rule !== "" && finding.rule !== filter.rule) return false;
      if (filter.severity !== "" && SEVERITIES[finding.severity] !== filter.severity) return false;
      if (asksForImages && !finding.uses.some((index) => fits[index])) return false;
      return holdsAll(words, [file.path, finding.rule, finding.message, ...imagesOf(file, finding.uses)]);
    });
    const meant = new Set(findings.flatMap((finding) => finding.uses));
    const uses = file.uses.filter((use, index) => {
      if (use.isStage || !fits[index]) return false;
      if (asksForFindings) return meant.has(index);
      return meant.has(index) || holdsAll(words, [file.path, use.image, stageName(file, use.stage)]);
    });
    return findings.length + uses.length > 0 ? [{ file, findings, uses }] : [];
  });
}

/** `build`, or `stage 1` for one without a name; empty where there is none. */
export function stageName({ stages }: FileData, stage: number | null): string {
  return stage === null ? "" : (stages[stage] ?? `stage ${stage}`);
}

/** More to choose from helps nobody; what is not listed is found by searching. */
export const MOST_CHOICES = 400;

/** The folders that hold the files, as deep as there are few enough to choose from, in the order of the alphabet. */
export function foldersOf(files: readonly FileData[]): string[] {
  const parts = files.map(({ path }) => path.split("/").slice(0, -1));
  const deepest = parts.reduce((most, { length }) => Math.max(most, length), 0);
  let found: ReadonlySet<string> = new Set();
  for (let depth = 1; depth <= deepest; depth++) {
    const deeper = new Set(found);
    for (const folder of parts) if (folder.length >= depth) deeper.add(folder.slice(0, depth).join("/"));
    if (deeper.size > MOST_CHOICES) break;
    found = deeper;
  }
  return [...found].sort();
}

/** How often each value occurs, in the order of first occurrence. */
export function countsOf<Value>(values: Iterable<Value>): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The values that have each key, in the order of first occurrence. */
export function grouped<Value>(values: Iterable<Value>, keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** The tiers in the order in which they are shown, and how they are called. */
export const TIERS: Readonly<Record<Standing, string>> = {
  golden: "golden",
  official: "official",
  verified: "verified publisher",
  other: "other",
  unresolved: "not resolved",
  none: "no image",
};

/** The levels of pinning, loosest first, and how they are called. */
export const PINNINGS: Readonly<Record<NonNullable<Pinning>, string>> = {
  none: "no tag",
  tag: "moving tag",
  major: "major",
  minor: "minor",
  patch: "patch",
  digest: "digest",
};

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

function imagesOf({ uses }: FileData, indices: readonly number[]): string[] {
  return indices.map((index) => uses[index]?.image ?? "");
}

function holdsAll(words: readonly string[], texts: readonly string[]): boolean {
  if (words.length === 0) return true;
  const all = texts.join("\n").toLowerCase();
  return words.every((word) => all.includes(word));
}
