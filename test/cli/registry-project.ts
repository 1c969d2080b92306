/** A project beside a real registry: what the tests of `lock` and `--online` have in common. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { startFront, type Front } from "../registry/support/front.js";
import { startRegistry, type RunningRegistry } from "../registry/support/start-registry.js";
import { folderWith } from "./folder.js";
import { runIn, type Ran, type Surroundings } from "./run-in.js";

export const HEADER = "# fromlint.lock 1: what each image is, written by `fromlint lock`\n";

export interface Project {
  readonly folder: string;
  /** The registry's host. */
  readonly host: string;
  /** Runs a line with a home, and so a cache, of the project's own. The registry's host reads HOST in what comes out. */
  readonly run: (line: string, around?: Surroundings) => Promise<Ran>;
  /** A file's text; for a lock file mostly. HOST is the registry's host in it. */
  readonly read: (path?: string) => string;
}

/** `HOST` in `files` is the registry's; the policy allows it, plain HTTP included. A git repository of its own. */
function projectBeside(host: string, files: Readonly<Record<string, string>>): Project {
  const policy = { "fromlint.yaml": 'registries: { insecure: ["HOST"] }\n' };
  const texts = Object.entries({ ...policy, ...files }).map(([path, text]) => [path, text.replaceAll("HOST", host)]);
  const folder = folderWith(Object.fromEntries(texts) as Record<string, string>);
  mkdirSync(join(folder, ".git"));
  const masked = (text: string): string => text.replaceAll(host, "HOST");
  return {
    folder,
    host,
    run: async (line, around = {}) => {
      const env = { HOME: join(folder, ".home"), ...around.env };
      const { code, stdout, stderr } = await runIn(folder, line.replaceAll("HOST", host), { ...around, env });
      return { code, stdout: masked(stdout), stderr: masked(stderr) };
    },
    read: (path = "fromlint.lock") => masked(readFileSync(join(folder, path), "utf8")),
  };
}

export interface Recorded {
  /** To push to. */
  readonly registry: RunningRegistry;
  /** What was asked since the test began: `HEAD /v2/team/app/manifests/1.4`. */
  readonly sent: () => string[];
  /** Forgets what was asked so far. */
  readonly forget: () => void;
  readonly project: (files: Readonly<Record<string, string>>) => Project;
}

/**
 * A real registry for the tests of a `describe`, behind a server that records what is asked; `fill` pushes images
 * before the first. What is returned can be used from then on.
 */
export function recordedRegistry(fill: (registry: RunningRegistry) => Promise<void>): Recorded {
  let registry: RunningRegistry;
  let front: Front;
  let from = 0;
  beforeAll(async () => {
    registry = await startRegistry();
    front = await startFront({ target: registry });
    await fill(registry);
  });
  afterAll(async () => {
    await front.stop();
    await registry.stop();
  });
  const forget = (): void => {
    from = front.seen.length;
  };
  beforeEach(forget);
  return {
    get registry() {
      return registry;
    },
    forget,
    sent: () => front.seen.slice(from).map(({ method, path }) => `${method} ${path}`),
    project: (files) => projectBeside(front.host, files),
  };
}

/** The lines of a table, with two blanks between columns however wide these are. */
export function rows(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/ {2,}/g, "  "));
}

/** The 12 digits that tables show. */
export function short(digest: string): string {
  return digest.slice("sha256:".length, "sha256:".length + 12);
}
