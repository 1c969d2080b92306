/** What is published. `npm test` has built dist/ before this runs. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { rules as sources } from "../rules/index.js";

const root = resolve(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<string, unknown> & { bin: { fromlint: string } };

describe("package.json", () => {
  it("brings no other package along", () => {
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).not.toHaveProperty("optionalDependencies");
  });

  it("names a command that can be run", () => {
    const command = join(root, manifest.bin.fromlint);
    expect(readFileSync(command, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(() => accessSync(command, constants.X_OK)).not.toThrow();
  });

  it("keeps scripts silent while npm packs: pre-commit takes that output for the file's name", () => {
    expect(read(".npmrc")).toMatch(/^foreground-scripts=false$/m);
  });
});

describe("npm pack", () => {
  let packed: string[];
  let unpackedSize: number;
  beforeAll(() => {
    const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [report] = JSON.parse(output) as [{ files: { path: string }[]; unpackedSize: number }];
    unpackedSize = report.unpackedSize;
    packed = report.files.map(({ path }) => path);
  });

  it.each([
    "bin/fromlint.cjs",
    "bin/import.cjs",
    "dist/dockerfile-ast.cjs",
    "dist/cli.cjs",
    "dist/index.js",
    "dist/server.cjs",
    "dist/rule-texts.txt",
    "dist/catalog/index.json",
    "dist/catalog/images/docker.io/library/node.json",
    "dist/THIRD-PARTY-NOTICES.txt",
    "schema.json",
    "LICENSE",
    "README.md",
  ])("holds %s", (file) => {
    expect(packed).toContain(file);
  });

  it("holds nothing else", () => {
    const known = [
      /^(?:LICENSE|README\.md|package\.json|schema\.json)$/,
      /^bin\/(?:fromlint|import)\.cjs$/,
      /^dist\/(?:index|eslint)\.(?:js|cjs|d\.ts|d\.cts)$/,
      /^dist\/(?:start|cli|server|dockerfile-ast)\.cjs$/,
      // What they share or load later: the name of a source, or none, and a hash.
      /^dist\/[a-z-]+-[A-Z0-9]{8}\.cjs$/,
      /^dist\/catalog\/(?:index|images\/[\w./-]+)\.json$/,
      /^dist\/(?:rule-texts\.txt|THIRD-PARTY-NOTICES\.txt)$/,
    ];
    expect(packed.filter((file) => !known.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  it("is under 1.5 MB", () => {
    expect(unpackedSize).toBeLessThan(1_500_000);
  });
});

describe("dist", () => {
  const built = readdirSync(join(root, "dist")).filter((file) => /\.c?js$/.test(file));

  it.each(built.filter((file) => file.endsWith(".cjs")))("%s is CommonJS throughout", (file) => {
    expect(read(`dist/${file}`)).not.toMatch(/\bimport\.meta\b|^import |^export /m);
  });

  it.each(built)("%s needs nothing but Node and its neighbours", (file) => {
    const reference = file.endsWith(".cjs") ? /\brequire\("([^"]+)"\)/g : /^import .*"([^"]+)";$/gm;
    const needed = [...read(`dist/${file}`).matchAll(reference)].flatMap(([, name]) => name ?? []);
    expect(needed.filter((name) => !isBuiltin(name) && !built.includes(name.replace("./", "")))).toEqual([]);
  });

  it("tells whose code is in it", () => {
    const notices = read("dist/THIRD-PARTY-NOTICES.txt");
    expect(notices).toMatch(/^dockerfile-ast \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(notices).toMatch(/^yaml \d+\.\d+\.\d+ \(ISC\)$/m);
  });

  it.each(["index", "eslint"])("%s gives the same objects to import and require()", (name) => {
    // In a Node of its own: vitest has ways of its own with CommonJS.
    const script = `
      const required = require("./dist/${name}.cjs");
      import("./dist/${name}.js").then((imported) => {
        const pairs = Object.entries(imported).map(([key, value]) => [key === "default" ? required : required[key], value]);
        console.log(pairs.length > 0 && pairs.every(([one, other]) => one === other));
      });`;
    expect(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" })).toBe("true\n");
  });

  it("has code in ASCII alone, as the loader reads it", () => {
    const code = readdirSync(join(root, "dist")).filter((name) => name.endsWith(".cjs"));
    expect(code).toContain("cli.cjs");
    expect(code.filter((name) => /[^\0-\x7f]/.test(read(`dist/${name}`)) && name !== "action.cjs")).toEqual([]);
  });

  it("has the prose of rules, which no start reads", async () => {
    const { rules } = (await import(join(root, "dist/index.js"))) as typeof import("../src/index.js");
    expect(rules["no-latest"]?.meta.docs.reason).toBe(sources["no-latest"]?.meta.docs.reason);
    expect(rules["no-latest"]?.meta.docs.examples).toEqual(sources["no-latest"]?.meta.docs.examples);
    expect(read("dist/cli.cjs")).not.toContain("is a tag like any other");
  });
});

it.each(["package-lock.json", "editors/vscode/package-lock.json"])("%s names no registry", (file) => {
  expect(read(file)).not.toContain('"resolved": "http');
});
