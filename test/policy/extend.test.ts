/** `extends`: presets, files and packages. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Policy } from "../../src/policy/policy.js";
import { isIgnored, resolvePolicy } from "../../src/policy/resolve.js";
import { folderWith } from "../cli/folder.js";
import { fileErrors, loadedFile } from "./known.js";

type Files = Readonly<Record<string, string>>;

/** The policy of Dockerfile in the folder of `entry`. */
function resolved(files: Files, entry = "fromlint.yaml"): Policy {
  const folder = folderWith(files);
  const file = join(folder, entry);
  return resolvePolicy(loadedFile(file), join(file, "../Dockerfile"));
}

function errors(files: Files, entry = "fromlint.yaml"): string[] {
  const folder = folderWith(files);
  return fileErrors(join(folder, entry), folder);
}

/** The values of the argument A that each file of these tests sets differently. */
const sets = (name: string, more = ""): string =>
  `${more === "" ? "extends: []" : more}\nargs: { ${name}: ${name}, A: ${name} }\n`;

describe("presets", () => {
  it("need no file", () => {
    expect(resolved({ "fromlint.yaml": "extends: [strict]" }).pinning[0]).toMatchObject({ require: "patch" });
  });

  it("come in the order of the list: later ones win", () => {
    const { pinning, rules } = resolved({ "fromlint.yaml": "extends: [recommended, strict]" });
    expect(pinning.map(({ require }) => require)).toEqual(["patch", "major", "minor"]);
    expect(rules["pin-precision"]?.severity).toBe(2);
  });
});

describe("files", () => {
  it("are relative to the file that names them", () => {
    const { args } = resolved(
      {
        "app/fromlint.yaml": "extends: [../base/main.yaml]",
        "base/main.yaml": sets("main", "extends: [./more.yaml]"),
        "base/more.yaml": sets("more"),
      },
      "app/fromlint.yaml",
    );
    expect(args).toEqual({ more: "more", main: "main", A: "main" });
  });

  it("may be JSON, and need no `./` when the name ends like a file's", () => {
    expect(
      resolved({ "fromlint.yaml": "extends: [base.json]", "base.json": '{"extends": [], "args": {"A": "x"}}' }).args,
    ).toEqual({ A: "x" });
  });

  it("later ones win over earlier ones, the file itself over all", () => {
    const files = { "a.yaml": sets("a"), "b.yaml": sets("b") };
    expect(resolved({ ...files, "fromlint.yaml": "extends: [./a.yaml, ./b.yaml]" }).args.A).toBe("b");
    expect(resolved({ ...files, "fromlint.yaml": sets("own", "extends: [./a.yaml, ./b.yaml]") }).args.A).toBe("own");
  });

  it("extend `recommended` like every policy when they do not say", () => {
    expect(resolved({ "fromlint.yaml": "extends: [./a.yaml]", "a.yaml": "" }).rules["no-latest"]?.severity).toBe(2);
    expect(resolved({ "fromlint.yaml": "extends: [./a.yaml]", "a.yaml": "extends: []" }).rules).toEqual({});
  });

  it("that are reached twice count once, before all that extend them", () => {
    const base = "extends: []\nbases: { deny: [once] }\nargs: { A: base }";
    const { bases, args } = resolved({
      "fromlint.yaml": "extends: [./a.yaml, ./b.yaml]",
      "a.yaml": sets("a", "extends: [./base.yaml]"),
      "b.yaml": "extends: [./base.yaml]",
      "base.yaml": base,
    });
    expect(bases.deny.map(({ text }) => text)).toEqual(["once"]);
    expect(args.A).toBe("a");
  });

  it("that are reached twice over many steps take no time", () => {
    const files: Record<string, string> = {
      "fromlint.yaml": "extends: [./0.yaml, ./0.yaml]",
      "25.yaml": "extends: []",
    };
    for (let index = 0; index < 25; index++) {
      files[`${index}.yaml`] = `extends: [./${index + 1}.yaml, ./${index + 1}.yaml]\nbases: { deny: [a${index}] }`;
    }
    expect(resolved(files).bases.deny).toHaveLength(25);
  });

  it("have globs and relative paths of their own folder", () => {
    const folder = folderWith({
      "fromlint.yaml": "extends: []\nignore: [vendor/**]\ncontext: .\ncontexts: { docs: docs }",
      "app/fromlint.yaml": "extends: [../fromlint.yaml]",
    });
    const own = loadedFile(join(folder, "app/fromlint.yaml"));
    expect(isIgnored(own, join(folder, "vendor/Dockerfile"))).toBe(true);
    expect(isIgnored(own, join(folder, "app/vendor/Dockerfile"))).toBe(false);
    const { context, contexts } = resolvePolicy(own, join(folder, "app/Dockerfile"));
    expect({ context, docs: contexts.docs }).toEqual({ context: folder, docs: join(folder, "docs") });
  });

  it("are all listed, for whoever watches them", () => {
    const folder = folderWith({
      "fromlint.yaml": "extends: [./a.yaml]",
      "a.yaml": "extends: [./b.json]",
      "b.json": "{}",
    });
    const { files } = loadedFile(join(folder, "fromlint.yaml"));
    expect(files).toEqual(["fromlint.yaml", "a.yaml", "b.json"].map((name) => join(folder, name)));
  });
});

