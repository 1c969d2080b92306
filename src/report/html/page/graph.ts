/** The picture as a graph: images on one side, what stands on them on the other, one line for each pair and pinning. */
import type { EndData, Pinning, Standing, UseData } from "../data.js";
import { countsOf, PINNINGS, stageName, type ShownFile } from "./filter.js";

export type Detail = "stages" | "files" | "folders";

export interface ImageNode {
  readonly key: string;
  readonly label: string;
  /** What the image filter is set to; null for several images in one. */
  readonly image: string | null;
  readonly tier: Standing;
  /** The levels of its lines, loosest first. */
  readonly pinnings: readonly Pinning[];
  readonly eol: EndData | null;
  readonly uses: number;
}

export interface PlaceRow {
  readonly label: string;
  /** What it takes from other stages. */
  readonly note: string;
  readonly isFinal: boolean;
}

export interface PlaceNode {
  readonly key: string;
  readonly label: string;
  /** What the folder filter is set to; null for several places in one. */
  readonly path: string | null;
  /** Its stages; empty where stages are not shown. */
  readonly rows: readonly PlaceRow[];
  readonly files: number;
}

export interface Line {
  readonly image: string;
  readonly place: string;
  /** Into `rows`; null for the place as a whole. */
  readonly row: number | null;
  readonly tier: Standing;
  readonly pinning: Pinning;
  readonly count: number;
}

export interface Graph {
  readonly detail: Detail;
  readonly images: readonly ImageNode[];
  readonly places: readonly PlaceNode[];
  readonly lines: readonly Line[];
}

/** Loosest first. */
export const LEVELS = Object.keys(PINNINGS) as (keyof typeof PINNINGS)[];

/** A picture with more than this is hard to read: then stages, files or tags are drawn together. */
const MOST_ROWS = 36;
const MOST_PLACES = 24;
const MOST_IMAGES = 28;
/** A reader who asks for detail gets more of it, but no picture without end. */
const MOST_ASKED = 60;

/** Files that are in the picture. Nothing stands on the image of `# syntax`: it only reads the Dockerfile. */
function drawn(files: readonly ShownFile[]): ShownFile[] {
  return files.flatMap((shown) => {
    const uses = shown.uses.filter(({ kind }) => kind !== "syntax");
    return uses.length > 0 ? [{ ...shown, uses }] : [];
  });
}

/** What fits: stages, else Dockerfiles, else folders. */
export function fittingDetail(files: readonly ShownFile[]): Detail {
  const used = drawn(files);
  if (used.reduce((rows, { file }) => rows + Math.max(1, file.stages.length), 0) <= MOST_ROWS) return "stages";
  return used.length <= MOST_PLACES ? "files" : "folders";
}

/** The graph of the uses that are shown. Its size does not depend on theirs. */
export function graphOf(files: readonly ShownFile[], detail: Detail): Graph {
  const used = drawn(files);
  const placeOf = detail === "folders" ? folderOfFile(used.map(({ file }) => file.path)) : (path: string) => path;
  const mostImages = detail === "folders" ? MOST_IMAGES : MOST_ASKED;
  const imageOf = imageNaming(
    used.flatMap(({ uses }) => uses),
    mostImages,
  );
  const placeName = gathered(
    used.map(({ file }) => placeOf(file.path)),
    MOST_ASKED,
    (count) => `${count} more ${detail === "folders" ? "folders" : "Dockerfiles"}`,
  );
  const images = new Map<string, ImageNode & { pinnings: Pinning[] }>();
  const places = new Map<string, PlaceNode>();
  const lines = new Map<string, Line>();
  for (const { file, uses } of used) {
    const { name, isGathered } = placeName(placeOf(file.path));
    const before = places.get(name);
    const rows = detail === "stages" && !isGathered ? rowsOf(file.uses, file) : [];
    const path = isGathered ? null : name;
    places.set(
      name,
      before ? { ...before, files: before.files + 1 } : { key: name, label: name, path, rows, files: 1 },
    );
    for (const use of uses) {
      const { label, image } = imageOf(use);
      const key = `${use.tier} ${label}`;
      const known = images.get(key);
      if (known) {
        if (!known.pinnings.includes(use.pinning)) known.pinnings.push(use.pinning);
        images.set(key, { ...known, uses: known.uses + 1, eol: earlier(known.eol, use.eol) });
      } else {
        images.set(key, { key, label, image, tier: use.tier, pinnings: [use.pinning], eol: use.eol, uses: 1 });
      }
      const row = rows.length > 0 ? use.stage : null;
      const id = [key, name, row, use.pinning].join("\n");
      const count = (lines.get(id)?.count ?? 0) + 1;
      lines.set(id, { image: key, place: name, row, tier: use.tier, pinning: use.pinning, count });
    }
  }
  for (const { pinnings } of images.values()) pinnings.sort((a, b) => levelOf(a) - levelOf(b));
  return { detail, images: [...images.values()], places: [...places.values()], lines: [...lines.values()] };
}

