/** `fromlint layers`: the stages of a file as blocks, each step with its cost and what re-runs it, or JSON. */
import type { Outline, OutlinedChange, OutlinedStep } from "../facts/layers/outline.js";
import { cellsOf, head, textOf, widthOf, type Measure } from "./cells.js";
import type { Colors } from "./colors.js";
import { reasonFor, summaryLines } from "./layers-words.js";
import { measureFor } from "./measure.js";
import { inert, safe, safeJson } from "./safe.js";
import { wrapped } from "./wrap.js";

export interface LayersOptions {
  /** The file, as it is to be named. */
  readonly file: string;
  /** In columns. */
  readonly width: number;
  readonly colors: Colors;
  /** True when the changes were asked for: then their steps are marked, and why; else there is a column for each. */
  readonly isAsked: boolean;
  /** The counts behind the fixes, by change; empty when there is nothing to fix. */
  readonly fixed: readonly OutlinedChange[];
}

const BARS = ["   ", "█  ", "██ ", "███"] as const;
const [CERTAIN, MAYBE, REUSED] = ["●", "○", "·"] as const;
const GAP = "  ";
/** What an instruction is cut down to, so that more columns fit. */
const NARROWEST = 24;
/** What a name over a column is cut down to. */
const LONGEST_TITLE = 16;

/** One object: the steps, and how many of them each change re-runs. */
export function layersJson({ steps, changes }: Outline, options: Omit<LayersOptions, "width" | "colors">): string {
  const { file, isAsked, fixed } = options;
  const shown = steps.map((step) => {
    const { line, instruction, stage, cost, volatility, key, reads, reruns } = step;
    const [first = null] = reruns;
    const asked = { rerun: reruns.length > 0, certain: first?.certain ?? true, why: first && reasonFor(first, step) };
    const usual = { rerun: reruns.map((rerun) => ({ ...rerun, why: reasonFor(rerun, step) })) };
    return { line, instruction, stage, cost, volatility, key, reads, ...(isAsked ? asked : usual) };
  });
  const counts = changes.map((each) => {
    const after = fixed.find(({ change }) => change === each.change);
    return { ...each, withFix: after ? { ...after, change: undefined } : null };
  });
  return `${safeJson(JSON.stringify({ file, steps: shown, changes: counts }))}\n`;
}

/** Lines with their line ends; none is wider than `width`, unless that is less than a picture needs. */
export async function layersText(outline: Outline, options: LayersOptions): Promise<string> {
  const { colors, file, fixed, width } = options;
  const { steps, changes } = outline;
  const title = `${colors.bold(safe(file))}\n\n`;
  if (steps.length === 0) return `${title}There is no stage, so there are no layers.\n`;
  const measure = await measureFor(steps.map(({ instruction, key }) => instruction + key.join("")).join(""));
  const summary = changes.flatMap((each) => {
    const after = fixed.find(({ change }) => change === each.change) ?? null;
    const [line = "", ...more] = summaryLines(each, after);
    return [paragraph(safe(line), width), ...more.map((text) => paragraph(safe(text), width, colors.green))];
  });
  return inert(`${title}${pictureOf(outline, options, measure)}\n${summary.join("")}`);
}

interface Columns {
  /** Of the line numbers. */
  readonly gutter: number;
  readonly instruction: number;
  /** The changes that have a column, in order. */
  readonly titles: readonly { readonly change: string; readonly text: string }[];
}

function pictureOf(outline: Outline, options: LayersOptions, measure: Measure): string {
  const { colors, isAsked, width } = options;
  const { steps } = outline;
  const columns = isAsked ? askedColumns(outline, width, measure) : usualColumns(outline, width, measure);
  const start = " ".repeat(columns.gutter + columns.instruction + 5);
  const titles = columns.titles.map(({ text }) => text).join(GAP);
  const heading = `${start}${GAP}cost${isAsked ? "" : ` ${titles}`}`;
  const lines = [colors.dim(heading.trimEnd())];
  steps.forEach((step, index) => {
    const isLast = steps[index + 1]?.kind === "base" || index === steps.length - 1;
    const edge = step.kind === "base" ? "┌" : isLast ? "└" : "│";
    lines.push(lineOf(step, edge, columns, options, measure));
    const key = isAsked ? "" : keyLine(step, width - columns.gutter - 9, measure);
    if (key !== "") lines.push(`${colors.dim(isLast ? " " : "│")}${" ".repeat(columns.gutter + 5)}${colors.dim(key)}`);
    if (isLast && index < steps.length - 1) lines.push("");
  });
  return `${lines.join("\n")}\n\n${colors.dim(legend(steps, isAsked, width))}\n`;
}

