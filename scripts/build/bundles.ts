/** The bundles, by esbuild. Nothing is written here: each function returns its files. */
import { build, type BuildOptions, type Metafile } from "esbuild";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { catalogBeside, packedCatalog } from "./catalog.js";
import { esModule } from "./es-modules.js";
import { COMMON, COMMON_JS } from "./options.js";
import { bundledInputs } from "./inputs.js";
import { joinStart } from "./join-start.js";
import { LATE_READER, lateReader } from "./late-reader.js";
import type { ReportPage } from "./report-page.js";
import { PROSE_FILE, proseText, withoutProse } from "./without-prose.js";

export interface Built {
  /** File name in dist/ -> text. */
  readonly files: ReadonlyMap<string, string>;
  /** The bundled source files, relative to the root. */
  readonly inputs: readonly string[];
}

/** What is published has four ways in, which share their parts: the command, the API, the plugin, the server. */
const ENTRIES = { cli: "src/cli/main.ts", index: "src/index.ts", eslint: "src/eslint.ts", server: "server/main.ts" };

/**
 * What is published: dist/cli.cjs with all that a start of the command needs, index.cjs, eslint.cjs, server.cjs, and one
 * file a part that is loaded later or shared. esbuild splits ES modules only, so the split is made there and the files
 * are then turned into CommonJS, which starts faster. Of the two that are imported, index.js and eslint.js hand on the
 * same objects to ES modules.
 */
export async function buildPackage(root: string, version: string, page: ReportPage): Promise<Built> {
  const [parts, start, reader] = await Promise.all([splitParts(root, page), buildStart(root), buildReader(root)]);
  const { files, metafile } = parts;
  const joined = await joinStart(
    "cli.js",
    files,
    startFiles("cli.js", metafile),
    new Set(Object.keys(ENTRIES).map((name) => `${name}.js`)),
    (name) => exportsOf(name, metafile),
  );
  const added = [
    ["server.cjs", `${joined.get("server.cjs") ?? ""}${whenRunItself(version)}`],
    // `require("fromlint/eslint")` is the plugin, as ESLint's own plugins are.
    ["eslint.cjs", `${joined.get("eslint.cjs") ?? ""}module.exports = module.exports.default;\n`],
    ["index.js", esModule("./index.cjs", exportsOf("index.js", metafile))],
    ["eslint.js", esModule("./eslint.cjs", exportsOf("eslint.js", metafile))],
    ...reader.files,
    [PROSE_FILE, proseText()],
    ...packedCatalog(root),
  ] as const;
  const named = [...new Map([...joined, ...added])].map(
    ([name, text]) => [name, name.endsWith(".cjs") ? loadable(inAscii(text), name) : text] as const,
  );
  return {
    files: new Map([...named, ...start.files]),
    inputs: [...parts.inputs, ...start.inputs, ...reader.inputs, ...page.inputs],
  };
}

/**
 * With one other character V8 keeps all of a file at two bytes a character, and decoding it takes longer than reading.
 * esbuild leaves them in regular expressions only, where an escape says the same.
 */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Files that others than the command load, whose tools look for exports in their text. */
const PUBLIC: ReadonlySet<string> = new Set(["index.cjs", "eslint.cjs"]);

/**
 * A CommonJS module that `loader.ts` can also run as it stands, as a script that gives the module as a function: putting
 * Node's wrapper around it at each start would copy all of it. It begins with what compiled code is kept under, so that
 * it is of this very text: V8 itself looks at the length only.
 */
function loadable(text: string, name: string): string {
  const module = PUBLIC.has(name) ? text : `${OPENING}${text}${CLOSING}`;
  return `/*${createHash("sha256").update(module).digest("hex").slice(0, 16)}*/${module}`;
}

const SCOPE = "exports, require, module, __filename, __dirname";
const OPENING = `(run => typeof module === "object" ? run(${SCOPE}) : run)(function (${SCOPE}) {`;
const CLOSING = "\n});\n";

async function splitParts(root: string, page: ReportPage): Promise<Built & { readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    ...COMMON_JS,
    define: { ...COMMON_JS.define, ...page.define },
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(root, file)])),
    outdir: join(root, "dist"),
    chunkNames: "[name]-[hash]",
    plugins: [withoutProse, catalogBeside, lateReader],
    splitting: true,
    format: "esm",
    metafile: true,
    write: false,
  });
  const files = new Map(outputFiles.map((file) => [basename(file.path), file.text]));
  return { files, metafile, inputs: bundledInputs(metafile) };
}

/** dist/start.cjs: what bin/fromlint.cjs runs. It loads the others, so it shares nothing with them. */
function buildStart(root: string): Promise<Built> {
  return inOneFile(root, "start", "src/cli/start/start.ts");
}

/** dist/dockerfile-ast.cjs: the second reader, which few files need. */
function buildReader(root: string): Promise<Built> {
  return inOneFile(root, basename(LATE_READER, ".cjs"), "node_modules/dockerfile-ast/lib/parser.js", {
    alias: { ...COMMON.alias, "vscode-languageserver-types": "./scripts/build/positions.js" },
  });
}

/** dist/action.cjs: the GitHub Action, all in one file. */
export async function buildAction(root: string, page: ReportPage): Promise<Built> {
  const action = await inOneFile(root, "action", "src/cli/action/action-main.ts", {
    define: { ...COMMON_JS.define, ...page.define },
  });
  return { ...action, inputs: [...action.inputs, ...page.inputs] };
}

/** server.cjs by itself, all in one file, for an editor's extension to carry along. */
export function buildServer(root: string, version: string): Promise<Built> {
  return inOneFile(root, "server", ENTRIES.server, { footer: { js: whenRunItself(version) } });
}

/** `node server.cjs` serves; whoever loads it calls `serve`. */
function whenRunItself(version: string): string {
  return `if (require.main === module) module.exports.main(process.argv.slice(2), ${JSON.stringify(version)});\n`;
}

async function inOneFile(root: string, name: string, entry: string, options: BuildOptions = {}): Promise<Built> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    ...COMMON_JS,
    absWorkingDir: root,
    entryPoints: { [name]: join(root, entry) },
    outdir: join(root, "dist"),
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    minify: true,
    ...options,
    metafile: true,
    write: false,
  });
  return {
    files: new Map(outputFiles.map((file) => [basename(file.path), file.text])),
    inputs: bundledInputs(metafile),
  };
}

/** The output files that `entry` needs before it runs, itself included. */
function startFiles(entry: string, { outputs }: Metafile): ReadonlySet<string> {
  const found = new Set([`dist/${entry}`]);
  for (const file of found) {
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && external !== true) found.add(path);
    }
  }
  return new Set([...found].map((file) => basename(file)));
}

function exportsOf(entry: string, { outputs }: Metafile): readonly string[] {
  return outputs[`dist/${entry}`]?.exports ?? [];
}
