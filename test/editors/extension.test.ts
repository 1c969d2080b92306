/** The extension's manifest says what is in the extension and in the server. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { stageExtension } from "../../scripts/vscode/stage.js";
import { DEFAULT_SETTINGS, readSettings } from "../../server/settings.js";

const root = resolve(import.meta.dirname, "../..");
const extension = join(root, "editors/vscode");
const read = (file: string): string => readFileSync(join(extension, file), "utf8");

interface Setting {
  readonly default: unknown;
  readonly enum?: readonly string[];
}

interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly yamlValidation: readonly { readonly url: string }[];
  };
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const settings = manifest.contributes.configuration.properties;

describe("the manifest", () => {
  it("has fromlint's version", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(manifest.version).toBe(version);
  });

  it("names the commands that the extension registers", () => {
    const registered = [...read("src/commands.ts").matchAll(/registerCommand\("([^"]+)"/g)].map(([, name]) => name);
    expect(manifest.contributes.commands.map(({ command }) => command).sort()).toEqual(registered.sort());
  });

  it("has the server's settings, with its defaults", () => {
    const own = Object.keys(DEFAULT_SETTINGS).map((name) => `fromlint.${name}`);
    expect(Object.keys(settings).sort()).toEqual([...own, "fromlint.trace.server"].sort());
    const defaults = Object.entries(settings).map(([name, setting]) => [
      name.replace("fromlint.", ""),
      setting.default,
    ]);
    expect(readSettings(Object.fromEntries(defaults))).toEqual(DEFAULT_SETTINGS);
  });

  it("offers only values that the server knows", () => {
    for (const run of settings["fromlint.run"]?.enum ?? []) expect(readSettings({ run }).run).toBe(run);
    expect(settings["fromlint.run"]?.enum).not.toHaveLength(0);
  });
});

describe("the staged extension", () => {
  let stage: string;
  let files: string[];
  beforeAll(async () => {
    stage = await stageExtension(root);
    files = readdirSync(stage, { recursive: true, encoding: "utf8" });
  });

  it("holds what the manifest names, the server and what the server reads", () => {
    const { main, icon, contributes } = manifest;
    const named = [main, icon, ...[...contributes.jsonValidation, ...contributes.yamlValidation].map(({ url }) => url)];
    const needed = [...named, "dist/server.cjs", "catalog/index.json", "docs/rules/no-latest.md", "LICENSE"];
    expect(needed.filter((file) => !existsSync(join(stage, file)))).toEqual([]);
  });

  it("holds no sources and no packages", () => {
    expect(files.filter((file) => /node_modules|\.ts$|\.map$|\.svg$/.test(file))).toEqual([]);
  });

  it("tells whose code is in it", () => {
    const notices = readFileSync(join(stage, "THIRD-PARTY-NOTICES.txt"), "utf8");
    expect(notices).toMatch(/^vscode-languageclient \d+\.\d+\.\d+ \(MIT\)$/m);
    expect(notices).toMatch(/^dockerfile-ast \d+\.\d+\.\d+ \(MIT\)$/m);
  });
});
