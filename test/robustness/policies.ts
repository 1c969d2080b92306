/** Policies for property tests: any mixture of keys that a policy file may hold. */
import fc, { type Arbitrary } from "fast-check";
import type { Policy } from "../../src/policy/policy.js";
import { testPolicy } from "../rules/test-policy.js";

const PATTERNS = ["node", "**", "golden/*", "docker.io/library/*", "python:3.1*", "mcr.microsoft.com/**", "alpine:3.1"];
const REGISTRIES = ["docker.io", "mcr.microsoft.com", "localhost:5000", "ghcr.io"];
const TIERS = ["golden", "official", "verified", "other"];
const LEVELS = ["none", "tag", "major", "minor", "patch", "digest"];
const RULES = ["no-latest", "approved-base", "approved-registry", "pin-precision", "explicit-tag", "no-eol-base"];

const list = (values: readonly string[]): Arbitrary<string[]> => fc.subarray([...values]);
const pattern = fc.constantFrom(...PATTERNS);

const bases = fc.record(
  {
    golden: fc.array(
      fc.record(
        {
          image: fc.constantFrom("golden/node", "localhost:5000/golden/python", "golden/*"),
          replaces: fc.array(pattern, { maxLength: 2 }),
          tags: fc.constantFrom(["22", "22.1.0"], ["3.12"], []),
        },
        { requiredKeys: ["image"] },
      ),
      { maxLength: 2 },
    ),
    allow: fc.record({ final: list(TIERS), build: list(TIERS), copied: list(TIERS) }, { requiredKeys: [] }),
    verified: fc.array(pattern, { maxLength: 2 }),
    deny: fc.array(pattern, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const registries = fc.record(
  {
    allow: list(REGISTRIES),
    insecure: list(REGISTRIES),
    mirrors: fc.constantFrom(
      { "docker.io": "harbor.corp/hub" },
      { "docker.io": "localhost:5000", "ghcr.io": "harbor.corp/ghcr" },
      { "docker.io/library": "mirror.corp" },
    ),
  },
  { requiredKeys: [] },
);

const keys = fc.record(
  {
    extends: fc.constantFrom([], ["recommended"], ["strict"]),
    bases,
    registries,
    pinning: fc.array(
      fc.record(
        { image: pattern, require: fc.constantFrom(...LEVELS), digest: fc.constantFrom("allow", "forbid") },
        { requiredKeys: ["image", "require"] },
      ),
      { maxLength: 2 },
    ),
    args: fc.dictionary(
      fc.constantFrom("VERSION", "TAG", "BASE"),
      fc.constantFrom("22", "", "node:22", "$TAG", "\ud800"),
    ),
    contexts: fc.dictionary(
      fc.constantFrom("node", "build", "golden/node"),
      fc.constantFrom("./docs", "docker-image://node:22", "docker-image://A", "https://example.com/x.git"),
    ),
    exemptions: fc.array(
      fc.record(
        {
          rule: fc.constantFrom(...RULES),
          image: pattern,
          files: fc.constantFrom("**", "other/**"),
          until: fc.constantFrom("2026-11-20", "2027-01-31"),
          reason: fc.constant("accepted"),
        },
        { requiredKeys: ["rule", "reason"] },
      ),
      { maxLength: 2 },
    ),
    rules: fc.boolean().map((strict) => ({
      "require-labels": [
        "error",
        { labels: { maintainer: "text", "org.opencontainers.image.version": "semver" }, strict },
      ],
    })),
    locked: list(["no-latest", "approved-base", "require-labels"]),
  },
  { requiredKeys: [] },
);

/** What the command line can add. */
const command = fc.record({
  target: fc.constantFrom(null, null, "build", "nothing"),
  buildArgs: fc.constantFrom<Record<string, string>>({}, {}, { TAG: "22" }, { VERSION: "latest", BASE: "alpine:3.1" }),
  contexts: fc.constantFrom<Record<string, string>>({}, {}, { node: "docker-image://alpine:3.1" }, { build: "/src" }),
  today: fc.constantFrom("2026-11-21", "2020-02-29", "2099-12-31"),
});

export interface Circumstances {
  readonly policies: readonly Policy[];
  readonly target: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, string>>;
  readonly today: string;
}

/** One policy, or one beside an outer one, and a command line. */
export const circumstances: Arbitrary<Circumstances> = fc
  .tuple(keys, fc.option(keys, { freq: 5 }), command)
  .map(([own, outer, rest]) => ({
    ...rest,
    policies: [...(outer === null ? [] : [testPolicy(outer, {}, { outer: true })]), testPolicy(own)],
  }));
