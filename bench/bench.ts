/**
 * Measures dist/ and writes the table of bench/README.md; with --check it writes nothing and fails over a limit.
 *
 * Start-up is compared with `node -e 0` in paired runs, so that the ratio holds on a slow or busy machine too.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { format } from "prettier";
import { generateDockerfiles } from "./dockerfiles.js";
import { spawnSync } from "node:child_process";
import type { Keystrokes } from "./keystrokes.js";
import { HOSTILE } from "./hostile.js";
import { interleave, median, pairedRatio, timeProcess } from "./measure.js";

interface Row {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: "×" | "ms";
  readonly note: string;
}

/** Milliseconds below which a difference between two processes says nothing. */
const NOISE = 25;

/** From a change to fresh diagnostics, in ms of work. */
const KEYSTROKE = 50;

/** For 1,000 Dockerfiles, in ms. */
const THROUGHPUT = 1500;

const root = resolve(import.meta.dirname, "..");
const command = join(root, "bin/fromlint.cjs");
const folder = mkdtempSync(join(tmpdir(), "fromlint-bench-"));
try {
  const rows = [...startUp(), throughput(), ...keystrokes(), ...hostile()];
  for (const row of rows) {
    console.log(`${over(row) ? "OVER" : "ok  "} ${row.what}: ${shown(row)}, limit ${limit(row)} (${row.note})`);
  }
  // Ratios hold anywhere; milliseconds are this machine's, and another one is not at fault for being slower.
  const judged = process.env.CI === "true" ? rows.filter(({ unit }) => unit === "×") : rows;
  if (process.argv.includes("--check")) process.exitCode = judged.some(over) ? 1 : 0;
  else await writeTable(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One file, in a process of its own. The limits are held on Node 20: later ones start bare in half the time. */
function startUp(): Row[] {
  const isOldestNode = process.versions.node.startsWith("20.");
  const file = (name: string, policy?: string): (() => number) => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, "Dockerfile"), "FROM node:22.23.2\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\n");
    if (policy !== undefined) writeFileSync(join(cwd, "fromlint.yaml"), policy);
    return () => timeProcess([command, "Dockerfile"], cwd, [0, 1]);
  };
  const bare = (): number => timeProcess(["-e", "0"], folder);
  const policy = readFileSync(join(root, "bench/fromlint.yaml"), "utf8");
  const [base = [], alone = [], withPolicy = []] = interleave([bare, file("alone"), file("policy", policy)], 31);
  const row = (what: string, times: readonly number[], most: number): Row => ({
    what,
    measured: pairedRatio(times, base),
    limit: isOldestNode ? most : Infinity,
    unit: "×",
    note: `${median(times).toFixed(0)} ms beside ${median(base).toFixed(0)} ms of \`node -e 0\``,
  });
  return [row("one file, no policy", alone, 1.5), row("one file, a YAML policy", withPolicy, 1.75)];
}

/** The language server in a 2,000-line Dockerfile: work from a change to fresh diagnostics, and memory over 10,000 changes. */
function keystrokes(): Row[] {
  const type = (lines: number, changes: number): Keystrokes => {
    const script = join(root, "bench/keystrokes.ts");
    const args = ["--expose-gc", "--import", "tsx", script, String(lines), String(changes)];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(`the keystrokes cannot be measured: ${stderr}`);
    return JSON.parse(stdout) as Keystrokes;
  };
  const large = type(2000, 200);
  const long = type(60, 10_000);
  return [
    {
      what: "a keystroke in 2,000 lines, to fresh diagnostics",
      ...{ measured: large.milliseconds, limit: KEYSTROKE, unit: "ms", note: `${large.findings} findings, CPU time` },
    },
    {
      what: "memory after 10,000 changes, to that after 1,000",
      ...{ measured: long.growth, limit: 1.2, unit: "×", note: `${long.lines} lines` },
    },
  ];
}

function throughput(): Row {
  const cwd = join(folder, "many");
  const dockerfiles = generateDockerfiles(1000);
  dockerfiles.forEach((text, index) => {
    const service = join(cwd, `group-${index % 20}`, `service-${index}`);
    mkdirSync(service, { recursive: true });
    writeFileSync(join(service, "Dockerfile"), text);
  });
  const run = (): number => timeProcess([command, "--output", join(folder, "report.txt"), "."], cwd, [0, 1]);
  // What else a machine does only adds to a run: over the limit, the fastest of more runs is looked for.
  const times: number[] = [];
  for (let round = 0; round < 3 && Math.min(...times) > THROUGHPUT; round++)
    times.push(...(interleave([run], 7)[0] ?? []));
  const kilobytes = dockerfiles.reduce((sum, text) => sum + text.length, 0) / 1024;
  const note = `${kilobytes.toFixed(0)} KB, one process, text report to a file`;
  return { what: "1,000 Dockerfiles", measured: Math.min(...times), limit: THROUGHPUT, unit: "ms", note };
}

/** Four times the text may take about four times as long: a quadratic step would take sixteen times. */
function hostile(): Row[] {
  const [bare = []] = interleave([() => timeProcess(["-e", "0"], folder)], 5);
  const start = median(bare);
  return HOSTILE.map(({ name, make }, index) => {
    const texts = [make(50_000), make(200_000)];
    const times = interleave(
      texts.map((text) => hostileRun(`hostile-${index}-${text.length}.Dockerfile`, text)),
      3,
    );
    const [small = NOISE, large = NOISE] = times.map((each) => Math.max(median(each) - start, NOISE));
    const [size, larger] = texts.map((text) => (text.length / 1000).toFixed(0));
    const note = `${small.toFixed(0)} ms for ${size} KB, ${large.toFixed(0)} ms for ${larger} KB`;
    return { what: `four times: ${name}`, measured: large / small, limit: 8, unit: "×", note };
  });
}

function hostileRun(name: string, text: string): () => number {
  const report = join(folder, "report.json");
  writeFileSync(join(folder, name), text);
  return () => timeProcess([command, "--format", "json", "--output", report, name], folder, [0, 1]);
}

function over(row: Row): boolean {
  return !(row.measured <= row.limit);
}

function shown({ measured, unit }: Row): string {
  return unit === "ms" ? `${measured.toFixed(0)} ms` : `${measured.toFixed(2)} ×`;
}

function limit(row: Row): string {
  return row.limit === Infinity ? "none on this Node" : shown({ ...row, measured: row.limit });
}

async function writeTable(rows: readonly Row[]): Promise<void> {
  const file = join(root, "bench/README.md");
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.version}, ${process.platform}`;
  const table = [
    `Measured on ${date}: ${machine}.`,
    "",
    "| What | Measured | Limit | |",
    "| --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row.what} | ${shown(row)} | ${limit(row)} | ${row.note} |`),
  ].join("\n");
  const marked = /(<!-- bench:start -->)[\s\S]*(<!-- bench:end -->)/;
  const text = readFileSync(file, "utf8").replace(
    marked,
    (_, start: string, end: string) => `${start}\n\n${table}\n\n${end}`,
  );
  writeFileSync(file, await format(text, { parser: "markdown", printWidth: 120 }));
}