describe("packages", () => {
  const inModules = (name: string): string => `node_modules/${name}/fromlint.yaml`;

  it("carry a fromlint.yaml at their root, scope or not", () => {
    const { args } = resolved({
      "fromlint.yaml": "extends: [acme-policy, '@acme/policy']",
      [inModules("acme-policy")]: sets("plain"),
      [inModules("@acme/policy")]: sets("scoped"),
    });
    expect(args).toEqual({ plain: "plain", scoped: "scoped", A: "scoped" });
  });

  it("are found from the folder of the policy that names them, upwards", () => {
    const files = {
      "app/fromlint.yaml": "extends: [policy]",
      "app/deep/fromlint.yaml": "extends: [policy]",
      [inModules("policy")]: sets("root"),
      [`app/deep/${inModules("policy")}`]: sets("deep"),
    };
    expect(resolved(files, "app/fromlint.yaml").args.A).toBe("root");
    expect(resolved(files, "app/deep/fromlint.yaml").args.A).toBe("deep");
  });

  it("find their own packages from where they really lie, as in a linked store", () => {
    const folder = folderWith({
      "fromlint.yaml": "extends: [policy]",
      "store/node_modules/policy/fromlint.yaml": sets("policy", "extends: [base]"),
      "store/node_modules/base/fromlint.yaml": sets("base"),
    });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(folder, "store/node_modules/policy"), join(folder, "node_modules/policy"));
    expect(resolvePolicy(loadedFile(join(folder, "fromlint.yaml")), join(folder, "Dockerfile")).args).toMatchObject({
      base: "base",
      A: "policy",
    });
  });

  it("have the globs of the policy that holds: their own folder has no Dockerfiles", () => {
    const folder = folderWith({
      "app/fromlint.yaml": "extends: [policy]",
      [inModules("policy")]: "extends: [./more.yaml]\nignore: [vendor/**]",
      "node_modules/policy/more.yaml":
        "extends: []\noverrides: [{ files: legacy/**, pinning: [{ image: '**', require: none }] }]",
    });
    const own = loadedFile(join(folder, "app/fromlint.yaml"));
    expect(isIgnored(own, join(folder, "app/vendor/Dockerfile"))).toBe(true);
    expect(resolvePolicy(own, join(folder, "app/legacy/Dockerfile")).pinning).toHaveLength(1);
    expect(resolvePolicy(own, join(folder, "app/Dockerfile")).pinning).toHaveLength(0);
  });

  it("run no code", () => {
    const folder = folderWith({
      "fromlint.yaml": "extends: [policy]",
      [inModules("policy")]: sets("policy"),
      "node_modules/policy/package.json": '{"name": "policy", "main": "index.js", "exports": "./index.js"}',
      "node_modules/policy/index.js": 'throw new Error("was run")',
    });
    expect(fileErrors(join(folder, "fromlint.yaml"), folder)).toEqual([]);
  });
});

