/** `locked`: what files that extend a policy cannot change. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import type { Policy } from "../../src/policy/policy.js";
import { keysReadBy, READS } from "../../src/policy/reads.js";
import { resolvePolicy } from "../../src/policy/resolve.js";
import { folderWith } from "../cli/folder.js";
import { fileErrors, loadedFile } from "./known.js";

/** org.yaml locks; fromlint.yaml extends it and holds `near`. */
function errors(near: string, org: string, more: Readonly<Record<string, string>> = {}): string[] {
  const extend = near.includes("extends:") ? "" : "extends: [./org.yaml]\n";
  const folder = folderWith({ "fromlint.yaml": `${extend}${near}`, "org.yaml": org, ...more });
  return fileErrors(join(folder, "fromlint.yaml"), folder);
}

function resolved(near: string, org: string, dockerfile = "Dockerfile"): Policy {
  const folder = folderWith({ "fromlint.yaml": near, "org.yaml": org });
  return resolvePolicy(loadedFile(join(folder, "fromlint.yaml")), join(folder, dockerfile));
}

describe("a file that extends one with `locked` may not", () => {
  it.each([
    ["set the rule", "no-latest", "rules: { no-latest: off }", "2:10 `no-latest`", "locks this rule"],
    ["not even to what it is", "no-latest", "rules: { no-latest: error }", "2:10 `no-latest`", "locks this rule"],
    ["set bases", "approved-base", "bases: {}", "2:1 `bases`", "locks `approved-base`, which reads it"],
    [
      "allow a golden image more",
      "approved-base",
      "bases: { golden: [{ image: evil/* }] }",
      "2:1 `bases`",
      "locks `approved-base`, which reads it",
    ],
    ["set arguments", "approved-base", "args: { BASE: evil }", "2:1 `args`", "locks `approved-base`, which reads it"],
    [
      "set named contexts",
      "approved-base",
      "contexts: { node: 'docker-image://evil' }",
      "2:1 `contexts`",
      "locks `approved-base`, which reads it",
    ],
    [
      "declare a mirror, whose images have their origin's tier",
      "pin-precision",
      "registries: { mirrors: { docker.io: evil.example } }",
      "2:15 `registries.mirrors`",
      "locks `pin-precision`, which reads it",
    ],
    [
      "exempt from it",
      "approved-base",
      "exemptions: [{ rule: approved-base, reason: x }]",
      "2:14 an exemption from `approved-base`",
      "locks this rule",
    ],
    [
      "override it for some files",
      "no-latest",
      "overrides: [{ files: '**', rules: { no-latest: off } }]",
      "2:37 `no-latest`",
      "locks this rule",
    ],
    [
      "override what it reads",
      "approved-base",
      "overrides: [{ files: '**', bases: { allow: { final: [other] } } }]",
      "2:28 `bases`",
      "locks `approved-base`, which reads it",
    ],
    [
      "allow registries",
      "approved-registry",
      "registries: { allow: [evil.example] }",
      "2:1 `registries`",
      "locks `approved-registry`, which reads it",
    ],
    [
      "loosen pins",
      "pin-precision",
      "pinning: [{ image: '**', require: none }]",
      "2:1 `pinning`",
      "locks `pin-precision`, which reads it",
    ],
  ])("%s", (_title, rule, near, attempt, reason) => {
    const [place, ...what] = attempt.split(" ");
    expect(errors(near, `locked: [${rule}]`)).toEqual([
      `fromlint.yaml:${place}: ${what.join(" ")} cannot be set here: org.yaml:1:10 ${reason}`,
    ]);
  });

  it("set `unresolved-base` when `approved-base` is locked", () => {
    expect(errors("rules: { unresolved-base: off }", "locked: [approved-base]")).toEqual([
      "fromlint.yaml:2:10: `unresolved-base` cannot be set here: org.yaml:1:10 locks this rule (with `approved-base`)",
    ]);
    expect(errors("registries: {}", "locked: [approved-base]")).toEqual([
      "fromlint.yaml:2:1: `registries` cannot be set here: org.yaml:1:10 locks `unresolved-base`, which reads it (with `approved-base`)",
    ]);
  });

  it("do it further down the chain", () => {
    const team = "extends: [./org.yaml]\nrules: { pin-precision: off }";
    expect(
      errors("extends: [./team.yaml]\nrules: { no-latest: off }", "locked: [no-latest]", { "team.yaml": team }),
    ).toEqual(["fromlint.yaml:2:10: `no-latest` cannot be set here: org.yaml:1:10 locks this rule"]);
  });

  it.each([["before"], ["behind"]])("bring it in by a file listed %s it", (side) => {
    const list = side === "before" ? "./team.yaml, ./org.yaml" : "./org.yaml, ./team.yaml";
    const team = "extends: []\nbases: { golden: [{ image: evil/* }] }";
    expect(errors(`extends: [${list}]`, "locked: [approved-base]", { "team.yaml": team })).toEqual([
      "team.yaml:2:1: `bases` cannot be set here: org.yaml:1:10 locks `approved-base`, which reads it",
    ]);
  });

  it("do it where a package locks", () => {
    const folder = folderWith({
      "fromlint.yaml": "extends: ['@acme/policy']\nrules: { no-latest: off }",
      "node_modules/@acme/policy/fromlint.yaml": "locked:\n  - no-latest\n",
    });
    expect(fileErrors(join(folder, "fromlint.yaml"), folder)).toEqual([
      "fromlint.yaml:2:10: `no-latest` cannot be set here: node_modules/@acme/policy/fromlint.yaml:2:5 locks this rule",
    ]);
  });

  it("do it twice: each place is told once", () => {
    expect(errors("bases: {}\nrules: { approved-base: off }", "locked: [approved-base, unresolved-base]")).toEqual([
      "fromlint.yaml:2:1: `bases` cannot be set here: org.yaml:1:10 locks `approved-base`, which reads it",
      "fromlint.yaml:3:10: `approved-base` cannot be set here: org.yaml:1:10 locks this rule",
    ]);
  });
});

