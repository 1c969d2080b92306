/** The policy that `fromlint init` writes: what it says, and that it is one whatever the images are called. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseReference, type Reference } from "../../src/facts/reference.js";
import { LEVELS } from "../../src/facts/pinning.js";
import { policyText } from "../../src/init/policy-text.js";
import { proposalOf, type Surroundings } from "../../src/init/proposal.js";
import type { InitUse } from "../../src/init/uses.js";
import { loadPolicyText } from "../../src/policy/load.js";
import { ROLES, TIERS } from "../../src/policy/policy.js";
import { use } from "./use.js";

const ALONE: Surroundings = { files: ["Dockerfile"], owner: null, refusal: () => null };

interface Written {
  readonly bases: { readonly golden?: readonly object[]; readonly allow: object };
  readonly registries?: object;
  readonly pinning: readonly { readonly image: string; readonly require: string }[];
}

function written(uses: readonly InitUse[], given: Partial<Surroundings> = {}): { text: string; data: Written } {
  const text = policyText(proposalOf(uses, { ...ALONE, ...given }));
  return { text, data: parse(text) as Written };
}

/** The level that the policy asks for, and the remark behind it. */
function pinning(images: readonly string[]): string {
  const { text } = written(images.map((image) => use(image)));
  return text.trimEnd().split("\n").at(-1)?.trim() ?? "";
}

