/** What a registry says of an image and of the other tags of its repository: `fromlint explain IMAGE --online`. */
import type { TagGroup, TagGroups } from "../registry/tag-groups.js";
import { shortDigest, sizeInWords } from "./bases.js";
import type { Colors } from "./colors.js";
import { measureFor } from "./measure.js";
import { inert, safe } from "./safe.js";
import { counted } from "./summary.js";
import { tableOf, type Column, type Row } from "./table.js";

export interface TagsOptions {
  /** In columns; Infinity where nothing is to be cut. */
  readonly width: number;
  readonly colors: Colors;
  /** How long ago a day (YYYY-MM-DD) was, in words; null where that cannot be. */
  readonly age: (day: string) => string | null;
}

const COLUMNS: readonly Column[] = [
  { title: "", cut: null },
  { title: "TAGS", cut: "middle" },
  { title: "DIGEST", cut: null },
  { title: "MADE", cut: null },
  { title: "SIZE", cut: null },
  { title: "PLATFORMS", cut: "middle" },
];

/** Lines with their line ends: a heading, a table with a line an image, and what was not looked at. */
export async function tagsText(found: TagGroups, options: TagsOptions): Promise<string> {
  const { colors, width } = options;
  const { own, groups, count, leftOut, problems } = found;
  const rows = groups.map((group): Row => {
    return { cells: cellsOf(group, options), paint: (text, column) => paint(text, column, group, colors) };
  });
  const measure = await measureFor(rows.flatMap(({ cells }) => cells).join(""));
  const lines = [
    ...(own.status === "gone" ? [colors.red(`gone: ${own.reason}`)] : []),
    ...(groups.length > 0 ? [tableOf(COLUMNS, rows, width, measure).trimEnd(), ""] : []),
    ...(groups.length > 0
      ? [colors.dim("→ the image that was asked about   * a tag that stays with one release")]
      : []),
    ...countLines(count, leftOut),
    ...problems.map((reason) => colors.yellow(`not known: ${safe(reason)}`)),
  ];
  return inert(`${colors.bold("In the registry now")}\n${lines.map((line) => `${line}\n`).join("")}`);
}

function cellsOf({ tags, digest, isOwn, details }: TagGroup, { age }: TagsOptions): string[] {
  const names = tags.map(({ tag, exact }) => (exact ? `${tag}*` : tag)).join(", ");
  const start = [isOwn ? "→" : "", names === "" ? "(by its digest alone)" : names, shortDigest(digest)];
  if (!details) return [...start, "", "", ""];
  const { created, layersSize, platforms } = details;
  const day = created?.slice(0, 10) ?? "";
  const ago = day === "" ? null : age(day);
  const made = ago === null ? day : `${day}, ${ago}`;
  return [...start, made, layersSize === null ? "" : sizeInWords(layersSize), platforms.join(", ")];
}

function paint(text: string, column: number, { isOwn, tags }: TagGroup, colors: Colors): string {
  if (isOwn && column < 2) return colors.bold(text);
  return column === 1 && tags.some(({ exact }) => exact) ? colors.cyan(text) : text;
}

function countLines(count: number | null, leftOut: number): string[] {
  if (count === null) return [];
  const more =
    leftOut > 0 ? `; ${leftOut} of them, the older ones and those of other variants, were not looked at` : "";
  return [`The repository has ${counted(count, "tag")}${more}.`];
}