function lineOf(
  step: OutlinedStep,
  edge: string,
  { gutter, instruction, titles }: Columns,
  { colors, isAsked, width }: LayersOptions,
  measure: Measure,
): string {
  const { kind, cost, built, reruns } = step;
  const isLayer = kind === "layer" || kind === "link";
  const [first = null] = reruns;
  const paint = first === null || !built ? plain : cost === 3 ? colors.red : colors.yellow;
  const mark = isAsked && first ? paint(first.certain ? CERTAIN : MAYBE) : " ";
  const text = fitted(flat(step.instruction), instruction, measure);
  const shown = !built || (!isLayer && kind !== "base") ? colors.dim(text) : kind === "base" ? colors.bold(text) : text;
  const bar = isLayer ? BARS[cost] : "   ";
  const left = `${colors.dim(edge)} ${mark} ${colors.dim(String(step.line).padStart(gutter))} ${shown}${GAP}${paint(bar)}`;
  if (kind === "base") return (left + GAP + (built ? "" : colors.dim("not built"))).trimEnd();
  if (!isLayer) return left.trimEnd();
  if (isAsked) {
    const room = width - gutter - instruction - 10;
    return first && room > 0
      ? `${left}${GAP}${cutTo(reasonFor(first, step), room, measure)}`.trimEnd()
      : left.trimEnd();
  }
  const marks = titles.map(({ change, text: title }) => {
    const rerun = reruns.find((one) => one.change === change);
    const sign = rerun ? paint(rerun.certain ? CERTAIN : MAYBE) : colors.dim(REUSED);
    return sign + " ".repeat(Math.max(0, title.length - 1));
  });
  return `${left}${GAP}${marks.join(GAP)}`.trimEnd();
}

/** A column for each change, as many as fit. */
function usualColumns({ steps, changes }: Outline, width: number, measure: Measure): Columns {
  const gutter = gutterOf(steps);
  const wanted = widest(
    steps.map(({ instruction }) => instruction),
    measure,
    width,
  );
  const titles: Columns["titles"][number][] = [];
  let room = width - gutter - 5 - GAP.length - 3;
  for (const { change } of changes) {
    const text = cutTo(change.replace(/^(?:arg|line):/, ""), LONGEST_TITLE, measure);
    const left = room - GAP.length - text.length;
    if (titles.length >= 2 && left < Math.min(wanted, NARROWEST)) break;
    titles.push({ change, text });
    room = left;
  }
  return { gutter, titles, instruction: Math.max(1, Math.min(wanted, Math.max(NARROWEST, room))) };
}

/** Room for the reasons first: they are what was asked for. */
function askedColumns({ steps }: Outline, width: number, measure: Measure): Columns {
  const gutter = gutterOf(steps);
  const reasons = steps.map((step) => (step.reruns[0] ? reasonFor(step.reruns[0], step) : ""));
  const room = width - gutter - 5 - 2 * GAP.length - 3 - Math.min(widest(reasons, measure, width), width / 2);
  const wanted = widest(
    steps.map(({ instruction }) => instruction),
    measure,
    width,
  );
  return { gutter, titles: [], instruction: Math.max(1, Math.min(wanted, Math.max(NARROWEST, Math.floor(room)))) };
}

function gutterOf(steps: readonly OutlinedStep[]): number {
  return String(steps.reduce((most, { line }) => Math.max(most, line), 1)).length;
}

/** What is in a key besides what is in every key: the step's own text and the one above. */
function keyLine({ key, kind }: OutlinedStep, room: number, measure: Measure): string {
  const parts = key.filter((part) => !/^(?:text|line \d+|folder \/|destination .*)$/su.test(part));
  if (kind !== "layer" && kind !== "link") return "";
  return parts.length === 0 ? "" : cutTo(`key: ${parts.join(", ")}`, room, measure);
}

function legend(steps: readonly OutlinedStep[], isAsked: boolean, width: number): string {
  const isUncertain = steps.some(({ reruns }) => reruns.some(({ certain }) => !certain));
  const parts = [
    "███ network or compiling, ██ generates, █ touches files",
    `${CERTAIN} is re-run${isUncertain ? `, ${MAYBE} only if what it copies from another stage differs` : ""}`,
    ...(isAsked ? [] : ["every key also holds the step's own text and the step above it"]),
  ];
  return parts
    .map((part) => paragraph(part, width))
    .join("")
    .trimEnd();
}

function widest(texts: readonly string[], measure: Measure, most: number): number {
  return texts.reduce((so, text) => Math.max(so, widthOf(cellsOf(shortened(flat(text), most), measure))), 1);
}

function fitted(text: string, width: number, measure: Measure): string {
  const shown = cutTo(text, width, measure);
  return shown + " ".repeat(Math.max(0, width - measure(shown)));
}

/** In at most `width` columns, the end cut off; made safe. */
function cutTo(text: string, width: number, measure: Measure): string {
  const cells = cellsOf(shortened(text, width), measure);
  if (widthOf(cells) <= width) return textOf(cells);
  return `${textOf(head(cells, Math.max(0, width - 1)))}…`;
}

/** A script may be long; what is out of sight in any case is not measured. */
function shortened(text: string, width: number): string {
  return text.length > width * 4 ? text.slice(0, width * 4) : text;
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Lines of at most `width` columns, broken at spaces, all as far in as the first; words that are longer stay whole. */
function paragraph(text: string, width: number, paint: (line: string) => string = plain): string {
  const [indent = ""] = /^ */.exec(text) ?? [];
  return wrapped(text, width - indent.length)
    .map((line) => `${indent}${paint(line)}\n`)
    .join("");
}

function plain(text: string): string {
  return text;
}
