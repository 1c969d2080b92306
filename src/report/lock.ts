/** `fromlint lock`: what changed in a lock file, or what is not right with it, as a table or as JSON. */
import { shortDigest } from "../digests.js";
import type { LockChange, ChangeKind } from "../lock/plan.js";
import type { Colors } from "./colors.js";
import { measureFor } from "./measure.js";
import { safe, safeJson } from "./safe.js";
import { counted } from "./summary.js";
import { tableOf, type Column, type Row } from "./table.js";

/** One lock file, with all that is to be said of it. */
export interface LockReport {
  /** As it is shown. */
  readonly file: string;
  readonly changes: readonly LockChange[];
  /** How many images it holds afterwards. */
  readonly count: number;
}

export interface LockReportOptions {
  /** In columns; Infinity where nothing is to be cut. */
  readonly width: number;
  readonly colors: Colors;
  readonly isCheck: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: "CHANGE", cut: null },
  { title: "IMAGE", cut: "middle" },
  { title: "DIGEST", cut: null },
  { title: "EXACT TAG", cut: "middle" },
];
const CHECK_COLUMNS: readonly Column[] = [...COLUMNS.slice(0, 3), { title: "WHAT TO DO", cut: null }];
const CHECK_TITLES = CHECK_COLUMNS.map((column, index) => (index === 0 ? { ...column, title: "FOUND" } : column));

/** What to do about what `--check` finds. */
const REMEDIES: Readonly<Partial<Record<ChangeKind, string>>> = {
  missing: "run fromlint lock",
  unused: "run fromlint lock",
  moved: "look at it, then run fromlint lock --update",
  gone: "name an image that is there",
};

/** A table a lock file, with a line that counts below it. */
export async function lockText(reports: readonly LockReport[], options: LockReportOptions): Promise<string> {
  const texts: string[] = [];
  for (const report of reports) {
    const { isCheck, colors, width } = options;
    const rows = report.changes.map((change): Row => {
      return { cells: cellsOf(change, isCheck), paint: paintOf(change.kind, colors) };
    });
    const measure = await measureFor(rows.flatMap(({ cells }) => cells).join(""));
    const table = rows.length > 0 ? tableOf(isCheck ? CHECK_TITLES : COLUMNS, rows, width, measure) : "";
    texts.push(`${table}${safe(summaryOf(report, isCheck))}\n`);
  }
  return texts.join("\n");
}

/** An array of changes, one a line, each with its lock file. */
export function lockJson(reports: readonly LockReport[]): string {
  const lines = reports.flatMap(({ file, changes }) =>
    changes.map(({ kind, name, from, to, why }) => {
      return safeJson(JSON.stringify({ file, change: kind, image: name, from, to, reason: why }));
    }),
  );
  return lines.length === 0 ? "[]\n" : `[${lines.join(",\n")}]\n`;
}

function cellsOf({ kind, name, from, to, why }: LockChange, isCheck: boolean): string[] {
  const digests = arrow(shortDigest(from?.digest ?? ""), shortDigest(to?.digest ?? ""));
  const image = shortName(name);
  if (!isCheck) return [kind, image, digests, arrow(from?.exactTag ?? "", to?.exactTag ?? "")];
  const remedy =
    kind === "differs" ? `${why ?? ""} has another digest: run fromlint --fix` : (REMEDIES[kind] ?? why ?? "");
  return [kind, image, digests, remedy];
}

/** `a -> b`, or the one that there is. */
function arrow(from: string, to: string): string {
  return from !== "" && to !== "" && from !== to ? `${from} -> ${to}` : to || from;
}

/** `node:22`, not `docker.io/library/node:22`. */
function shortName(name: string): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, "");
}

function paintOf(kind: ChangeKind, colors: Colors): Row["paint"] {
  const paint = kind === "added" ? colors.green : kind === "dropped" || kind === "unused" ? colors.dim : colors.yellow;
  return (text, column) => (column === 0 ? paint(text) : column === 1 ? colors.bold(text) : text);
}

function summaryOf({ file, changes, count }: LockReport, isCheck: boolean): string {
  const images = `${file}: ${counted(count, "image")}`;
  if (changes.length === 0) return `${images}, ${isCheck ? "all as they are locked" : "nothing to change"}.`;
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  return `${images}, ${kinds.map((kind) => `${changes.filter((each) => each.kind === kind).length} ${kind}`).join(", ")}.`;
}
