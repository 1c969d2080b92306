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
  leaves: { files: /^src\/(?:digests|once|rule-page|spelling|today)\.ts$/, imports: [] },
  syntax: { files: /^src\/syntax\//, imports: ["leaves"], node: ["node:buffer"] },
  catalog: { files: /^src\/catalog(?:-\w+)?\.ts$/, imports: ["leaves"], node: ["node:fs", "node:path"] },
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
  policy: { files: /^src\/policy\//, imports: ["facts", "leaves", "report"], types: ["rule", "syntax"], node: "any" },
  engine: {
    files: /^src\/(?:engine|exemption-message|fix|image-findings|lint|waive)\.ts$/,
    imports: ["facts", "syntax"],
    types: ["catalog", "policy", "rule"],
  },
  report: {
    files: /^src\/report\//,
    imports: ["leaves", "syntax"],
    types: ["facts", "lock", "registry", "rule"],
    node: ["node:crypto", "node:path", "node:url", "node:zlib"],
  },
  migrate: { files: /^src\/migrate\//, imports: ["engine", "policy", "report"], types: ["rule"] },
  init: {
    files: /^src\/init\//,
    imports: ["facts", "leaves", "policy", "report"],
    node: ["node:path/posix"],
  },
  eslint: {
    files: /^src\/eslint(?:\/|\.ts$)/,
    imports: ["catalog", "context", "engine", "facts", "leaves", "lock", "policy", "rule", "rules", "syntax"],
    node: ["node:crypto", "node:fs", "node:path", "node:util"],
  },
  registry: {
    files: /^src\/registry\//,
    imports: ["facts", "files", "leaves", "policy", "report"],
    types: ["catalog"],
    node: "any",
  },
  lock: {
    files: /^src\/lock\//,
    imports: ["facts", "leaves", "policy"],
    types: ["catalog", "registry"],
    node: ["node:buffer", "node:fs", "node:path"],
  },
  cli: {
    files: /^src\/(?:cli\/|import-module\.ts$)/,
    imports: [
      "catalog",
      "context",
      "engine",
      "facts",
      "files",
      "init",
      "leaves",
      "lock",
      "migrate",
      "policy",
      "registry",
      "report",
      "rule",
      "rules",
      "server",
      "syntax",
    ],
    node: "any",
  },
  index: {
    files: /^src\/(?:index|editor)\.ts$/,
    imports: [
      "catalog",
      "context",
      "engine",
      "facts",
      "files",
      "leaves",
      "lock",
      "policy",
      "report",
      "rule",
      "rules",
      "syntax",
    ],
  },
  server: { files: /^server\//, imports: ["index"], node: "any" },
  // The extension and the server know each other by their messages only.
  editors: { files: /^editors\//, imports: [], node: ["node:crypto"] },
};

/** Packages that these files alone import: what is known of them stays in one place. */
const SOLE_IMPORTERS: Readonly<Record<string, readonly string[]>> = {
  "dockerfile-ast": ["src/syntax/other-reader.ts"],
  minimatch: ["src/policy/match.ts"],
  unbash: ["src/eslint/language.ts", "src/facts/shell/parser.ts", "src/index.ts"],
  "@eslint/plugin-kit": ["src/eslint/source-code.ts"],
  "vscode-languageserver": ["server/main.ts"],
  "vscode-languageserver-textdocument": ["server/documents.ts"],
  yaml: [
    "src/policy/add-exemption.ts",
    "src/policy/cursor.ts",
    "src/policy/plain.ts",
    "src/policy/read.ts",
    "src/policy/yaml-text.ts",
  ],
  "@dagrejs/dagre": ["src/report/html/page/layout.ts"],
};

/** What linting a file without a policy must not load. */
const LATE = ["ajv", "diff", "eslint", "minimatch", "string-width", "unbash", "vscode-languageserver", "yaml"];

/** What goes online. */
const CLIENT = "src/registry/registry.ts";

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

describe("the registry client", () => {
  it("stands behind import(): a run that was not told to go online loads nothing that could", () => {
    expect(files).toContain(CLIENT);
    const outside = imports.filter(({ from, to }) => to === CLIENT && !from.startsWith("src/registry/"));
    expect(outside.filter(({ kind }) => kind === "value").map(shown)).toEqual([]);
  });
});

describe("sole importers", () => {
  it.each(Object.entries(SOLE_IMPORTERS))("%s: %s", (name, allowed) => {
    const importers = imports
      .filter(({ to, kind }) => kind !== "type" && packageOf(to) === name)
      .map(({ from }) => from);
    expect([...new Set(importers)].sort()).toEqual(allowed);
  });

  it("process: src/cli, the server's connection, and whose cache folder it is", () => {
    const users = files.filter((file) => usesGlobal(file, "process"));
    const others = users.filter((file) => !file.startsWith("src/cli/"));
    expect(others.sort()).toEqual(["server/main.ts", "src/files/user-cache.ts"]);
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

  it.each([
    "json",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "markdown",
    "html/html",
    "html/bases",
    "eslint",
  ])("not the report %s", (name) => {
    const path = pathTo(metafile, "src/cli/main.ts", (input) => input === `src/report/${name}.ts`);
    expect(path).toBeNull();
  });

  it.each([
    "src/cli/output/file-sink.ts",
    "src/cli/lint/fixed.ts",
    "src/cli/output/formatter.ts",
    "src/cli/threads/threads.ts",
    "src/cli/rule-texts.ts",
  ])("not %s", (name) => {
    expect(files).toContain(name);
    const path = pathTo(metafile, "src/cli/main.ts", (input) => input === name);
    expect(path).toBeNull();
  });

  it("but the report text", () => {
    expect(pathTo(metafile, "src/cli/main.ts", (input) => input === "src/report/text.ts")).not.toBeNull();
  });

  const late = [
    "registry/registry.ts",
    "registry/connections.ts",
    "lock/load.ts",
    "lock/text.ts",
    "facts/newer-tags.ts",
  ];
  it.each(late)("not src/%s", (name) => {
    expect(files).toContain(`src/${name}`);
    expect(pathTo(metafile, "src/cli/main.ts", (input) => input === `src/${name}`)).toBeNull();
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
