/** One small file, in a process of its own: what a hook and an editor wait for. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interleave, median, pairedRatio, timeProcess } from "./measure.js";
import { tallyRuns } from "./peers.js";
import type { Row } from "./row.js";
import type { Setting } from "./setting.js";

const ROUNDS = 15;
const DOCKERFILE = "FROM node:22.23.2\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\n";

export function oneFile({ folder, root, command, env, peers, missing }: Setting): Row[] {
  const place = (name: string, policy?: string): string => {
    const cwd = join(folder, name);
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "Dockerfile"), DOCKERFILE);
    if (policy !== undefined) writeFileSync(join(cwd, "fromlint.yaml"), policy);
    return cwd;
  };
  const alone = place("alone");
  const underPolicy = place("policy", readFileSync(join(root, "bench/fromlint.yaml"), "utf8"));
  const node = process.execPath;
  const { tally, dockerfileUtils, dockerfilelint, node22 } = peers;
  const runs = new Map<string, { argv: readonly string[]; cwd: string }>([
    ["node", { argv: [node, "-e", "0"], cwd: alone }],
    ["alone", { argv: [node, command, "Dockerfile"], cwd: alone }],
    ["policy", { argv: [node, command, "Dockerfile"], cwd: underPolicy }],
  ]);
  if (node22) {
    runs.set("node22", { argv: [node22.file, "-e", "0"], cwd: alone });
    runs.set("alone22", { argv: [node22.file, command, "Dockerfile"], cwd: alone });
  }
  if (tally) {
    runs.set("tally", { argv: [...tallyRuns(tally).all.argv, "Dockerfile"], cwd: alone });
    runs.set("tallyFrom", { argv: [...tallyRuns(tally).from.argv, "Dockerfile"], cwd: alone });
  }
  if (dockerfileUtils) runs.set("utils", { argv: [node, dockerfileUtils.file, "lint", "Dockerfile"], cwd: alone });
  if (dockerfilelint) runs.set("lint", { argv: [node, dockerfilelint.file, "-j", "Dockerfile"], cwd: alone });

  // A peer that fails on this input is left out, and said.
  for (const [name, run] of runs) {
    try {
      timeProcess({ ...run, env });
    } catch (error) {
      if (["node", "alone", "policy"].includes(name)) throw error;
      missing(`one small file: ${error instanceof Error ? error.message : String(error)}`);
      runs.delete(name);
    }
  }
  const names = [...runs.keys()];
  const times = interleave(
    [...runs.values()].map((run) => () => timeProcess({ ...run, env })),
    ROUNDS,
  );
  const timesOf = (name: string): readonly number[] => times[names.indexOf(name)] ?? [];
  const over = (id: string, what: string, name: string, base: string, goal: number, how: string): Row => ({
    ...{ id, what, unit: "×", better: "less", goal, measured: pairedRatio(timesOf(name), timesOf(base)) },
    note: `${how}: ${median(timesOf(name)).toFixed(0)} ms beside ${median(timesOf(base)).toFixed(0)} ms of \`node -e 0\``,
  });
  const ahead = (id: string, name: string, what: string, goal: number | null): Row[] =>
    !runs.has(name)
      ? []
      : [
          {
            ...{ id, what: `one file: as fast as ${what}, times`, unit: "×", better: "more", goal },
            measured: pairedRatio(timesOf(name), timesOf("alone")),
            note: `${median(timesOf(name)).toFixed(0)} ms beside ${median(timesOf("alone")).toFixed(0)} ms`,
          },
        ];
  return [
    over("one", "one file, no policy", "alone", "node", 1.35, "`fromlint Dockerfile`"),
    over("one-policy", "one file, a YAML policy", "policy", "node", 1.5, "`fromlint Dockerfile`"),
    ...(runs.has("alone22") && runs.has("node22")
      ? [over("one-22", "one file, Node 22", "alone22", "node22", 1.25, "`fromlint Dockerfile`, its code in the cache")]
      : []),
    ...ahead("one-tally", "tally", "tally with all rules", 3),
    ...ahead("one-tally-from", "tallyFrom", "tally with its three FROM rules alone, no ShellCheck", 3),
    ...ahead("one-utils", "utils", "`dockerfile-utils lint`", null),
    ...ahead("one-lint", "lint", "`dockerfilelint -j`", null),
  ];
}
