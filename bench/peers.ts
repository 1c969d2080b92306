/**
 * The linters that fromlint is measured beside, and a newer Node. They are fetched with npm into a temporary folder, and
 * are no dependencies: what cannot be had is said, and the rest is measured without it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Peer {
  /** `@wharflab/tally-linux-x64 0.45.0`. */
  readonly version: string;
  /** Absolute path of what is run: a program, or a script for Node. */
  readonly file: string;
}

const PLATFORM = `${process.platform}-${process.arch}`;

/** npm's name of each, and the file to run. */
const PACKAGES = {
  tally: [`@wharflab/tally-${PLATFORM}`, "", "bin/tally"],
  dockerfileUtils: ["dockerfile-utils", "", "bin/dockerfile-utils"],
  dockerfilelint: ["dockerfilelint", "", "bin/dockerfilelint"],
  node22: [`node-${PLATFORM}`, "@22", "bin/node"],
} as const;

export type PeerName = keyof typeof PACKAGES;
export type Peers = Readonly<Partial<Record<PeerName, Peer>>>;

/** Installs each in `folder`, by itself, so that one that is missing takes no other with it. `missing` hears of those. */
export function fetchPeers(folder: string, missing: (what: string) => void): Peers {
  const peers: Partial<Record<PeerName, Peer>> = {};
  writeFileSync(join(folder, "package.json"), "{}\n");
  for (const [name, [packageName, range, path]] of Object.entries(PACKAGES)) {
    const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
    const { status, stderr } = spawnSync("npm", ["install", ...quiet, packageName + range], {
      cwd: folder,
      encoding: "utf8",
      timeout: 300_000,
    });
    const home = join(folder, "node_modules", packageName);
    const file = join(home, path);
    if (status !== 0 || !existsSync(file)) {
      missing(`${packageName} cannot be had: ${/E[A-Z]{2,}\S*/.exec(stderr)?.[0] ?? `npm ended with ${status}`}`);
      continue;
    }
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
    peers[name as PeerName] = { version: `${packageName} ${version}`, file };
  }
  return peers;
}

/** What the linters of `peers` are asked to do with `paths`, each as a command line; `what` says it to people. */
export function tallyRuns({ file }: Peer): Readonly<Record<"all" | "from", { what: string; argv: readonly string[] }>> {
  const lint = [file, "lint", "--no-config", "--slow-checks", "off", "--format", "json"];
  const from = ["DL3006", "DL3007", "DL3026"].flatMap((rule) => ["--select", `hadolint/${rule}`]);
  return {
    all: { what: "tally, all rules", argv: lint },
    from: { what: "tally, its three FROM rules alone, no ShellCheck", argv: [...lint, "--ignore", "*", ...from] },
  };
}
