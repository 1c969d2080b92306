/** Many files in one run: what a monorepo and a CI job wait for. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateDockerfiles } from "./dockerfiles.js";
import { interleave, median, pairedRatio, timeProcess } from "./measure.js";
import { tallyRuns } from "./peers.js";
import type { Row } from "./row.js";
import type { Setting } from "./setting.js";

const ROUNDS = 3;
/** The goal for 1,000 files. */
const MILLISECONDS = 800;

/** Dockerfiles in folders of their own, twenty groups of them. Returns the folder and the bytes of all. */
function writeProject(folder: string, count: number): { readonly cwd: string; readonly bytes: number } {
  const cwd = join(folder, `many-${count}`);
  let bytes = 0;
  for (const [index, text] of generateDockerfiles(count).entries()) {
    const service = join(cwd, `group-${index % 20}`, `service-${index}`);
    mkdirSync(service, { recursive: true });
    writeFileSync(join(service, "Dockerfile"), text);
    bytes += Buffer.byteLength(text);
  }
  return { cwd, bytes };
}

export function manyFiles(setting: Setting): Row[] {
  const { cwd, bytes } = writeProject(setting.folder, 1000);
  const goals = { milliseconds: MILLISECONDS, from: 5, all: null };
  const files = `1,000 files of ${(bytes / 1000).toFixed(0)} KB`;
  return [...against("many", files, cwd, goals, setting), ...onNode22(files, cwd, setting), ...growth(cwd, setting)];
}

/** The folder that `--corpus` names. */
export function corpus(folder: string, setting: Setting): Row[] {
  const goals = { milliseconds: null, from: null, all: null };
  return against("corpus", `the files below ${folder}`, folder, goals, setting);
}

function fromlint(cwd: string, setting: Setting, more: readonly string[] = [], node = process.execPath): () => number {
  const { command, folder, env } = setting;
  const argv = [node, command, "--output", join(folder, "report.txt"), ...more, "."];
  return () => timeProcess({ argv, cwd, env });
}

/** Where Node 22 can be had, and is not what runs this. */
function onNode22(files: string, cwd: string, setting: Setting): Row[] {
  const { node22 } = setting.peers;
  if (!node22) return [];
  const [times = []] = interleave([fromlint(cwd, setting, [], node22.file)], ROUNDS);
  return [
    {
      ...{ id: "many-22", what: `${files}, Node 22`, measured: Math.min(...times), unit: "ms" },
      ...{ better: "less", goal: MILLISECONDS },
      note: `\`fromlint .\`, text report to a file, fastest of ${ROUNDS}`,
    },
  ];
}

interface Goals {
  readonly milliseconds: number | null;
  readonly from: number | null;
  readonly all: number | null;
}

function against(id: string, files: string, cwd: string, goals: Goals, setting: Setting): Row[] {
  const { tally } = setting.peers;
  const ours = fromlint(cwd, setting);
  const runs = tally && tallyRuns(tally);
  const peer = (argv: readonly string[]) => () => timeProcess({ argv: [...argv, "."], cwd, env: setting.env });
  const rows: Row[] = [];
  const compare = (what: string, key: "all" | "from", rounds: number): void => {
    if (!runs) return;
    try {
      const [mine = [], theirs = []] = interleave([ours, peer(runs[key].argv)], rounds, rounds > 1);
      rows.push({
        ...{ id: `${id}-tally-${key}`, what: `${files}: as fast as ${runs[key].what}, times`, unit: "×" },
        ...{ measured: pairedRatio(theirs, mine), better: "more", goal: goals[key] },
        note: `${what}: ${median(theirs).toFixed(0)} ms beside ${median(mine).toFixed(0)} ms of our whole rule set`,
      });
    } catch (error) {
      setting.missing(`${files}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  // What else a machine does only adds to a run, so the fastest says most of milliseconds.
  const [times = []] = interleave([ours], ROUNDS);
  const one = interleave([fromlint(cwd, setting, ["--concurrency", "off"])], ROUNDS)[0] ?? [];
  rows.push({
    ...{ id, what: files, measured: Math.min(...times), unit: "ms", better: "less", goal: goals.milliseconds },
    note: `\`fromlint .\`, text report to a file, fastest of ${ROUNDS}; in one thread ${Math.min(...one).toFixed(0)} ms`,
  });
  compare("`tally lint .`", "from", ROUNDS);
  compare("`tally lint .`", "all", 1);
  return rows;
}

/** Ten times the files: time for each and memory. */
function growth(cwd: string, setting: Setting): Row[] {
  const many = writeProject(setting.folder, 10_000).cwd;
  const peak = join(setting.folder, "peak");
  const env = {
    ...setting.env,
    BENCH_PEAK: peak,
    NODE_OPTIONS: `--require=${join(setting.root, "bench/peak-memory.cjs")}`,
  };
  const memory: number[] = [];
  const measured = fromlint(many, { ...setting, env });
  const run = (): number => {
    const time = measured();
    memory.push(Number(readFileSync(peak, "utf8")));
    return time;
  };
  const [small = [], large = []] = interleave([fromlint(cwd, setting), run], 2);
  return [
    {
      ...{ id: "many-growth", what: "10,000 files, beside ten times 1,000", unit: "×", better: "less", goal: 1.1 },
      measured: pairedRatio(large, small) / 10,
      note: `\`fromlint .\`: ${median(large).toFixed(0)} ms beside ten times ${median(small).toFixed(0)} ms`,
    },
    {
      ...{ id: "many-memory", what: "10,000 files, memory", unit: "MB", better: "less", goal: 250 },
      measured: median(memory),
      note: "`fromlint .`: the most at any time, all threads together",
    },
  ];
}