describe("the policy", () => {
  it("in full", () => {
    const uses = [
      use("harbor.corp:5000/base/node:22.4.1"),
      use("golang:1.27.0", { role: "build" }),
      use("prom/prometheus:v3.1.0", { role: "copied" }),
      use("localhost:5000/x:1"),
    ];
    expect(written(uses).text).toBe(`# yaml-language-server: $schema=./node_modules/fromlint/schema.json

# Made by \`fromlint init\` from 1 Dockerfile with 4 image uses. Change it as you like.
# \`fromlint explain RULE\` says what a rule wants, \`fromlint explain IMAGE\` what is known of an image.
extends: [recommended] # or [strict]: every rule an error, exact tags, a lock file

# Which images may stand behind FROM: golden (your own), official (Docker Official Images), verified (known publishers).
bases:
  # Golden images: what your team makes and answers for. Look at each: they are told from their names alone.
  # \`replaces: [node]\` below one names the images that it stands in for; \`tags: [...]\` which tags there are.
  golden:
    - image: harbor.corp:5000/base/node # 1 use; harbor.corp:5000 is no public registry that is known
    - image: localhost:5000/x # 1 use; localhost:5000 is no public registry that is known

  # By no known publisher, so approved-base reports them. Put those that you trust into \`verified\`, replace the others:
  # verified:
  #   - "prom/prometheus" # 1 use

  # By role: final reaches the exported image, build stands behind another stage, copied gives files only.
  allow:
    final: [golden] # today: golden 2
    build: [golden, official] # today: official 1
    copied: [golden, official, verified] # today: other 1 (reported)

# Where images may come from; approved-registry reports any other. Only these are asked by --online and lock.
registries:
  allow:
    - docker.io # 2 uses
    - harbor.corp:5000 # 1 use
    - localhost:5000 # 1 use
  # Plain HTTP is accepted here and nowhere else: this machine.
  insecure:
    - localhost:5000

# How tightly a tag has to pin: none < tag < major < minor < patch < digest. The first line that matches holds.
pinning:
  - image: docker/dockerfile
    require: major # the frontend of \`# syntax=\` stays compatible within a major version
  - image: "**"
    require: patch # 3 of 4 tags in use are there; with digest 4 would fail
`);
  });

  it.each<[title: string, images: readonly string[], expected: string]>([
    [
      "the tightest that most reach",
      ["node:22.4", "node:22.4.1", "golang:1"],
      "require: minor # 2 of 3 tags in use are there; with patch 2 would fail",
    ],
    [
      "half is not most",
      ["node:22.4.1", "node:22"],
      "require: major # 2 of 2 tags in use are there; with minor 1 would fail",
    ],
    [
      "what other rules report does not count",
      ["node", "node:latest", "node:22.4.1"],
      "require: patch # 1 of 1 tags in use are there; with digest 1 would fail",
    ],
    ["nothing has a tag", ["node", "node:latest"], "require: minor # no use has a tag yet"],
    [
      "words alone",
      ["node:lts", "debian:bookworm"],
      "require: tag # 2 of 2 tags in use are there; with major 2 would fail",
    ],
    ["digests", [`node:22@sha256:${"a".repeat(64)}`], "require: digest # 1 of 1 tags in use are there"],
    ["nothing at all", [], "require: minor"],
  ])("pinning: %s", (_title, images, expected) => {
    expect(pinning(images)).toBe(expected);
  });

  it("lists no registry that nobody should list unseen, and takes none of its images for golden", () => {
    const refusal = (registry: string): string | null => (registry === "10.0.0.1" ? "it is odd" : null);
    const { text, data } = written([use("10.0.0.1/a:1"), use("a_b.c/x:1"), use("node:22")], { refusal });
    expect(data.registries).toEqual({ allow: ["docker.io"] });
    expect(data.bases).not.toHaveProperty("golden");
    expect(text).toContain('# In use, and not to be listed unseen in registries.allow: "10.0.0.1" (it is odd).');
    expect(text).toContain('registries.allow: "a_b.c"');
    const alone = written([use("10.0.0.1/a:1")], { refusal });
    expect(alone.data).not.toHaveProperty("registries");
    expect(alone.text).toContain('"10.0.0.1" (it is odd)');
  });

  describe("images of cloud accounts", () => {
    /** The policy when somebody has taken the `#` from the line of that image, and of `golden:` where it is one. */
    const answered = (text: string, image: string): Written =>
      parse(
        text.replace(/^( +)# golden:$/m, "$1golden:").replace(`#   - image: "${image}"`, `  - image: ${image}`),
      ) as Written;

    it("are a question, and no golden image until somebody says so", () => {
      const { text, data } = written([use("acme.azurecr.io/base:1.2.3"), use("node:22.4.1")]);
      expect(text).toContain(`
  # Your team's? Nothing tells whose these accounts of cloud registries are. approved-base reports their images
  # until they are listed: as \`golden\` what your team makes, as \`verified\` what others make whom you trust.
  # golden:
  #   - image: "acme.azurecr.io/base" # 1 use; account acme
`);
      expect(text).not.toContain("By no known publisher");
      expect(data.bases).not.toHaveProperty("golden");
      expect(data.bases.allow).toHaveProperty("final", ["golden", "official"]);
      expect(data.registries).toEqual({ allow: ["acme.azurecr.io", "docker.io"] });
      expect(answered(text, "acme.azurecr.io/base").bases.golden).toEqual([{ image: "acme.azurecr.io/base" }]);
    });

    it("stand behind those that are golden", () => {
      const { text, data } = written([use("harbor.corp/base:1"), use("gcr.io/acme/base:1"), use("some/tool:1")]);
      expect(text).toContain("Your team's, too?");
      expect(text).toContain('# verified:\n  #   - "some/tool" # 1 use');
      expect(data.bases.golden).toEqual([{ image: "harbor.corp/base" }]);
      expect(answered(text, "gcr.io/acme/base").bases.golden).toEqual([
        { image: "harbor.corp/base" },
        { image: "gcr.io/acme/base" },
      ]);
    });

    it("are counted where they are very many", () => {
      const { text } = written(Array.from({ length: 150 }, (_, index) => use(`gcr.io/team${index}/x:1`)));
      expect(text).toContain("... and 50 more");
    });
  });

  it("counts what would make it too long", () => {
    const uses = Array.from({ length: 300 }, (_, index) => use(`who${index}/x:1`));
    const { text } = written(uses);
    expect(text).toContain("... and 200 more");
    expect(text.split("\n").length).toBeLessThan(150);
  });
});

const HOSTS = [
  "docker.io",
  "acme.azurecr.io",
  "gcr.io",
  "ghcr.io",
  "localhost:5000",
  "[::1]:5000",
  "REG.example:1",
  "a_b.c",
  "169.254.169.254",
  "1.2",
  "no.on",
];
const word = fc.stringMatching(/^[a-z0-9]{1,6}$/);
const name = fc.oneof(word, fc.constantFrom("true", "null", "on", "0x1", "1e3", "y", "a--b", "a__b"));
const tag = fc.stringMatching(/^[\w][\w.-]{0,8}$/);
const image = fc
  .tuple(fc.constantFrom(...HOSTS), fc.array(name, { minLength: 1, maxLength: 3 }), fc.option(tag))
  .map(([host, parts, suffix]) => `${host}/${parts.join("/")}${suffix === null ? "" : `:${suffix}`}`);

/** Names by the grammar, and whatever else the reader takes for a reference. */
const reference = fc
  .oneof(image, fc.string({ maxLength: 40 }), fc.string({ unit: "binary", maxLength: 20 }))
  .map((text): Reference => {
    const parsed = parseReference(text);
    return "reference" in parsed ? parsed.reference : SOME;
  });
const SOME: Reference = { registry: "docker.io", repository: "library/node", tag: null, digest: null };

const anyUse: fc.Arbitrary<InitUse> = fc.record({
  file: fc.oneof(fc.constantFrom("a/Dockerfile", "base/Dockerfile"), fc.string({ maxLength: 20 })),
  reference,
  role: fc.constantFrom(...ROLES),
  tier: fc.constantFrom(...TIERS.filter((tier) => tier !== "golden")),
  level: fc.constantFrom(...LEVELS),
  isPinnable: fc.boolean(),
});

describe("whatever the images are called", () => {
  it("it is YAML, and a policy", () => {
    const owner = fc.option(fc.oneof(word, fc.string({ maxLength: 10 })));
    fc.assert(
      fc.property(fc.array(anyUse, { maxLength: 40 }), owner, fc.string(), (uses, own, why) => {
        const surroundings = {
          files: uses.map(({ file }) => file),
          owner: own,
          refusal: (host: string) => (host === "1.2" ? why : null),
        };
        const { text, data } = written(uses, surroundings);
        const { errors } = loadPolicyText("/p/fromlint.yaml", text);
        expect(errors).toBeNull();
        expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=./node_modules/fromlint/schema.json");
        expect(Object.keys(data)).toEqual(expect.arrayContaining(["extends", "bases", "pinning"]));
        expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        for (const line of text.split("\n")) expect(line.length).toBeLessThan(600);
      }),
      { numRuns: 300 },
    );
  });

  it("the order in which they were found does not matter", () => {
    fc.assert(
      fc.property(
        fc
          .array(anyUse, { maxLength: 20 })
          .chain((uses) => fc.tuple(fc.constant(uses), fc.shuffledSubarray(uses, { minLength: uses.length }))),
        ([uses, shuffled]) => {
          expect(written(shuffled).text).toBe(written(uses).text);
        },
      ),
      { numRuns: 100 },
    );
  });
});
