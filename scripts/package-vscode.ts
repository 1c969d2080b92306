/** Makes the VS Code extension's .vsix from the built server, and says how large it is. */
import { readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { packExtension } from "./vscode/pack.js";
import { stageExtension } from "./vscode/stage.js";

const root = resolve(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(join(root, "editors/vscode/package.json"), "utf8")) as { version: string };

const vsix = join(root, `editors/vscode/fromlint-${version}.vsix`);
packExtension(root, await stageExtension(root), vsix);
console.log(`${relative(root, vsix)}: ${Math.round(statSync(vsix).size / 1000)} kB`);
