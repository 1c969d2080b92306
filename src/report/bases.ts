/** `fromlint bases`: every image use, as a table with counts, or as JSON. */
import { abridged, shortDigest } from "../digests.js";
import type { BaseUse } from "../facts/inventory.js";
import type { Measure } from "./cells.js";
import type { Colors } from "./colors.js";
import { measureFor } from "./measure.js";
import { safe, safeJson } from "./safe.js";
import { counted } from "./summary.js";
import { tableOf, type Column, type Row } from "./table.js";

export interface BasesOptions {
  /** In columns; Infinity where nothing is to be cut. */
  readonly width: number;
  readonly colors: Colors;
  /** YYYY-MM-DD: what ended before is marked. */
  readonly today: string;
  /** The order of the counts. */
  readonly tiers: readonly NonNullable<BaseUse["tier"]>[];
  readonly levels: readonly NonNullable<BaseUse["pinning"]>[];
  /** Whether registries were asked: then what they said is shown, too. */
  readonly isOnline: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: "IMAGE", cut: "middle" },
  { title: "TIER", cut: null },
  { title: "PINNED", cut: null },
  { title: "ROLE", cut: null },
  { title: "END OF LIFE", cut: null },
  { title: "WHERE", cut: "start" },
];

/** Before WHERE, where registries were asked. */
export const ONLINE: readonly Column[] = [
  { title: "DIGEST", cut: null },
  { title: "SIZE", cut: null },
  { title: "PLATFORMS", cut: "middle" },
  { title: "CREATED", cut: null },
  { title: "NEWEST", cut: "middle" },
];

/** The array, one use a line. */
export function basesJson(uses: readonly BaseUse[]): string {
  if (uses.length === 0) return "[]\n";
  return `[${uses.map((use) => safeJson(JSON.stringify(use))).join(",\n")}]\n`;
}

/** The table, then the counts by tier and by pinning. Empty when there is no use. */
export async function basesTable(uses: readonly BaseUse[], options: BasesOptions): Promise<string> {
  if (uses.length === 0) return "";
  const { colors, isOnline } = options;
  const columns = isOnline ? COLUMNS.toSpliced(-1, 0, ...ONLINE) : COLUMNS;
  const rows = uses.map((use): Row => {
    const cells = cellsOf(use);
    return {
      cells: isOnline ? cells.toSpliced(-1, 0, ...onlineCells(use)) : cells,
      paint: paintOf(use, options.today, colors),
    };
  });
  const measure: Measure = await measureFor(rows.flatMap(({ cells }) => cells).join(""));
  const files = new Set(uses.map(({ file }) => file)).size;
  const known = uses.filter(({ reference }) => reference !== null);
  const lines = [
    `${counted(known.length, "image")} in ${counted(files, "file")}`,
    `  tier     ${tally(
      options.tiers,
      known.map(({ tier }) => tier),
    )}`,
    `  pinned   ${tally(
      options.levels,
      known.map(({ pinning }) => pinning),
    )}`,
    ...[unresolvedLine(uses), ...unansweredLines(uses)].filter(Boolean),
  ];
  return `${tableOf(columns, rows, options.width, measure)}\n${lines.join("\n")}\n`;
}

function cellsOf(use: BaseUse): string[] {
  const { tier, status, pinning, role, eol, file, line } = use;
  return [imageOf(use), tier ?? status, pinning ?? "", role, eol ? `${eol.date} ${eol.of}` : "", `${file}:${line}`];
}

export function onlineCells({ online, tag }: BaseUse): string[] {
  if (!online) return ONLINE.map(() => "");
  const { status, digest, size, platforms, created, newest } = online;
  if (digest === null) return [status, "", "", "", newest === tag ? "" : (newest ?? "")];
  const day = created?.slice(0, 10) ?? "";
  return [shortDigest(digest), size === null ? "" : sizeInWords(size), platforms.join(", "), day, newest ?? ""];
}

export function sizeInWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The short form that people write: `node:22`, not `docker.io/library/node:22`; of a digest the start. */
export function imageOf({ reference, raw }: BaseUse): string {
  if (reference === null) return raw;
  return abridged(reference.replace(/^docker\.io\/(?:library\/)?/, ""));
}

function paintOf(use: BaseUse, today: string, colors: Colors): Row["paint"] {
  const isOver = use.eol !== null && use.eol.date < today;
  const needsCare = use.status === "unknown" || use.status === "invalid" || use.tier === "other";
  return (text, column) => {
    if (use.reference === null && !needsCare) return colors.dim(text);
    if (column === 1 && needsCare) return colors.yellow(text);
    if (column === 4 && isOver) return colors.red(text);
    return column === 0 ? colors.bold(text) : text;
  };
}

function tally<Name extends string>(names: readonly Name[], values: readonly (Name | null)[]): string {
  const counts = names.map((name) => ({ name, count: values.filter((value) => value === name).length }));
  const present = counts.filter(({ count }) => count > 0).map(({ name, count }) => `${name} ${count}`);
  return present.length > 0 ? present.join(", ") : "none";
}

function unresolvedLine(uses: readonly BaseUse[]): string {
  const count = uses.filter(({ status }) => status === "unknown" || status === "invalid").length;
  return count === 0 ? "" : `  ${count} not resolved`;
}

/** Why registries did not say what was asked, each reason once. */
function unansweredLines(uses: readonly BaseUse[]): string[] {
  const reasons = new Map<string, number>();
  for (const { online } of uses) {
    if (online?.status === "unknown" && online.reason !== null) {
      reasons.set(online.reason, (reasons.get(online.reason) ?? 0) + 1);
    }
  }
  return [...reasons].map(([reason, count]) => `  ${count} unknown: ${safe(reason)}`);
}
