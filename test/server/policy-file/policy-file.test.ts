/** fromlint.yaml as it is typed: completion, hover, the files of `extends`, and expired exemptions. */
import fc from "fast-check";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policyCompletionsAt } from "../../../server/policy-file/completion.js";
import { policyDefinitionAt } from "../../../server/policy-file/definition.js";
import { expiredExemptionsOf } from "../../../server/policy-file/expired.js";
import { policyHoverAt } from "../../../server/policy-file/hover.js";
import { loadPolicyText } from "../../../src/policy/load.js";
import { CURSOR, shown } from "../features/marked.js";

function split(text: string): { text: string; offset: number } {
  return { text: text.replace(CURSOR, ""), offset: text.indexOf(CURSOR) };
}

function labels(marked: string, most = 3): string[] {
  const { text, offset } = split(marked);
  return policyCompletionsAt(text, offset)
    .slice(0, most)
    .map(({ label }) => label);
}

/** The text with an item taken; what loads it says no more than it did of the rest. */
function taken(marked: string, label: string): string {
  const { text, offset } = split(marked);
  const item = policyCompletionsAt(text, offset).find((each) => each.label === label);
  if (!item) return `no ${label}`;
  const [from, to] = item.range;
  expect(from <= offset && offset <= to).toBe(true);
  return text.slice(0, from) + item.text + text.slice(to);
}

describe("completion of keys", () => {
  it.each<[title: string, text: string, label: string, result: string]>([
    ["in an empty file", "‸", "extends", "extends:\n  - "],
    ["half written", "ext‸", "extends", "extends:\n  - "],
    ["below others", "builder: kaniko\nba‸\n", "bases", "builder: kaniko\nbases:\n  \n"],
    ["above others", "‸\nbuilder: kaniko\n", "context", "context: \nbuilder: kaniko\n"],
    ["with its colon there already", "bui‸: kaniko", "builder", "builder: kaniko"],
    ["in a map", "bases:\n  ‸", "golden", "bases:\n  golden:\n    - "],
    ["in a map with others", "bases:\n  deny: [x]\n  all‸", "allow", "bases:\n  deny: [x]\n  allow:\n    "],
    ["in an item of a list", "bases:\n  golden:\n    - ‸", "image", "bases:\n  golden:\n    - image: "],
    [
      "further on in it",
      "bases:\n  golden:\n    - image: a/b\n      re‸",
      "replaces",
      "bases:\n  golden:\n    - image: a/b\n      replaces:\n        - ",
    ],
    ["in braces", "pinning:\n  - { image: x, re‸ }", "require", "pinning:\n  - { image: x, require:  }"],
    ["a rule", "rules:\n  no-la‸", "no-latest", "rules:\n  no-latest: "],
    [
      "a rule in an override",
      "overrides:\n  - files: x\n    rules:\n      ‸",
      "no-latest",
      "overrides:\n  - files: x\n    rules:\n      no-latest: ",
    ],
    [
      "an option of a rule",
      "rules:\n  no-eol-base: [warn, { ‸ }]",
      "warnDays",
      "rules:\n  no-eol-base: [warn, { warnDays:  }]",
    ],
    ["in JSON", "{\n  ‸\n}", "builder", '{\n  "builder": \n}'],
    ["in JSON, in quotes", '{ "bui‸" }', "builder", '{ "builder" }'],
    [
      "in JSON, with more behind",
      '{ "bui‸": "kaniko", "rules": {} }',
      "builder",
      '{ "builder": "kaniko", "rules": {} }',
    ],
    ["with CRLF", "builder: kaniko\r\nbases:\r\n  ‸\r\n", "deny", "builder: kaniko\r\nbases:\r\n  deny:\n    - \r\n"],
    ["where another line is broken", "builder: [\nrules:\n  no-la‸", "x", "no x"],
  ])("%s", (_title, text, label, result) => {
    expect(taken(text, label)).toBe(result);
  });

  it("leaves out what is there already", () => {
    expect(labels("bases:\n  deny: [x]\n  ‸", 99)).not.toContain("deny");
    expect(labels("rules:\n  no-latest: error\n  ‸", 99)).not.toContain("no-latest");
  });

  it("tells what each is for", () => {
    const { text, offset } = split("rules:\n  ‸");
    const rule = policyCompletionsAt(text, offset).find(({ label }) => label === "no-latest");
    expect(rule?.documentation).toMatch(/^\*\*no-latest\*\*: .*\n\n.*\n\nIn `recommended`: an error\.$/s);
  });
});

