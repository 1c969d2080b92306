/** Puts the VS Code extension together, as it is packed and as the tests start it. */
import { build } from "esbuild";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildServer } from "../build/bundles.js";
import { notices } from "../build/notices.js";

/** What only this repository needs to know of the extension. */
const OWN_KEYS: ReadonlySet<string> = new Set(["devDependencies", "private", "type"]);

/**
 * Writes the whole extension, with the server in one file, into a folder of its own.
 *
 * @param root the repository's folder
 * @returns the folder
 */
export async function stageExtension(root: string): Promise<string> {
  const source = join(root, "editors/vscode");
  const target = join(source, "dist");

  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, "dist"), { recursive: true });
  for (const file of ["catalog", "docs/rules", "schema.json", "LICENSE", "CHANGELOG.md"]) {
    cpSync(join(root, file), join(target, file), { recursive: true });
  }
  for (const file of ["README.md", "icon.png"]) cpSync(join(source, file), join(target, file));
  writeFileSync(join(target, "package.json"), manifest(join(source, "package.json")));
  const inputs = await bundleExtension(root, join(target, "dist/extension.cjs"));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const server = await buildServer(root, version);
  for (const [name, text] of server.files) writeFileSync(join(target, "dist", name), text);
  writeFileSync(join(target, "THIRD-PARTY-NOTICES.txt"), notices(root, [...inputs, ...server.inputs]));
  return target;
}

function manifest(file: string): string {
  const all = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const shown = Object.entries(all).filter(([key]) => !OWN_KEYS.has(key));
  return JSON.stringify(Object.fromEntries(shown), null, 2);
}

/** @returns the files that went into it, relative to `root` */
async function bundleExtension(root: string, outfile: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "editors/vscode/src/extension.ts")],
    outfile,
    bundle: true,
    platform: "node",
    // The Node of the oldest VS Code that package.json names.
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}