/** A single stage without a name is the Dockerfile itself. */
function rowsOf(uses: readonly UseData[], file: ShownFile["file"]): PlaceRow[] {
  if (file.stages.length < 2 && (file.stages[0] ?? null) === null) return [];
  return file.stages.map((_, stage) => {
    const own = uses.filter((use) => use.stage === stage);
    const taken = own.flatMap((use) =>
      use.isStage && use.kind === "from" ? [`from ${use.from === null ? use.image : stageName(file, use.from)}`] : [],
    );
    const copied = own.flatMap((use) =>
      use.isStage && use.kind !== "from" ? [use.from === null ? use.image : stageName(file, use.from)] : [],
    );
    const note = [...taken, ...(copied.length > 0 ? [`copies ${[...new Set(copied)].join(", ")}`] : [])].join(", ");
    const isFinal = own.some((use) => use.kind === "from" && use.role === "final");
    return { label: stageName(file, stage), note, isFinal };
  });
}

/** Folders, as deep as few enough remain. */
function folderOfFile(paths: readonly string[]): (path: string) => string {
  const atDepth = (path: string, depth: number): string => {
    const parts = path.split("/").slice(0, -1);
    return parts.slice(0, depth).join("/") || ".";
  };
  const deepest = paths.reduce((most, path) => Math.max(most, path.split("/").length - 1), 1);
  let depth = 1;
  while (depth < deepest && new Set(paths.map((path) => atDepth(path, depth + 1))).size <= MOST_PLACES) depth++;
  return (path) => atDepth(path, depth);
}

/** Images by tag while they are few, then by repository; of too many, the least used together by tier. */
function imageNaming(
  uses: readonly UseData[],
  most: number,
): (use: UseData) => { label: string; image: string | null } {
  const repository = (image: string): string => image.replace(/@.*$/s, "").replace(/:[^:/]*$/, "");
  const isMany = new Set(uses.map(({ image }) => image)).size > most;
  const named = (use: UseData): string => (isMany ? repository(use.image) : use.image);
  const only = new Map<string, string | null>();
  for (const use of uses) {
    const label = named(use);
    const first = only.get(label);
    only.set(label, first === undefined || first === use.image ? use.image : null);
  }
  const name = gathered(uses.map(named), MOST_ASKED, (count) => `${count} more images`);
  return (use) => {
    const { name: label, isGathered } = name(named(use));
    return { label, image: isGathered ? null : (only.get(label) ?? null) };
  };
}

interface Gathered {
  readonly name: string;
  readonly isGathered: boolean;
}

/** Names stay while there are at most `most`; else the rarest share one. */
function gathered(
  names: readonly string[],
  most: number,
  together: (count: number) => string,
): (name: string) => Gathered {
  const counts = [...countsOf(names)];
  if (counts.length <= most) return (name) => ({ name, isGathered: false });
  counts.sort((a, b) => b[1] - a[1]);
  const kept = new Set(counts.slice(0, most - 1).map(([name]) => name));
  const rest = together(counts.length - kept.size);
  return (name) => (kept.has(name) ? { name, isGathered: false } : { name: rest, isGathered: true });
}

function earlier(a: EndData | null, b: EndData | null): EndData | null {
  if (!a || !b) return a ?? b;
  return a.date <= b.date ? a : b;
}

function levelOf(pinning: Pinning): number {
  return pinning === null ? -1 : LEVELS.indexOf(pinning);
}
