/** The three bundles, by esbuild. Nothing is written here: each returns its files. */
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { basename, join } from "node:path";
import { joinStart } from "./join-start.js";
import { reportPage } from "./report-page.js";
import { withoutProse } from "./without-prose.js";

export interface Built {
  /** File name in dist/ -> text. */
  readonly files: ReadonlyMap<string, string>;
  /** The bundled source files, relative to the root. */
  readonly inputs: readonly string[];
}

/** What all have in common. Node 20 is the oldest that fromlint runs on. */
export const COMMON = {
  bundle: true,
  platform: "node",
  target: "node20",
  legalComments: "none",
  logLevel: "warning",
} as const satisfies BuildOptions;

/**
 * dist/cli.cjs with all that a start needs, and one file a part that is loaded later. esbuild splits ES modules only,
 * so the split is made there and the files are then turned into CommonJS, which starts faster.
 */
export async function buildCommandLine(root: string): Promise<Built> {
  const page = await reportPage(root);
  const { files, metafile, inputs } = await split(root, {
    entryPoints: { cli: join(root, "src/cli/main.ts") },
    chunkNames: "cli-[name]-[hash]",
    plugins: [withoutProse, serverBeside],
    // What a CommonJS file has instead; any other use of import.meta fails the build.
    define: { ...page.define, "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  });
  return {
    files: await joinStart("cli.js", files, startFiles("cli.js", metafile)),
    inputs: [...inputs, ...page.inputs],
  };
}

/**
 * dist/server.cjs: the language server, one file that an editor's extension can carry along. Run by itself it serves;
 * the command line loads it for `fromlint lsp`.
 */
export async function buildServer(root: string, version: string): Promise<Built> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: { server: join(root, "server/main.ts") },
    outdir: join(root, "dist"),
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    minify: true,
    define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
    logOverride: { "empty-import-meta": "error" },
    footer: {
      js: `if (require.main === module) module.exports.main(process.argv.slice(2), ${JSON.stringify(version)});`,
    },
    metafile: true,
    write: false,
  });
  return {
    files: new Map(outputFiles.map((file) => [basename(file.path), file.text])),
    inputs: bundledInputs(metafile),
  };
}

/** In the command line the server is a file that is there already. */
const serverBeside: Plugin = {
  name: "server-beside",
  setup: (build) => {
    build.onResolve({ filter: /\/server\/main\.js$/ }, () => ({ path: "./server.cjs", external: true }));
  },
};

/** dist/index.js, dist/eslint.js and what they share. Every Node that fromlint runs on can also `require()` it. */
export function buildApi(root: string): Promise<Built> {
  return split(root, {
    entryPoints: { index: join(root, "src/index.ts"), eslint: join(root, "src/eslint.ts") },
    chunkNames: "[name]-[hash]",
    // The CommonJS packages in the bundle call require() for Node's own modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
}

/** dist/action.cjs: the GitHub Action, all in one file. */
export async function buildAction(root: string): Promise<Built> {
  const page = await reportPage(root);
  const { outputFiles, metafile } = await build({
    ...COMMON,
    absWorkingDir: root,
    entryPoints: { action: join(root, "src/cli/action-main.ts") },
    outdir: join(root, "dist"),
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    minify: true,
    plugins: [withoutProse, serverBeside],
    define: { ...page.define, "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
    metafile: true,
    write: false,
  });
  return {
    files: new Map(outputFiles.map((file) => [basename(file.path), file.text])),
    inputs: [...bundledInputs(metafile), ...page.inputs],
  };
}

async function split(root: string, options: BuildOptions): Promise<Built & { readonly metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    absWorkingDir: root,
    outdir: join(root, "dist"),
    ...options,
    splitting: true,
    format: "esm",
    metafile: true,
    write: false,
  });
  const files = new Map(outputFiles.map((file) => [basename(file.path), file.text]));
  return { files, metafile, inputs: bundledInputs(metafile) };
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

/** Inputs of which something is really in an output: what tree shaking left out needs no licence. */
export function bundledInputs({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return [...new Set(inputs)].sort();
}
