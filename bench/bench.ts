/**
 * Measures dist/, beside its peers, and writes bench/results.json and the table of bench/README.md. With --check it
 * writes nothing, and fails when a ratio is more than a quarter worse than the committed one. --corpus DIR measures the
 * Dockerfiles below DIR, too; --only NAME one part (one, many, hostile, keystrokes, lock), which writes nothing either.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import manifest from "../package.json" with { type: "json" };
import { hostile, keystrokes, locking } from "./children.js";
import { corpus, manyFiles } from "./many-files.js";
import { oneFile } from "./one-file.js";
import { fetchPeers } from "./peers.js";
import { lossOf, meetsGoal, shown, tableOf, type Results, type Row } from "./row.js";
import type { Setting } from "./setting.js";

const PARTS: Readonly<Record<string, (setting: Setting) => Row[]>> = {
  one: oneFile,
  many: manyFiles,
  hostile,
  keystrokes,
  lock: locking,
};

/** A loss counts when it is seen this often: a busy moment passes. */
const TIMES = 3;

const { values } = parseArgs({
  options: { check: { type: "boolean" }, corpus: { type: "string" }, only: { type: "string", multiple: true } },
});
const root = resolve(import.meta.dirname, "..");
const committed = JSON.parse(readFileSync(join(root, "bench/results.json"), "utf8")) as Results;
const folder = mkdtempSync(join(tmpdir(), "fromlint-bench-"));
try {
  await bench();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bench(): Promise<void> {
  const missing = new Set<string>();
  const note = (what: string): void => {
    if (!missing.has(what)) console.log(`     ${what}`);
    missing.add(what);
  };
  const peers = fetchPeers(subfolder("peers"), note);
  const env = { ...process.env, HOME: subfolder("home"), XDG_CACHE_HOME: subfolder("cache"), NO_COLOR: "1" };
  const command = join(root, "bin/fromlint.cjs");
  const setting: Setting = { root, folder, command, env, peers, missing: note };

  const rows: Row[] = [];
  const parts = Object.entries(PARTS).filter(([name]) => values.only?.includes(name) ?? true);
  for (const [, measure] of parts) rows.push(...measuredPart(measure, setting));
  const place = values.corpus;
  if (place !== undefined) print(corpus(resolve(place), setting));
  if (values.check || values.only) return;
  await write({
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: [`fromlint ${manifest.version}`, ...Object.values(peers).map(({ version }) => version)],
    missing: [...missing],
    rows,
  });
}

function subfolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

/** Rows of a part; with --check measured again while something in it is lost, and the exit code set in the end. */
function measuredPart(measure: (setting: Setting) => Row[], setting: Setting): Row[] {
  let rows = print(measure(setting));
  if (!values.check) return rows;
  for (let time = 1; time < TIMES && losses(rows).length > 0; time++) rows = print(measure(setting));
  for (const { row, loss } of losses(rows)) {
    console.log(`LOST ${row.what}: ${shown(row)}, ${loss}`);
    process.exitCode = 1;
  }
  return rows;
}

function losses(rows: readonly Row[]): { row: Row; loss: string }[] {
  return rows.flatMap((row) => {
    const before = committed.rows.find(({ id }) => id === row.id);
    // Ratios hold anywhere; milliseconds are this machine's, and another one is not at fault for being slower.
    const loss = lossOf(row, before, process.env.CI !== "true");
    return loss === null ? [] : [{ row, loss }];
  });
}

function print(rows: Row[]): Row[] {
  for (const row of rows) {
    const { better, goal } = row;
    const aim = goal === null ? "" : `, goal ${better === "less" ? "at most" : "at least"} ${shown(row, goal)}`;
    console.log(`${meetsGoal(row) ? "ok  " : "over"} ${row.what}: ${shown(row)}${aim} (${row.note})`);
  }
  return rows;
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${model}, ${availableParallelism()} cores, Node ${process.version}, ${process.platform}`;
}

async function write(results: Results): Promise<void> {
  const json = await format(JSON.stringify(results), { parser: "json", printWidth: 120 });
  writeFileSync(join(root, "bench/results.json"), json);
  const file = join(root, "bench/README.md");
  const marked = /(<!-- bench:start -->)[\s\S]*(<!-- bench:end -->)/;
  const text = readFileSync(file, "utf8").replace(
    marked,
    (_, start: string, end: string) => `${start}\n\n${tableOf(results)}\n\n${end}`,
  );
  writeFileSync(file, await format(text, { parser: "markdown", printWidth: 120 }));
}