describe("completion of values", () => {
  it.each<[title: string, text: string, first: string[]]>([
    ["severities", "rules:\n  no-latest: ‸", ["off", "warn", "error"]],
    ["severities with options", "rules:\n  no-eol-base: [‸, {}]", ["off", "warn", "error"]],
    ["tiers", "bases:\n  allow:\n    final: [‸]", ["golden", "official", "verified"]],
    ["tiers that are not there yet", "bases:\n  allow:\n    final: [golden, ‸]", ["official", "verified", "other"]],
    ["levels", "pinning:\n  - { image: x, require: ‸ }", ["none", "tag", "major"]],
    ["builders", "builder: ‸", ["buildkit", "buildah", "kaniko"]],
    ["presets", "extends: [‸]", ["recommended", "strict"]],
    ["presets in a list of lines", "extends:\n  - ‸", ["recommended", "strict"]],
    ["rule names", "locked:\n  - no-la‸", ["approved-base", "approved-registry", "base-exists"]],
    ["rule names of exemptions", "exemptions:\n  - rule: ‸", ["approved-base", "approved-registry", "base-exists"]],
    ["registries", "registries:\n  allow: [‸]", ["docker.io"]],
    [
      "images: the golden ones first",
      "bases:\n  golden:\n    - image: acme/node\n  deny: [‸]",
      ["acme/node", "adminer", "aerospike"],
    ],
    ["images in quotes", 'pinning:\n  - image: "‸"', ["adminer", "aerospike", "almalinux"]],
    ["images of an exemption", "exemptions:\n  - rule: x\n    image: ‸", ["adminer", "aerospike", "almalinux"]],
  ])("%s", (_title, text, first) => {
    expect(labels(text, first.length)).toEqual(first);
  });

  it.each<[text: string, label: string, result: string]>([
    ["extends:\n  ‸", "strict", "extends:\n  - strict"],
    ["extends: ‸", "strict", "extends: [strict]"],
    ["bases:\n  deny: [al‸]", "mcr.microsoft.com/**", 'bases:\n  deny: ["mcr.microsoft.com/**"]'],
    ['{ "builder": "k‸" }', "kaniko", '{ "builder": "kaniko" }'],
    ['{ "builder": ‸ }', "kaniko", '{ "builder": "kaniko" }'],
    ["builder: kan‸iko\nrules: {}", "buildah", "builder: buildah\nrules: {}"],
  ])("%j", (text, label, result) => {
    expect(taken(text, label)).toBe(result);
  });

  it.each(["# ‸", "builder: kaniko # ‸", "no-such-key:\n  ‸", "args:\n  A: ‸", "builder:‸"])(
    "nothing at %j",
    (text) => {
      expect(labels(text)).toEqual([]);
    },
  );
});

describe("hover", () => {
  const said = (marked: string): string => {
    const { text, offset } = split(marked);
    return policyHoverAt(text, offset)?.markdown ?? "";
  };

  it.each<[title: string, text: string, saying: RegExp]>([
    [
      "a key",
      "buil‸der: kaniko",
      /^What builds the images: layer rules differ\.\n\nOne of `buildkit`, .*\n\nWithout it: `"buildkit"`\.$/s,
    ],
    [
      "a nested key",
      "bases:\n  golden:\n    - image: x\n      repl‸aces: [y]",
      /^Images that this one stands in for\.$/,
    ],
    [
      "a rule",
      "rules:\n  no-eol‸-base: [warn, { warnDays: 3 }]",
      /^\*\*no-eol-base\*\*: .*Options:\n- `warnDays`: Report a release/s,
    ],
    ["a rule in an exemption", "exemptions:\n  - { rule: no-eol‸-base, reason: x }", /^\*\*no-eol-base\*\*/],
    ["an option", "rules:\n  no-eol-base: [warn, { warn‸Days: 3 }]", /^Report a release so many days/],
    ["a value", "pinning:\n  - { image: x, require: pat‸ch }", /^The loosest level that is fine/],
    [
      "a severity",
      "rules:\n  no-latest: er‸ror",
      /^The tag `latest` without a digest\..*One of `off`, `warn`, `error`/s,
    ],
    ["in JSON", '{ "buil‸der": "kaniko" }', /^What builds the images/],
  ])("%s", (_title, text, saying) => {
    expect(said(text)).toMatch(saying);
  });

  it("stands over the word", () => {
    const { text, offset } = split("rules:\n  no-la‸test: error\n");
    expect(shown(text, [policyHoverAt(text, offset)!.range])).toBe("rules:\n  «no-latest»: error\n");
  });

  it.each(["bogus‸: 1", "args: { A: ‸x }", "# buil‸der", ""])("nothing at %j", (text) => {
    expect(said(text)).toBe(text.startsWith("args") ? "The value." : "");
  });
});

