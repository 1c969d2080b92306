/** What is published. `npm test` has built dist/ before this runs. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin, wrap } from "node:module";
import { join, resolve } from "node:path";
import { Script } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";

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
  beforeAll(() => {
    const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [report] = JSON.parse(output) as [{ files: { path: string }[] }];
    packed = report.files.map(({ path }) => path);
  });

  it.each([
    "bin/fromlint.cjs",
    "dist/cli.cjs",
    "dist/index.js",
    "dist/server.cjs",
    "docs/rules/no-latest.md",
    "dist/THIRD-PARTY-NOTICES.txt",
    "schema.json",
    "LICENSE",
    "README.md",
  ])("holds %s", (file) => {
    expect(packed).toContain(file);
  });

  it("holds nothing that only this repository needs", () => {
    const places = new Set(packed.map((file) => file.split("/", 1)[0]));
    const expected = ["LICENSE", "README.md", "bin", "catalog", "dist", "docs", "package.json", "schema.json"];
    expect([...places].sort()).toEqual(expected);
  });
});

describe("dist", () => {
  const built = readdirSync(join(root, "dist")).filter((file) => /\.c?js$/.test(file));

  it.each(built.filter((file) => file.endsWith(".cjs")))("%s is CommonJS throughout", (file) => {
    expect(read(`dist/${file}`)).not.toMatch(/\bimport\.meta\b|^import |^export /m);
  });

  it.each(built)("%s needs nothing but Node and its neighbours", (file) => {
    const reference = file.endsWith(".cjs") ? /\brequire\("([^"]+)"\)/g : /^(?:import|export) .*"([^"]+)";$/gm;
    const needed = [...read(`dist/${file}`).matchAll(reference)].flatMap(([, name]) => name ?? []);
    expect(needed.filter((name) => !isBuiltin(name) && !built.includes(name.replace("./", "")))).toEqual([]);
  });

  it("brings the command compiled for this Node", () => {
    const filename = join(root, "dist/cli.cjs");
    const cachedData = readFileSync(`${filename}.${process.versions.v8}-${process.arch}`);
    const script = new Script(wrap(readFileSync(filename, "utf8")), { filename, cachedData });
    expect(script.cachedDataRejected).toBe(false);
  });

  it("runs where the compiled code does not fit", () => {
    const flags = ["--no-lazy", manifest.bin.fromlint, "--version"];
    expect(execFileSync(process.execPath, flags, { cwd: root, encoding: "utf8" }).trim()).toBe(manifest.version);
  });

  it("tells whose code is in it", () => {
    const notices = read("dist/THIRD-PARTY-NOTICES.txt");
    expect(notices).toMatch(/^dockerfile-ast \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(notices).toMatch(/^yaml \d+\.\d+\.\d+ \(ISC\)$/m);
  });

  it("can be imported and required", async () => {
    const imported = (await import(join(root, "dist/index.js"))) as object;
    const required = createRequire(import.meta.url)(join(root, "dist/index.js")) as object;
    expect(Object.keys(imported)).not.toEqual([]);
    expect(Object.keys(required)).toEqual(Object.keys(imported));
  });
});

it.each(["package-lock.json", "editors/vscode/package-lock.json"])("%s names no registry", (file) => {
  expect(read(file)).not.toContain('"resolved": "http');
});