describe("errors, at the entry that names it", () => {
  it.each<[title: string, files: Files, error: string]>([
    [
      "no such file",
      { "fromlint.yaml": "extends:\n  - recommended\n  - ./gone.yaml" },
      "fromlint.yaml:3:5: there is no file `./gone.yaml`",
    ],
    [
      "a folder",
      { "fromlint.yaml": "extends: [./base]", "base/fromlint.yaml": "" },
      "fromlint.yaml:1:11: `./base` is a folder; name the policy file in it",
    ],
    [
      "no such package",
      { "fromlint.yaml": "extends: ['@acme/policy']" },
      "fromlint.yaml:1:11: there is no preset and no installed package `@acme/policy`; install it, or begin a file's name with `./`",
    ],
    [
      "nearly a preset",
      { "fromlint.yaml": "extends: [recomended]" },
      "fromlint.yaml:1:11: there is no preset and no installed package `recomended`; did you mean `recommended`?",
    ],
    [
      "neither",
      { "fromlint.yaml": "extends: ['a b']" },
      "fromlint.yaml:1:11: `a b` is neither a preset (`recommended`, `strict`), nor a file, nor a package",
    ],
    [
      "a package path, which could lead anywhere",
      { "fromlint.yaml": "extends: [a/../../b]" },
      "fromlint.yaml:1:11: `a/../../b` is neither a preset (`recommended`, `strict`), nor a file, nor a package",
    ],
    [
      "a package without a policy",
      { "fromlint.yaml": "extends: [policy]", "node_modules/policy/package.json": "{}" },
      "fromlint.yaml:1:11: the package `policy` has no fromlint.yaml at its root",
    ],
    [
      "itself",
      { "fromlint.yaml": "extends: [./fromlint.yaml]" },
      "fromlint.yaml:1:11: `extends` goes in a circle: fromlint.yaml -> fromlint.yaml",
    ],
    [
      "a circle, with the whole chain",
      {
        "fromlint.yaml": "extends: [./org/a.yaml]",
        "org/a.yaml": "extends: [./b.yaml]",
        "org/b.yaml": "rules: {}\nextends: [recommended, ./a.yaml]",
      },
      "org/b.yaml:2:24: `extends` goes in a circle: a.yaml -> b.yaml -> a.yaml",
    ],
    [
      "a file with errors: they are told where they are",
      { "fromlint.yaml": "extends: [./a.yaml]", "a.yaml": "rules: { no-lates: off }" },
      "a.yaml:1:10: there is no rule `no-lates`; did you mean `no-latest`?",
    ],
    [
      "a broken file",
      { "fromlint.yaml": "extends: [./a.yaml]", "a.yaml": "a: 1\na: 2" },
      "a.yaml:2:1: the key `a` is here twice; the first is on line 1",
    ],
  ])("%s", (_title, files, error) => {
    expect(errors(files)).toEqual([error]);
  });

  it("a circle through a link", () => {
    const folder = folderWith({ "fromlint.yaml": "extends: [./link.yaml]" });
    symlinkSync(join(folder, "fromlint.yaml"), join(folder, "link.yaml"));
    expect(fileErrors(join(folder, "fromlint.yaml"), folder)).toEqual([
      "fromlint.yaml:1:11: `extends` goes in a circle: fromlint.yaml -> fromlint.yaml",
    ]);
  });

  it("a chain without end in sight", () => {
    const folder = folderWith({});
    for (let index = 0; index < 100; index++) {
      writeFileSync(join(folder, `${index}.yaml`), `extends: [./${index + 1}.yaml]`);
    }
    expect(fileErrors(join(folder, "0.yaml"), folder)).toEqual([
      "31.yaml:1:11: the chain of `extends` is longer than 32 files",
    ]);
  });

  it("errors of several files are sorted by file and position", () => {
    const found = errors({
      "fromlint.yaml": "extends: [./b.yaml, ./a.yaml]\nfoo: 1",
      "a.yaml": "builder: x",
      "b.yaml": "context: 1\nbuilder: y",
    });
    expect(found.map((line) => line.split(": ", 1)[0])).toEqual([
      "a.yaml:1:10",
      "b.yaml:1:10",
      "b.yaml:2:10",
      "fromlint.yaml:2:1",
    ]);
  });
});