describe("definition", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fromlint-"));
    mkdirSync(join(folder, "node_modules/@acme/policy"), { recursive: true });
    writeFileSync(join(folder, "base.yaml"), "");
    writeFileSync(join(folder, "node_modules/@acme/policy/fromlint.yaml"), "");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const target = (marked: string): string | null => {
    const { text, offset } = split(marked);
    const found = policyDefinitionAt(text, offset, join(folder, "fromlint.yaml"));
    return found?.file.slice(folder.length + 1) ?? null;
  };

  it.each<[text: string, file: string | null]>([
    ["extends: [strict, ./ba‸se.yaml]", "base.yaml"],
    ["extends:\n  - ./ba‸se.yaml\n", "base.yaml"],
    ['extends: ["@acme/pol‸icy"]', "node_modules/@acme/policy/fromlint.yaml"],
    ["extends: [stri‸ct]", null],
    ["extends: [./not-th‸ere.yaml]", null],
    ["context: ./ba‸se.yaml", null],
  ])("%j leads to %s", (text, file) => {
    expect(target(text)).toBe(file);
  });
});

describe("expired exemptions", () => {
  const file = "/project/fromlint.yaml";
  const expired = (text: string): string[] => {
    const { policy } = loadPolicyText(file, text);
    return policy
      ? expiredExemptionsOf(policy, file, text, "2026-11-21").map(({ range }) => text.slice(...range))
      : ["broken"];
  };

  it("are told, from their start to the end of the line", () => {
    const text =
      "exemptions:\n  - { rule: no-latest, until: 2026-11-20, reason: a }\r\n  - rule: no-latest\n    until: 2026-11-21\n    reason: b\n";
    expect(expired(text)).toEqual(["{ rule: no-latest, until: 2026-11-20, reason: a }"]);
    expect(expired(`\ufeff${text}`)).toEqual(["{ rule: no-latest, until: 2026-11-20, reason: a }"]);
  });

  it("say which one and since when", () => {
    const text = "exemptions:\n  - { rule: no-latest, image: node, until: 2026-11-20, reason: a }\n";
    const { policy } = loadPolicyText(file, text);
    expect(expiredExemptionsOf(policy!, file, text, "2026-11-21")[0]?.message).toMatch(/no-latest.*`node`.*2026-11-20/);
  });
});

describe("whatever is typed", () => {
  it("nothing throws, and what is replaced is around the cursor on its line", () => {
    const part = fc.constantFrom(
      ...[
        "rules:",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "no-latest",
        ": ",
        "error",
        "[",
        "]",
        "{",
        "}",
        ", ",
        '"',
        "'",
        "#",
        "*",
        "&a",
        "!!x",
        "|",
        ">",
        "? ",
        "%x",
        "---",
        "bases:",
        "golden:",
        "image: ",
        "\t",
        "\r\n",
        "<<: *a",
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), fc.nat(), (parts, at) => {
        const text = parts.join("");
        const offset = at % (text.length + 1);
        for (const { range } of policyCompletionsAt(text, offset)) {
          expect(range[0] <= offset && offset <= range[1]).toBe(true);
          expect(text.slice(...range)).not.toMatch(/[\r\n]/);
        }
        policyHoverAt(text, offset);
        policyDefinitionAt(text, offset, "/nowhere/fromlint.yaml");
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["deep brackets", "[".repeat(50_000)],
    ["a huge text", "a".repeat(2_000_000)],
    ["many aliases", `a: &a [x]\nb: [${"*a, ".repeat(50_000)}]`],
  ])("%s are refused or read quickly", (_title, text) => {
    expect(policyCompletionsAt(text, text.length)).toEqual([]);
  });
});
