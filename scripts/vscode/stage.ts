/** Puts the VS Code extension together, as it is packed and as the tests start it. */
import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notices } from "../build/notices.js";

/** What only this repository needs to know of the extension. */
const OWN_KEYS: ReadonlySet<string> = new Set(["devDependencies", "private", "type"]);

/**
 * Writes the whole extension, with the built server in it, into a folder of its own.
 *
 * @param root the repository's folder, where `npm run build` has run
 * @returns the folder
 * @throws Error when the server has not been built
 */
export async function stageExtension(root: string): Promise<string> {
  const source = join(root, "editors/vscode");
  const target = join(source, "dist");
  const server = readdirSync(join(root, "dist")).filter((file) => /^server.*\.cjs$/.test(file));
  if (!server.includes("server.cjs")) throw new Error("dist/server.cjs is not there: run `npm run build` first.");

  rmSync(target, { recursive: true, force: true });
  mkdirSync(join(target, "dist"), { recursive: true });
  for (const file of server) cpSync(join(root, "dist", file), join(target, "dist", file));
  for (const file of ["catalog", "docs/rules", "schema.json", "LICENSE", "CHANGELOG.md"]) {
    cpSync(join(root, file), join(target, file), { recursive: true });
  }
  for (const file of ["README.md", "icon.png"]) cpSync(join(source, file), join(target, file));
  writeFileSync(join(target, "package.json"), manifest(join(source, "package.json")));
  const inputs = await bundleExtension(root, join(target, "dist/extension.cjs"));
  writeFileSync(join(target, "THIRD-PARTY-NOTICES.txt"), allNotices(root, inputs));
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

/** Of the extension's own bundle, then of fromlint's. */
function allNotices(root: string, inputs: readonly string[]): string {
  const file = join(root, "dist/THIRD-PARTY-NOTICES.txt");
  const ofServer = existsSync(file) ? readFileSync(file, "utf8") : "";
  return `${notices(root, inputs)}\n${"-".repeat(80)}\n\n${ofServer}`;
}
