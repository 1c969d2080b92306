/**
 * Everything that `npm run check` looks at, one line a step, details only for what fails.
 *
 * The last line is `N passed, N failed`; exit status 1 when a step fails.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { tooLong } from "./check/lengths.js";
import { projectFiles } from "./check/project-files.js";
import { revealing } from "./check/revealing.js";

const root = resolve(import.meta.dirname, "..");
const require = createRequire(import.meta.url);

/** A step returns what is wrong, empty when nothing is. */
type Step = readonly [name: string, run: () => string];

/** Parts that know `document`; each has a tsconfig.json of its own. */
const BROWSER_PARTS = ["src/report/html/page", "test/integrations/report-page"] as const;

const steps: readonly Step[] = [
  ["types", () => node(bin("typescript", "tsc"), "-p", ".")],
  ["types in the browser", () => BROWSER_PARTS.map((part) => node(bin("typescript", "tsc"), "-p", part)).join("")],
  ["eslint", () => node(bin("eslint"), "--max-warnings=0", ".")],
  ["prettier", () => node(bin("prettier"), "--check", "--log-level=warn", ".")],
  ["generated files", () => node(bin("tsx"), "scripts/generate.ts", "--check")],
  ["build", () => node(bin("tsx"), "scripts/build.ts", "--types")],
  ["package (publint)", () => node(bin("publint"), "--strict", "--pack=npm")],
  ["package (attw)", () => packed((tarball) => node(bin("@arethetypeswrong/cli", "attw"), tarball))],
  ["unused code (knip)", () => node(bin("knip"), "--no-progress")],
  ["layers", () => node(bin("vitest"), "run", "test/layers.test.ts", "test/package.test.ts")],
  ["file lengths", () => tooLong(root, projectFiles(root)).join("\n")],
  ["machine paths and hosts", () => revealing(root, projectFiles(root)).join("\n")],
];

let failed = 0;
for (const [name, run] of steps) {
  const start = performance.now();
  const problems = run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${problems === "" ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (problems === "") continue;
  failed += 1;
  console.log(problems.replace(/^/gm, "    "));
}
console.log(`${String(steps.length - failed)} passed, ${String(failed)} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Packs what is built; what `look` finds wrong with the tarball, or what npm said when it could not pack. */
function packed(look: (tarball: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "fromlint-pack-"));
  try {
    const args = ["pack", "--ignore-scripts", "--pack-destination", folder];
    const { status, stderr } = spawnSync("npm", args, { cwd: root, encoding: "utf8" });
    const [tarball] = readdirSync(folder);
    return status === 0 && tarball !== undefined ? look(join(folder, tarball)) : `npm pack: ${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a script with this Node; returns its output when it fails, else "". */
function node(script: string, ...args: string[]): string {
  const env = { ...process.env, TEST_REPORT: undefined };
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: "utf8",
    env,
  });
  if (status === 0) return "";
  return `${stdout}${stderr}${error?.message ?? ""}`.trim() || `exit status ${String(status)}`;
}

/** The file that a package's command runs. */
function bin(packageName: string, command = packageName): string {
  const manifest = join(root, "node_modules", packageName, "package.json");
  const { bin: commands } = require(manifest) as { bin: string | Record<string, string> };
  const file = typeof commands === "string" ? commands : commands[command];
  if (file === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(dirname(manifest), file);
}
