/** `fromlint test-policy`: a policy and the images that it must pass or report. */
import { describe, expect, it } from "vitest";
import { folderWith } from "./folder.js";
import { runIn, type Ran } from "./run-in.js";

const POLICY = `
bases:
  golden: [{ image: registry.example.com/golden/* }]
registries: { allow: [docker.io, registry.example.com] }
rules: { require-labels: [error, { labels: { owner: email } }] }
`;

function test(examples: string, policy = POLICY): Promise<Ran> {
  return runIn(folderWith({ "fromlint.yaml": policy, "fromlint.test.yaml": examples }), "test-policy");
}

describe("examples that hold", () => {
  it.each([
    ["a golden image as final", "pass: { final: ['registry.example.com/golden/node:22.23'] }"],
    ["an official image behind a build", "pass: { build: ['node:22.23.2'], copied: ['alpine:3.24.1'] }"],
    ["an official image as final, which has to fail", "fail: { final: ['node:22.23.2'] }"],
    ["by which rule", "fail: { build: [{ image: 'quay.io/x/y:1.2.3', rule: approved-registry }] }"],
  ])("%s", async (_title, examples) => {
    const { code, stdout, stderr } = await test(examples);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^\d passed, 0 failed\n$/);
  });
});

describe("examples that do not", () => {
  it.each([
    [
      "pass: { final: ['node:22.23.2'] }",
      /^fromlint\.test\.yaml:1:17: `node:22\.23\.2` as final has to pass, and approved-base reports it: .+\n0 passed, 1 failed\n$/,
    ],
    [
      "fail: { build: ['node:22.23.2'] }",
      /^fromlint\.test\.yaml:1:17: `node:22\.23\.2` as build has to be reported, and passes\n0 passed, 1 failed\n$/,
    ],
    [
      "fail: { final: [{ image: 'node:22.23.2', rule: no-latest }] }",
      /`node:22\.23\.2` as final has to be reported by no-latest, and only approved-base reports it\n/,
    ],
  ])("%s", async (examples, expected) => {
    const { code, stdout } = await test(examples);
    expect(code).toBe(1);
    expect(stdout).toMatch(expected);
  });
});

describe("a file that is wrong", () => {
  it.each([
    ["", "there is no example in this file"],
    ["[]", "examples are `pass` and `fail`"],
    ["pas: {}", "`pas` is neither `pass` nor `fail`"],
    ["pass: []", "write images by role: final, build, copied"],
    ["pass: { finl: [] }", "`finl` is no role; there are final, build, copied"],
    ["pass: { final: node }", "write a list of images"],
    ["pass: { final: ['a b'] }", "an example is an image"],
    ['pass: { final: ["a\\nRUN x"] }', "an example is an image"],
    ["fail: { final: [{ image: a, rule: nothing }] }", 'there is no rule `"nothing"`'],
    ["pass: { final: [{ image: a, rule: no-latest }] }", "leave out `rule`"],
    ["fail: { final: [{ image: a, rul: x }] }", "`rul` is not known here"],
    ["pass: [", "not valid YAML"],
    ["\u001b[2J: 1", "`\\x1b[2J` is neither"],
  ])("%j", async (examples, said) => {
    const { code, stdout, stderr } = await test(examples);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^fromlint: fromlint\.test\.yaml:\d+:\d+: /);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain("\u001b");
  });

  it("is missing", async () => {
    const { code, stderr } = await runIn(folderWith({ "fromlint.yaml": "" }), "test-policy");
    expect([code, stderr]).toEqual([2, "fromlint: fromlint.test.yaml: the examples of the policy would stand here.\n"]);
  });

  it("so is the policy", async () => {
    expect((await runIn(folderWith({}), "test-policy nothing.yaml")).code).toBe(2);
  });
});