describe("it may", () => {
  it.each([
    ["set other rules", "rules: { no-latest: warn }"],
    ["set keys that the rule does not read", "pinning: [{ image: a, require: none }]\nbuilder: kaniko\nignore: [x/**]"],
    ["exempt from other rules", "exemptions: [{ rule: no-latest, reason: x }]"],
    ["override other things", "overrides: [{ files: '**', rules: { no-latest: off } }]"],
    ["lock more", "locked: [pin-precision]"],
    ["lock the same", "locked: [approved-base]"],
  ])("%s", (_title, near) => {
    expect(errors(near, "locked: [approved-base]\nbases: {}")).toEqual([]);
  });

  it("be extended together with a preset, which then leaves the locked rule alone", () => {
    const org =
      "extends: []\nlocked: [no-latest, pin-precision]\nrules: { no-latest: warn }\npinning: [{ image: a, require: tag }]";
    for (const list of ["./org.yaml, strict", "strict, ./org.yaml"]) {
      const { rules, pinning } = resolved(`extends: [${list}]`, org);
      expect(rules["no-latest"]).toEqual({ severity: 1, options: [] });
      expect(rules["pin-precision"]).toBeUndefined();
      expect(rules["require-labels"]?.severity).toBe(2);
      expect(pinning.map(({ pattern }) => pattern.text)).toEqual(["a"]);
    }
  });
});

describe("the locking file's own", () => {
  const org = [
    "locked: [approved-base, no-latest]",
    "rules: { no-latest: error }",
    "bases: { golden: [{ image: golden/* }] }",
    "exemptions: [{ rule: approved-base, image: 'python:3.7', reason: moving }]",
    "overrides: [{ files: 'images/**', bases: { allow: { final: [official] } }, rules: { no-latest: warn } }]",
  ].join("\n");

  it("overrides and exemptions hold", () => {
    const near = "extends: [./org.yaml]\nrules: { pin-precision: off }";
    const inside = resolved(near, org, "images/Dockerfile");
    expect(inside.bases.allow.final).toEqual(["official"]);
    expect(inside.rules["no-latest"]?.severity).toBe(1);
    expect(inside.exemptions.map(({ reason }) => reason)).toEqual(["moving"]);
    expect(resolved(near, org).bases.allow.final).toEqual(["golden"]);
  });

  it("bases may come from what it extends itself", () => {
    const more = { "base.yaml": "bases: { golden: [{ image: golden/* }] }\nrules: { no-latest: warn }" };
    expect(errors("", "extends: [./base.yaml]\nlocked: [approved-base, no-latest]", more)).toEqual([]);
  });

  it("lock is known to the policy, with its place", () => {
    const { locked, origins } = resolved("extends: [./org.yaml]", org);
    expect([...locked].sort()).toEqual(["approved-base", "no-latest", "unresolved-base"]);
    expect(origins.get("locked/no-latest")).toMatchObject({ line: 1, column: 25 });
  });
});

describe("--rule", () => {
  const load = (severities: ReadonlyMap<string, 0 | 1 | 2>): string[] => {
    const folder = folderWith({ "fromlint.yaml": "extends: [./org.yaml]", "org.yaml": "locked: [approved-base]" });
    return fileErrors(join(folder, "fromlint.yaml"), folder, { severities });
  };

  it("is refused for a locked rule, at the lock", () => {
    expect(load(new Map([["approved-base", 0]]))).toEqual([
      "org.yaml:1:10: --rule cannot change `approved-base`: the policy locks it here",
    ]);
    expect(load(new Map([["unresolved-base", 1]]))).toEqual([
      "org.yaml:1:10: --rule cannot change `unresolved-base`: the policy locks it here (with `approved-base`)",
    ]);
  });

  it("is fine for others", () => {
    expect(load(new Map([["no-latest", 0]]))).toEqual([]);
  });

  it("is refused for a rule that the file itself locks", () => {
    const folder = folderWith({ "fromlint.yaml": "locked: [no-latest]" });
    expect(fileErrors(join(folder, "fromlint.yaml"), folder, { severities: new Map([["no-latest", 1]]) })).toEqual([
      "fromlint.yaml:1:10: --rule cannot change `no-latest`: the policy locks it here",
    ]);
  });
});

describe("the keys that a rule reads", () => {
  it("are keys of the policy file", () => {
    const keys = ["args", "bases", "builder", "context", "contexts", "pinning", "registries", "registries/mirrors"];
    for (const rule of [...Object.keys(READS), "volatile-arg-late"]) {
      expect(keys).toEqual(expect.arrayContaining([...keysReadBy(rule)]));
    }
  });

  it("are listed for every rule that is not about layers", () => {
    const others = Object.keys(rules).filter((name) => rules[name]?.meta.docs.category !== "layers");
    expect(others.filter((name) => !(name in READS))).toEqual([]);
  });

  it("of a rule about layers are the context, the builder and what arguments say", () => {
    expect(keysReadBy("volatile-arg-late")).toEqual(["context", "builder", "args", "contexts"]);
  });
});
