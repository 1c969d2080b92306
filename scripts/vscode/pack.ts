import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Packs a staged extension into a .vsix file with vsce. vsce brings some hundred packages that nothing else here needs,
 * so it is installed in editors/vscode, when it is first asked for.
 *
 * @param stage the folder that `stageExtension` wrote
 * @throws Error with what npm or vsce wrote when one of them fails
 */
export function packExtension(root: string, stage: string, vsix: string): void {
  const folder = join(root, "editors/vscode");
  const vsce = join(folder, "node_modules/@vscode/vsce/vsce");
  if (!existsSync(vsce)) run("npm", ["ci", "--no-audit", "--no-fund"], folder);
  rmSync(vsix, { force: true });
  // The manifest names no repository, and esbuild has bundled what the extension depends on.
  const flags = ["--allow-missing-repository", "--no-rewrite-relative-links", "--no-dependencies"];
  run(process.execPath, [vsce, "package", ...flags, "--out", vsix], stage);
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}:\n${stdout}${stderr}${error?.message ?? ""}`);
}
