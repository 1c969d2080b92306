/** "What it means, exactly": the sentences about the policy file, one by one. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isIgnored, resolvePolicy } from "../../src/policy/resolve.js";
import { folderWith } from "../cli/folder.js";
import { errorsOf, fileErrors, loaded, loadedFile, matches, policy } from "./known.js";

const OFF = { severity: 0, options: [] };
const WARN = { severity: 1, options: [] };
const ERROR = { severity: 2, options: [] };

describe("defaults", () => {
  it("without `extends` a policy extends `recommended`", () => {
    const { rules, pinning } = policy("builder: kaniko");
    expect(rules["no-latest"]).toEqual(ERROR);
    expect(pinning.map(({ pattern, require }) => [pattern.text, require])).toEqual([
      ["docker/dockerfile", "major"],
      ["**", "minor"],
    ]);
  });

  it("so does an empty file", () => {
    expect(policy("").rules).toEqual(policy("extends: [recommended]").rules);
  });

  it("`extends: []` starts from nothing", () => {
    const { rules, pinning, builder, context, locked } = policy("extends: []");
    expect(Object.keys(rules)).toEqual([]);
    expect(pinning).toEqual([]);
    expect({ builder, context, locked: [...locked] }).toEqual({ builder: "buildkit", context: null, locked: [] });
  });

  it("with `golden` and no `allow`: golden first, the others where they do less harm", () => {
    expect(policy("bases: { golden: [{ image: golden/* }] }").bases.allow).toEqual({
      final: ["golden"],
      build: ["golden", "official"],
      copied: ["golden", "official", "verified"],
    });
  });

  it("a `golden` that has become empty still says so: the gate does not open by deleting a line", () => {
    expect(policy("bases: { golden: [] }").bases.allow.final).toEqual(["golden"]);
  });

  it("with `golden`, a role that `allow` leaves out keeps that default", () => {
    expect(policy("bases: { golden: [{ image: a }], allow: { build: [other] } }").bases.allow).toEqual({
      final: ["golden"],
      build: ["other"],
      copied: ["golden", "official", "verified"],
    });
  });

  it.each([
    ["without bases", ""],
    ["with others of its keys", "bases: { deny: [evil/*] }"],
  ])("without `golden` and `allow`: golden, official and verified in every role (%s)", (_title, text) => {
    const tiers = ["golden", "official", "verified"];
    expect(policy(text).bases.allow).toEqual({ final: tiers, build: tiers, copied: tiers });
  });

  it("without `registries` every registry is allowed, and none may be insecure", () => {
    expect(policy("").registries).toEqual({ declared: false, allow: null, insecure: [], mirrors: {} });
  });
});

describe("severities follow from what is declared", () => {
  it.each([
    ["nothing", "", [1, 1, 1]],
    ["bases", "bases: {}", [2, 1, 2]],
    ["registries", "registries: {}", [1, 2, 2]],
    ["both", "bases: {}\nregistries: {}", [2, 2, 2]],
    ["a severity of one's own", "bases: {}\nrules: { unresolved-base: warn, approved-base: off }", [0, 1, 1]],
  ])("%s", (_title, text, expected) => {
    const { rules } = policy(text);
    const names = ["approved-base", "approved-registry", "unresolved-base"];
    expect(names.map((name) => rules[name]?.severity)).toEqual(expected);
  });

  it("in an override, for the files that it names", () => {
    const text = "overrides: [{ files: images/**, bases: { deny: [evil/*] } }]";
    expect(policy(text).rules["approved-base"]).toEqual(WARN);
    expect(policy(text, "images/Dockerfile").rules["approved-base"]).toEqual(ERROR);
  });
});

describe("patterns", () => {
  it("are qualified as references are", () => {
    const { bases } = policy("bases: { deny: [golden/*, 'python:3.7*', index.docker.io/acme/app] }");
    const [golden, python, app] = bases.deny;
    expect(matches(golden, "docker.io/golden/node:22")).toBe(true);
    expect(matches(golden, "ghcr.io/golden/node:22")).toBe(false);
    expect(matches(python, "docker.io/library/python:3.7.17")).toBe(true);
    expect(matches(app, "docker.io/acme/app")).toBe(true);
  });

  it("unless they start with `**`", () => {
    const [any] = policy("bases: { deny: ['**/golden/*'] }").bases.deny;
    expect(matches(any, "ghcr.io/golden/node")).toBe(true);
  });

  it("`*` stops at `/`", () => {
    const [one] = policy("bases: { deny: [golden/*] }").bases.deny;
    expect(matches(one, "docker.io/golden/team/node")).toBe(false);
  });

  it("without `:tag` any tag matches", () => {
    const [python] = policy("bases: { deny: [python] }").bases.deny;
    expect(matches(python, "docker.io/library/python:3.13-slim")).toBe(true);
  });

  it("keep their text and their place", () => {
    const [, second] = policy("bases:\n  deny:\n    - a\n    - b:1\n").bases.deny;
    expect(second).toMatchObject({ text: "b:1", place: { file: "/project/fromlint.yaml", line: 4, column: 7 } });
  });
});

describe("file globs", () => {
  it("are relative to the policy's folder", () => {
    const own = loaded("ignore: ['vendor/**']");
    expect(isIgnored(own, "/project/vendor/x/Dockerfile")).toBe(true);
    expect(isIgnored(own, "/project/app/vendor/Dockerfile")).toBe(false);
    expect(isIgnored(own, "/vendor/Dockerfile")).toBe(false);
    expect(isIgnored(own, "/project/Dockerfile")).toBe(false);
  });

  it("or to another folder, when the caller says so (a policy from outside)", () => {
    const own = loaded("ignore: ['vendor/**']\ncontext: .", { folder: "/elsewhere" });
    expect(isIgnored(own, "/elsewhere/vendor/Dockerfile")).toBe(true);
    expect(isIgnored(own, "/project/vendor/Dockerfile")).toBe(false);
    expect(resolvePolicy(own, "/elsewhere/Dockerfile").context).toBe("/elsewhere");
  });

  it("without `ignore` nothing is ignored", () => {
    expect(isIgnored(loaded(""), "/project/Dockerfile")).toBe(false);
  });
});

describe("merging", () => {
  const folder = (near: string, far: string): string =>
    folderWith({ "fromlint.yaml": `extends: [./far.yaml]\n${near}`, "far.yaml": `extends: []\n${far}` });
  const merged = (near: string, far: string) => {
    const root = folder(near, far);
    return resolvePolicy(loadedFile(join(root, "fromlint.yaml")), join(root, "Dockerfile"));
  };
  const texts = (list: readonly { readonly text: string }[]): string[] => list.map(({ text }) => text);

  it("maps merge by key: args", () => {
    expect(merged("args: { A: near, C: c }", "args: { A: far, B: b }").args).toEqual({ A: "near", B: "b", C: "c" });
  });

  it("maps merge by key: contexts", () => {
    const { contexts } = merged(
      "contexts: { a: docker-image://x }",
      "contexts: { a: docker-image://y, b: 'https://b' }",
    );
    expect(contexts).toEqual({ a: "docker-image://x", b: "https://b" });
  });

  it("maps merge by key: rules", () => {
    const { rules } = merged("rules: { no-latest: warn }", "rules: { no-latest: error, pin-precision: error }");
    expect(rules).toEqual({ "no-latest": WARN, "pin-precision": ERROR });
  });

  it("a rule that is set to a severity alone keeps its options; with options it has these only", () => {
    const far =
      "rules: { volatile-arg-late: [error, { names: [A] }], require-labels: [error, { labels: { a: url } }] }";
    const { rules } = merged("rules: { volatile-arg-late: warn, require-labels: [warn, {}] }", far);
    expect(rules).toEqual({
      "volatile-arg-late": { severity: 1, options: [{ names: ["A"] }] },
      "require-labels": { severity: 1, options: [{}] },
    });
  });

  it("maps merge by key: bases, and the roles of allow", () => {
    const { bases } = merged(
      "bases: { allow: { final: [golden] } }",
      "bases: { allow: { final: [other], build: [other] } }",
    );
    expect(bases.allow).toEqual({ final: ["golden"], build: ["other"], copied: ["golden", "official", "verified"] });
  });

  it("maps merge by key: registries, and the mirrors", () => {
    const { registries } = merged(
      "registries: { mirrors: { docker.io: near.example/hub } }",
      "registries: { allow: [far.example], mirrors: { docker.io: far.example, quay.io: far.example/quay } }",
    );
    expect(registries.allow).toEqual(["far.example"]);
    expect(registries.mirrors).toEqual({ "docker.io": "near.example/hub", "quay.io": "far.example/quay" });
  });

  it("golden, verified and deny put the nearer file's entries first", () => {
    const { bases } = merged(
      "bases: { golden: [{ image: n1 }, { image: n2 }], verified: [nv], deny: [nd] }",
      "bases: { golden: [{ image: f1 }], verified: [fv], deny: [fd] }",
    );
    expect(texts(bases.golden.map(({ pattern }) => pattern))).toEqual(["n1", "n2", "f1"]);
    expect(texts(bases.verified)).toEqual(["nv", "fv"]);
    expect(texts(bases.deny)).toEqual(["nd", "fd"]);
  });

  it("so do pinning and exemptions", () => {
    const { pinning, exemptions } = merged(
      "pinning: [{ image: n, require: tag }]\nexemptions: [{ rule: no-latest, reason: near }]",
      "pinning: [{ image: f, require: patch }]\nexemptions: [{ rule: no-latest, reason: far }]",
    );
    expect(texts(pinning.map(({ pattern }) => pattern))).toEqual(["n", "f"]);
    expect(exemptions.map(({ reason }) => reason)).toEqual(["near", "far"]);
  });

  it("other lists replace: the registries that are allowed, the tiers of a role, what is ignored", () => {
    const { registries, bases } = merged(
      "registries: { allow: [near.example] }\nbases: { allow: { final: [verified] } }",
      "registries: { allow: [far.example], insecure: [far.example] }\nbases: { allow: { final: [golden, official] } }",
    );
    expect(registries.allow).toEqual(["near.example"]);
    expect(registries.insecure).toEqual(["far.example"]);
    expect(bases.allow.final).toEqual(["verified"]);
    const root = folder("ignore: [near/**]", "ignore: [far/**]");
    const own = loadedFile(join(root, "fromlint.yaml"));
    expect(isIgnored(own, join(root, "near/Dockerfile"))).toBe(true);
    expect(isIgnored(own, join(root, "far/Dockerfile"))).toBe(false);
  });

  it("a single value is the nearest one", () => {
    expect(merged("builder: kaniko", "builder: buildah").builder).toBe("kaniko");
    expect(merged("", "builder: buildah").builder).toBe("buildah");
  });
});

describe("pinning", () => {
  it("says which digest may stand there: any, unless it is forbidden", () => {
    const { pinning } = policy(
      "extends: []\npinning: [{ image: a, require: patch, digest: forbid }, { image: b, require: digest }]",
    );
    expect(pinning.map(({ require, digest }) => [require, digest])).toEqual([
      ["patch", "forbid"],
      ["digest", "allow"],
    ]);
  });
});

describe("build context, arguments and named contexts", () => {
  it("the context is a folder relative to the file", () => {
    expect(policy("context: .").context).toBe("/project");
    expect(policy("context: ../shared").context).toBe("/shared");
    expect(policy("").context).toBeNull();
  });

  it("a named context is a folder relative to the file, unless it is a URL or an image", () => {
    const { contexts } = policy(
      "contexts: { docs: ./docs, base: 'docker-image://alpine:3.24', up: ../up, git: 'https://git.example/x.git#main', layout: 'oci-layout:///x' }",
    );
    expect(contexts).toEqual({
      docs: "/project/docs",
      base: "docker-image://alpine:3.24",
      up: "/up",
      git: "https://git.example/x.git#main",
      layout: "oci-layout:///x",
    });
  });

  it("a name that JavaScript knows is just a name", () => {
    const { args, contexts, rules } = policy("args: { constructor: a }");
    expect(args.constructor).toBe("a");
    expect("toString" in contexts || "toString" in args || "toString" in rules).toBe(false);
  });

  it("an argument may be empty", () => {
    expect(policy("args: { A: '' }").args).toEqual({ A: "" });
  });
});

describe("exemptions", () => {
  const [exemption] = policy(
    "exemptions:\n- { rule: approved-base, image: 'python:3.7*', files: 'legacy/**', until: 2027-01-31, reason: moving }",
  ).exemptions;

  it("hold for images and files that match", () => {
    expect(matches(exemption?.image ?? undefined, "docker.io/library/python:3.7")).toBe(true);
    expect(exemption?.files?.("/project/legacy/a/Dockerfile")).toBe(true);
    expect(exemption?.files?.("/project/Dockerfile")).toBe(false);
  });

  it("never match on the name alone when the registry differs", () => {
    expect(matches(exemption?.image ?? undefined, "evil.example/library/python:3.7")).toBe(false);
    expect(matches(exemption?.image ?? undefined, "evil.example/python:3.7")).toBe(false);
  });

  it("keep rule, date, reason and place for whoever reports them", () => {
    expect(exemption).toMatchObject({
      rule: "approved-base",
      until: "2027-01-31",
      reason: "moving",
      globs: ["legacy/**"],
      place: { file: "/project/fromlint.yaml", line: 2, column: 3 },
    });
  });

  it("without image, files and date hold for all images and files, for ever", () => {
    const [open] = policy("exemptions: [{ rule: no-latest, reason: x }]").exemptions;
    expect(open).toMatchObject({ image: null, files: null, globs: null, until: null });
  });

  it("may name several globs", () => {
    const [two] = policy("exemptions: [{ rule: no-latest, files: [a/**, b/**], reason: x }]").exemptions;
    expect(["a/D", "b/D", "c/D"].map((file) => two?.files?.(`/project/${file}`))).toEqual([true, true, false]);
  });
});

describe("registries", () => {
  it("are held under their canonical names", () => {
    const { registries } = policy(
      "registries: { allow: [index.docker.io, quay.io], mirrors: { registry-1.docker.io/library: mirror.example/lib } }",
    );
    expect(registries.allow).toEqual(["docker.io", "quay.io"]);
    expect(registries.mirrors).toEqual({ "docker.io/library": "mirror.example/lib" });
  });
});

describe("JSON", () => {
  it("means the same, with places of its own, and may name its schema", () => {
    const text = '{\n  "$schema": "./node_modules/fromlint/schema.json",\n  "rules": { "no-latest": "off" }\n}';
    expect(errorsOf(text, "/project/fromlint.json")).toEqual([]);
    expect(policy(text).rules["no-latest"]).toEqual(OFF);
    expect(errorsOf(text.replace('"off"', '"of"'), "/project/fromlint.json")[0]).toMatch(
      /^3:27 `rules\.no-latest` cannot be `of`.*did you mean `off`\?$/,
    );
  });
});

describe("a policy that is not there", () => {
  it("is an error too", () => {
    const folder = folderWith({});
    expect(fileErrors(join(folder, "gone.yaml"), folder)).toEqual([
      "gone.yaml:1:1: cannot be read: there is no such file",
    ]);
  });
});
