/** The presets, and the policy of a preset alone. */
import { build } from "esbuild";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { PinningRule } from "../../src/policy/policy.js";
import { presetPolicy } from "../../src/policy/presets.js";
import { RECOMMENDED } from "../../src/policy/rules.generated.js";
import { ruleSettings } from "../../src/policy/severity.js";
import { known, reference } from "./known.js";

/** The level that the first matching line asks for. */
function level(pinning: readonly PinningRule[], image: string): string | undefined {
  return pinning.find(({ pattern }) => pattern.matches(reference(image)))?.require;
}

describe("recommended", () => {
  const { rules, pinning, bases, registries, file, folder, outer } = presetPolicy(
    "recommended",
    null,
    known.recommended,
  );

  it("has each rule's recommended severity; those that wait for declarations warn", () => {
    const severities = Object.fromEntries(Object.entries(rules).map(([name, { severity }]) => [name, severity]));
    expect(severities).toEqual({
      "approved-base": 1,
      "approved-registry": 1,
      "unresolved-base": 1,
      "no-latest": 2,
      "pin-precision": 1,
      "require-labels": 1,
      "volatile-arg-late": 1,
      "prefer-copy-link": 0,
    });
  });

  it("asks for a minor version, of docker/dockerfile for a major one", () => {
    expect(level(pinning, "docker.io/library/node:22")).toBe("minor");
    expect(level(pinning, "docker.io/docker/dockerfile:1")).toBe("major");
    expect(level(pinning, "ghcr.io/docker/dockerfile:1")).toBe("minor");
    expect(level(pinning, "docker.io/docker/dockerfile-upstream:1")).toBe("minor");
  });

  it("declares nothing and belongs to no file", () => {
    expect([bases.declared, registries.declared, file, folder, outer]).toEqual([false, false, null, null, false]);
    expect(pinning.map(({ pattern }) => pattern.place)).toEqual([null, null]);
  });
});

describe("strict", () => {
  const { rules, pinning } = presetPolicy("strict", null, known.recommended);

  it("makes every rule an error, except what is off in every preset", () => {
    const { "prefer-copy-link": off, ...others } = rules;
    expect(off?.severity).toBe(0);
    expect(Object.values(others).map(({ severity }) => severity)).toEqual(Object.keys(others).map(() => 2));
  });

  it("asks for a patch release of every image", () => {
    expect(level(pinning, "docker.io/library/node:22")).toBe("patch");
    expect(level(pinning, "docker.io/docker/dockerfile:1")).toBe("patch");
  });
});

describe("the preset of the built-in rules", () => {
  it("is what the rules recommend", () => {
    expect(Object.keys(presetPolicy("recommended").rules)).toEqual(Object.keys(RECOMMENDED));
  });

  it("takes --rule", () => {
    const { rules, origins } = presetPolicy("recommended", ruleSettings(new Map([["no-latest", 0]])));
    expect(rules["no-latest"]).toEqual({ severity: 0, options: [] });
    expect(origins.get("rules/no-latest")).toBe("--rule");
  });
});

it("a preset alone, looking for a policy and reading --rule load neither YAML, minimatch nor the validator", async () => {
  const root = resolve(import.meta.dirname, "../..");
  const { metafile } = await build({
    stdin: {
      contents: ["presets", "discover", "severity", "resolve", "print"]
        .map((name) => `import "./src/policy/${name}.js";`)
        .join("\n"),
      resolveDir: root,
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    write: false,
    metafile: true,
    treeShaking: false,
    logLevel: "silent",
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.some((path) => path.endsWith("src/policy/presets.ts"))).toBe(true);
  expect(
    inputs.filter((path) => /yaml|minimatch|ajv|validate|node_modules\/(?!fastest-levenshtein)/.test(path)),
  ).toEqual([]);
});
