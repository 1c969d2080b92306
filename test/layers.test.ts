/** Who may import whom, as docs/architecture.md has it. */
import { build, type Metafile } from "esbuild";
import { builtinModules } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { importsOf, root, sourceFiles, usesGlobal, type Import } from "./support/imports.js";

interface Layer {
  readonly files: RegExp;
  /** Layers besides itself. */
  readonly imports: readonly string[];
  /** Layers of which it knows the types only. */
  readonly types?: readonly string[];
  /** Node's own modules. */
  readonly node?: readonly string[] | "any";
}

const LAYERS: Readonly<Record<string, Layer>> = {
  leaves: { files: /^src\/(?:once|spelling)\.ts$/, imports: [] },
  syntax: { files: /^src\/syntax\//, imports: ["leaves"], node: ["node:buffer"] },
  catalog: { files: /^src\/catalog\.ts$/, imports: ["leaves"], node: ["node:fs", "node:path"] },
  facts: { files: /^src\/facts\//, imports: ["syntax", "leaves"], types: ["catalog", "policy", "rule"] },
  files: { files: /^src\/files\//, imports: [], node: "any" },
  context: {
    files: /^src\/context(?:\/|\.ts$)/,
    imports: ["leaves"],
    types: ["facts", "policy"],
    node: ["node:fs", "node:path"],
  },
  rule: { files: /^src\/(?:rule|result)\.ts$/, imports: [], types: ["facts", "syntax"] },
  rules: { files: /^rules\//, imports: ["rule", "facts"] },
  policy: { files: /^src\/policy\//, imports: ["facts", "leaves", "report"], types: ["rule"], node: "any" },
  engine: {
    files: /^src\/(?:engine|fix|lint|waive)\.ts$/,
    imports: ["facts", "syntax"],
    types: ["catalog", "policy", "rule"],
  },
  report: { files: /^src\/report\//, imports: [], types: ["facts", "rule", "syntax"], node: ["node:path"] },
  cli: {
    files: /^src\/cli\//,
    imports: [
      "catalog",
      "context",
      "engine",
      "facts",
      "files",
      "leaves",
      "policy",
      "report",
      "rule",
      "rules",
      "server",
      "syntax",
    ],
    node: "any",
  },
  index: {
    files: /^src\/index\.ts$/,
    imports: ["catalog", "context", "engine", "facts", "files", "policy", "rule", "rules", "syntax"],
  },
  server: { files: /^server\//, imports: ["index"], node: "any" },
  // The extension and the server know each other by their messages only.
  editors: { files: /^editors\//, imports: [], node: ["node:crypto"] },
};

/** Packages that these files alone import: what is known of them stays in one place. */
const SOLE_IMPORTERS: Readonly<Record<string, readonly string[]>> = {
  "dockerfile-ast": ["src/syntax/other-reader.ts"],
  minimatch: ["src/policy/match.ts"],
  "vscode-languageserver": ["server/main.ts"],
  "vscode-languageserver-textdocument": ["server/documents.ts"],
  unbash: ["src/facts/shell/parser.ts", "src/index.ts"],
  yaml: ["src/policy/add-exemption.ts", "src/policy/plain.ts", "src/policy/read.ts"],
};

/** What linting a file without a policy must not load. */
const LATE = ["ajv", "diff", "eslint", "minimatch", "string-width", "unbash", "vscode-languageserver", "yaml"];

const files = sourceFiles("src", "rules", "server", "editors/vscode/src");
const imports = files.flatMap(importsOf);

describe("layers", () => {
  it.each(Object.entries(LAYERS))("%s: there are such files", (_name, layer) => {
    expect(files.filter((file) => layer.files.test(file))).not.toEqual([]);
  });

  it("holds every file in one layer", () => {
    const homeless = files.filter((file) => layersOf(file).length !== 1);
    expect(homeless).toEqual([]);
  });

  it.each(Object.entries(LAYERS))("%s: imports only what stands below it", (name, layer) => {
    const own = imports.filter((line) => layer.files.test(line.from));
    expect(own.filter((line) => !isAllowed(name, layer, line)).map(shown)).toEqual([]);
  });

  it("a rule imports no other rule", () => {
    const between = imports.filter(({ from, to }) => from !== "rules/index.ts" && to.startsWith("rules/"));
    expect(between.filter(({ from }) => from.startsWith("rules/")).map(shown)).toEqual([]);
  });
});

describe("sole importers", () => {
  it.each(Object.entries(SOLE_IMPORTERS))("%s: %s", (name, allowed) => {
    const importers = imports
      .filter(({ to, kind }) => kind !== "type" && packageOf(to) === name)
      .map(({ from }) => from);
    expect([...new Set(importers)].sort()).toEqual(allowed);
  });

  it("process: src/cli, and the server's connection", () => {
    const users = files.filter((file) => usesGlobal(file, "process"));
    expect(users).not.toEqual([]);
    expect(users.filter((file) => !file.startsWith("src/cli/") && file !== "server/main.ts")).toEqual([]);
  });
});

describe("what the command loads at its start", () => {
  let metafile: Metafile;
  beforeAll(async () => {
    ({ metafile } = await build({
      absWorkingDir: root,
      entryPoints: ["src/cli/main.ts"],
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      outdir: "dist",
      write: false,
      metafile: true,
    }));
  });

  it.each(LATE)("not %s", (name) => {
    const path = pathTo(metafile, "src/cli/main.ts", (input) => input.includes(`node_modules/${name}/`));
    expect(path).toBeNull();
  });

  it("but dockerfile-ast", () => {
    const path = pathTo(metafile, "src/cli/main.ts", (input) => input.includes("node_modules/dockerfile-ast/"));
    expect(path).not.toBeNull();
  });
});

function layersOf(file: string): string[] {
  return Object.keys(LAYERS).filter((name) => LAYERS[name]?.files.test(file));
}

function isAllowed(name: string, layer: Layer, { to, kind }: Import): boolean {
  if (to.startsWith("node:") || builtinModules.includes(to)) {
    return layer.node === "any" || (layer.node ?? []).includes(to);
  }
  const [target] = layersOf(to);
  // Packages: the sole importers and the start are tested on their own.
  if (target === undefined) return !/^(?:src|rules|server|editors|scripts|test|bench)\//.test(to);
  if (target === name || layer.imports.includes(target)) return true;
  return kind === "type" && (layer.types ?? []).includes(target);
}

function shown({ from, line, to }: Import): string {
  return `${from}:${line} imports ${to}`;
}

/** `@a/b/c.js` -> `@a/b`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The files by which `start` reaches one that `wanted` knows, without any `import()`; null when it does not. */
function pathTo({ inputs }: Metafile, start: string, wanted: (input: string) => boolean): string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  for (const [input] of cameFrom) {
    if (wanted(input)) return pathBack(cameFrom, input);
    for (const { path, kind, external } of inputs[input]?.imports ?? []) {
      if (kind !== "dynamic-import" && external !== true && !cameFrom.has(path)) cameFrom.set(path, input);
    }
  }
  return null;
}

function pathBack(cameFrom: ReadonlyMap<string, string | null>, end: string): string[] {
  const path: string[] = [];
  for (let file: string | null = end; file !== null; file = cameFrom.get(file) ?? null) path.unshift(file);
  return path;
}
