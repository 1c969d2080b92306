import { describe, expect, it } from "vitest";
import validReference from "../rules/valid-reference.js";
import validSyntax from "../rules/valid-syntax.js";
import validWaiver from "../rules/valid-waiver.js";
import { openCatalog } from "../src/catalog.js";
import { fixText, lintText, type LintOptions, type LintOutcome } from "../src/lint.js";
import type { Policy, RuleSetting } from "../src/policy/policy.js";
import type { Rule } from "../src/rule.js";
import { ruleOf, stubRule } from "./rules/stub-rule.js";
import { testPolicy } from "./rules/test-policy.js";

/** Stand-ins that report words wherever they are; their names are real, since policies only know real ones. */
const bad = stubRule(/bad/);
const worse = stubRule(/worse/);
const RULES: Readonly<Record<string, Rule>> = { "no-latest": bad, "explicit-tag": worse };

interface Setup {
  readonly rules?: Readonly<Record<string, Rule>>;
  readonly policies?: readonly Policy[];
  readonly today?: string;
  readonly filePath?: string;
}

/** Every rule of the set-up as an error, on top of the keys of a policy file. */
function policyFor(
  rules: Readonly<Record<string, Rule>>,
  keys: Readonly<Record<string, unknown>> = {},
  outer = false,
): Policy {
  const settings: Record<string, RuleSetting> = {};
  for (const name of Object.keys(rules)) settings[name] = { severity: 2, options: [] };
  return testPolicy(keys, settings, { outer });
}

function optionsOf({
  rules = RULES,
  policies = [policyFor(rules)],
  today = "2026-11-21",
  filePath,
}: Setup): LintOptions {
  return { filePath: filePath ?? "/project/Dockerfile", rules, policies, catalog: openCatalog(), today };
}

function lint(text: string, setup: Setup = {}): LintOutcome {
  return lintText(text, optionsOf(setup));
}

/** `line:rule` of all findings that count. */
function found(text: string, setup: Setup = {}): string[] {
  return lint(text, setup).result.messages.map(({ line, ruleId }) => `${line}:${ruleId}`);
}

/** What fixing makes of a text; null when nothing changes. */
function fixed(text: string, setup: Setup = {}, apply: readonly string[] = []): string | null {
  return fixText(text, optionsOf(setup), new Set(apply)).result.output ?? null;
}

describe("disable comments", () => {
  it.each<[string, string, string[]]>([
    [
      "next-line covers the next instruction",
      "# fromlint-disable-next-line no-latest\nFROM bad\nRUN bad\n",
      ["3:no-latest"],
    ],
    [
      "next-line covers all lines of it",
      "FROM a\n# fromlint-disable-next-line no-latest\nRUN a \\\n  # bad\n  && bad\nRUN bad\n",
      ["6:no-latest"],
    ],
    [
      "next-line covers its heredocs",
      "FROM a\n# fromlint-disable-next-line no-latest\nRUN <<EOF\nbad\nEOF\nRUN bad\n",
      ["6:no-latest"],
    ],
    [
      "next-line looks past blank lines and other comments",
      "# fromlint-disable-next-line no-latest\n\n# hello\nFROM bad\n",
      [],
    ],
    [
      "stage covers the stage that it stands in, with its FROM",
      "FROM bad\nRUN bad\nFROM bad\n# fromlint-disable-stage no-latest\nRUN bad\nFROM bad\n",
      ["1:no-latest", "2:no-latest", "6:no-latest"],
    ],
    ["file covers everything, wherever it stands", "FROM bad\nRUN bad\n# fromlint-disable-file no-latest\n", []],
    ["only the rules that it names", "# fromlint-disable-file no-latest\nFROM bad\nRUN worse\n", ["3:explicit-tag"]],
    ["several rules with commas", "# fromlint-disable-file no-latest,explicit-tag\nFROM bad\nRUN worse\n", []],
    [
      "several rules with commas and blanks",
      "# fromlint-disable-file no-latest, explicit-tag -- both\nFROM bad\nRUN worse\n",
      [],
    ],
    ["a reason is no rule", "# fromlint-disable-file no-latest -- explicit-tag\nFROM worse\n", ["2:explicit-tag"]],
    ["no rules silence nothing", "# fromlint-disable-file\nFROM bad\n", ["2:no-latest"]],
    ["lines end in CRLF", "# fromlint-disable-next-line no-latest\r\nFROM bad\r\nRUN bad\r\n", ["3:no-latest"]],
    [
      "a text in a heredoc is no comment",
      "FROM a\nRUN <<EOF\n# fromlint-disable-file no-latest\nEOF\nRUN bad\n",
      ["5:no-latest"],
    ],
    [
      "a comment at the end, with nothing behind it",
      "FROM bad\n# fromlint-disable-next-line no-latest\n",
      ["1:no-latest"],
    ],
  ])("%s", (_title, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ["2027-01-30", []],
    ["2027-01-31", []],
    ["2027-02-01", ["2:no-latest"]],
  ])("until=2027-01-31 on %s", (today, expected) => {
    const text = "# fromlint-disable-next-line no-latest until=2027-01-31\nFROM bad\n";
    expect(found(text, { today })).toEqual(expected);
  });

  it("silences nothing by a date that is none", () => {
    expect(found("# fromlint-disable-next-line no-latest until=soon\nFROM bad\n")).toEqual(["2:no-latest"]);
  });

  it("keeps what was silenced, with the reason", () => {
    const { messages, suppressedMessages } = lint("# fromlint-disable-file no-latest -- TEAM-123\nFROM bad\n").result;
    expect(messages).toEqual([]);
    expect(suppressedMessages).toMatchObject([
      { ruleId: "no-latest", line: 2, suppressions: [{ kind: "directive", justification: "TEAM-123" }] },
    ]);
  });

  it("never silences valid-syntax", () => {
    const rules = { "valid-syntax": validSyntax };
    expect(found("# fromlint-disable-file valid-syntax\nFROM a\nRUNN b\n", { rules })).toEqual(["3:valid-syntax"]);
  });

  it("never silences a locked rule", () => {
    const policies = [policyFor(RULES, { locked: ["no-latest"] })];
    const text = "# fromlint-disable-file no-latest, explicit-tag\nFROM bad\nRUN worse\n";
    expect(found(text, { policies })).toEqual(["2:no-latest"]);
  });
});

describe("comments of other linters", () => {
  const rules = {
    "no-latest": stubRule(/bad/, { related: ["hadolint:DL3007"] }),
    "stage-names": stubRule(/worse/, { related: ["buildkit:DuplicateStageName", "hadolint:DL3024"] }),
  };

  it.each<[string, string, string[]]>([
    ["hadolint's for one instruction", "# hadolint ignore=DL3007\nFROM bad\nRUN bad\n", ["3:no-latest"]],
    ["hadolint's with several codes", "# hadolint ignore=DL3007,DL3024\nFROM bad AS worse\n", []],
    ["hadolint's with blanks", "# hadolint ignore = DL3007, DL3024\nFROM bad AS worse\n", []],
    ["hadolint's for the file", "# hadolint global ignore=DL3007\nFROM a\nRUN bad\n", []],
    ["hadolint's for another rule", "# hadolint ignore=DL3006\nFROM bad\n", ["2:no-latest"]],
    ["BuildKit's for the file", "# check=skip=DuplicateStageName\nFROM a\nRUN worse\n", []],
    ["BuildKit's among other options", "# check=error=true;skip=Other, DuplicateStageName\nFROM worse\n", []],
    [
      "BuildKit's for all its checks, not for rules that it does not have",
      "# check=skip=all\nFROM bad\nRUN worse\n",
      ["2:no-latest"],
    ],
    [
      "BuildKit's in front of an instruction",
      "FROM a\n# check=skip=DuplicateStageName\nRUN worse\nRUN worse\n",
      ["4:stage-names"],
    ],
    ["BuildKit's without skip", "# check=error=true\nFROM worse\n", ["2:stage-names"]],
    ["our own names are not theirs", "# hadolint ignore=no-latest\nFROM bad\n", ["2:no-latest"]],
  ])("%s", (_title, text, expected) => {
    expect(found(text, { rules })).toEqual(expected);
  });

  it("do not silence a locked rule", () => {
    const policies = [policyFor(rules, { locked: ["no-latest"] })];
    expect(found("# hadolint ignore=DL3007\nFROM bad\n", { rules, policies })).toEqual(["2:no-latest"]);
  });
});

describe("unused disable comments", () => {
  const rules = { ...RULES, "valid-waiver": validWaiver };

  it.each<[string, string, string[]]>([
    ["one that silences something is not", "# fromlint-disable-file no-latest\nFROM bad\n", []],
    ["one that silences nothing is", "# fromlint-disable-file no-latest\nFROM a\n", ["1:valid-waiver"]],
    ["each name counts", "# fromlint-disable-file no-latest, explicit-tag\nFROM bad\n", ["1:valid-waiver"]],
    [
      "an expired one is said to be expired only",
      "# fromlint-disable-file no-latest until=2020-01-01\nFROM a\n",
      ["1:valid-waiver"],
    ],
    ["comments of other linters never are", "# hadolint ignore=DL3007\nFROM a\n", []],
    ["unless the file asks not to hear of it", "# fromlint-disable-file no-latest, valid-waiver\nFROM a\n", []],
  ])("%s", (_title, text, expected) => {
    expect(found(text, { rules })).toEqual(expected);
  });

  it("are used when they silence something under any of the policies", () => {
    const off = testPolicy(
      {},
      { "no-latest": { severity: 0, options: [] }, "valid-waiver": { severity: 2, options: [] } },
    );
    const text = "# fromlint-disable-file no-latest\nFROM bad\n";
    expect(found(text, { rules, policies: [off] })).toEqual(["1:valid-waiver"]);
    expect(found(text, { rules, policies: [off, policyFor(rules)] })).toEqual([]);
  });
});

describe("exemptions of the policy", () => {
  const rules = { "no-latest": stubRule(/(?<=FROM )\S+/) };
  const exempt = (exemption: Readonly<Record<string, unknown>>, setup: Setup = {}): string[] => {
    const exemptions = [{ rule: "no-latest", reason: "TEAM-123", ...exemption }];
    return found("FROM python:3.7.1\nFROM node:24\n", {
      ...setup,
      rules,
      policies: [policyFor(rules, { exemptions })],
    });
  };
  const BOTH = ["1:no-latest", "2:no-latest"];

  it.each<[string, Record<string, unknown>, string[]]>([
    ["for a rule", {}, []],
    ["for another rule", { rule: "explicit-tag" }, BOTH],
    ["for an image", { image: "python:3.7*" }, ["2:no-latest"]],
    ["for an image that is not there", { image: "python:3.8*" }, BOTH],
    ["for files", { files: "**/Dockerfile" }, []],
    ["for other files", { files: "legacy/**" }, BOTH],
    ["for an image in other files", { image: "python:3.7*", files: "legacy/**" }, BOTH],
    ["until today", { until: "2026-11-21" }, []],
    ["until yesterday", { until: "2026-11-20" }, BOTH],
  ])("%s", (_title, exemption, expected) => {
    expect(exempt(exemption)).toEqual(expected);
  });

  it("asks for the file's place below the policy", () => {
    expect(exempt({ files: "legacy/**" }, { filePath: "/project/legacy/app/Dockerfile" })).toEqual([]);
  });

  it("never matches on the name alone when the registry differs", () => {
    const policies = [policyFor(rules, { exemptions: [{ rule: "no-latest", image: "app", reason: "ours" }] })];
    expect(found("FROM app\n", { rules, policies })).toEqual([]);
    expect(found("FROM evil.example/app\n", { rules, policies })).toEqual(["1:no-latest"]);
  });

  it("never matches by its image what has none: an unresolved argument", () => {
    const policies = [policyFor(rules, { exemptions: [{ rule: "no-latest", image: "**", reason: "all" }] })];
    expect(found("FROM node\nFROM ${NOTHING}\n", { rules, policies })).toEqual(["2:no-latest"]);
  });

  it("holds for a finding elsewhere in the FROM: at its flag, at its name", () => {
    const anywhere = { "no-latest": stubRule(/bad/) };
    const policies = [policyFor(anywhere, { exemptions: [{ rule: "no-latest", image: "python", reason: "ours" }] })];
    const text = "FROM --platform=bad python AS bad\nRUN bad\nFROM --platform=bad node AS bad\n";
    expect(found(text, { rules: anywhere, policies })).toEqual(["2:no-latest", "3:no-latest", "3:no-latest"]);
  });

  it("keeps the reason, and says which were used", () => {
    const policy = policyFor(rules, {
      exemptions: [
        { rule: "no-latest", image: "python", reason: "TEAM-123" },
        { rule: "no-latest", image: "ruby", reason: "TEAM-124" },
      ],
    });
    const { result, usedExemptions } = lint("FROM python:3\n", { rules, policies: [policy] });
    expect(result.suppressedMessages).toMatchObject([
      { suppressions: [{ kind: "exemption", justification: "TEAM-123" }] },
    ]);
    expect([...usedExemptions]).toEqual([policy.exemptions[0]]);
  });

  it("hold for a locked rule in the file that locks it", () => {
    const policies = [
      policyFor(rules, { locked: ["no-latest"], exemptions: [{ rule: "no-latest", reason: "TEAM-123" }] }),
    ];
    expect(found("FROM node\n", { rules, policies })).toEqual([]);
  });
});

describe("two policies", () => {
  const outer = policyFor(RULES, { locked: ["no-latest"] }, true);
  const warn = testPolicy(
    {},
    { "no-latest": { severity: 1, options: [] }, "explicit-tag": { severity: 0, options: [] } },
  );

  it("report the union, each finding once and as severe as one of them asks", () => {
    const { messages, warningCount, errorCount } = lint("FROM bad AS worse\n", { policies: [warn, outer] }).result;
    expect(messages.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
      ["no-latest", 2],
      ["explicit-tag", 2],
    ]);
    expect([warningCount, errorCount]).toEqual([0, 2]);
  });

  it("let no comment silence what the outer one locks", () => {
    const text = "# fromlint-disable-file no-latest, explicit-tag\nFROM bad AS worse\n";
    expect(found(text, { policies: [policyFor(RULES), outer] })).toEqual(["2:no-latest"]);
  });

  it("let no exemption of one silence a finding of the other", () => {
    const inner = policyFor(RULES, { exemptions: [{ rule: "no-latest", reason: "ours" }] });
    expect(found("FROM bad\n", { policies: [inner] })).toEqual([]);
    expect(found("FROM bad\n", { policies: [inner, outer] })).toEqual(["1:no-latest"]);
  });
});

describe("a rule that throws", () => {
  const broken = (where: "create" | "walk"): Rule =>
    ruleOf([], ({ report, sourceCode }) => {
      if (where === "create") throw new Error("oh no");
      report({ loc: sourceCode.ast.loc, messageId: "found", data: { found: "something" } });
      return {
        From() {
          throw new Error("oh no");
        },
      };
    });

  it.each(["create", "walk"] as const)("in %s: one message, and the others complete", (where) => {
    const rules = { "stage-names": broken(where), "no-latest": bad };
    const { messages } = lint("FROM bad\nFROM bad\n", { rules }).result;
    const crashes = messages.filter(({ messageId }) => messageId === "crash");
    expect(crashes).toMatchObject([{ ruleId: "stage-names", severity: 2, line: 1, column: 1 }]);
    expect(crashes[0]?.message).toMatch(/a bug in fromlint \(oh no\)/);
    expect(messages.filter(({ ruleId }) => ruleId === "no-latest")).toHaveLength(2);
  });
});

describe("results", () => {
  it("are sorted by position, and count what they hold", () => {
    const { messages, errorCount, warningCount, fixableErrorCount, source } =
      lint("FROM worse AS bad\nRUN bad\n").result;
    expect(messages.map(({ line, column, ruleId }) => [line, column, ruleId])).toEqual([
      [1, 6, "explicit-tag"],
      [1, 15, "no-latest"],
      [2, 5, "no-latest"],
    ]);
    expect([errorCount, warningCount, fixableErrorCount]).toEqual([3, 0, 0]);
    expect(source).toBe("FROM worse AS bad\nRUN bad\n");
  });

  it("carry no source where there is nothing to show", () => {
    expect(lint("FROM a\n").result).not.toHaveProperty("source");
  });

  it("start columns at 1 behind a byte order mark", () => {
    expect(lint("\ufeffFROM bad\n").result.messages).toMatchObject([{ line: 1, column: 6 }]);
  });

  it("leave out rules that are off", () => {
    const policies = [testPolicy({}, { "no-latest": { severity: 0, options: [] } })];
    expect(found("FROM bad\n", { rules: { "no-latest": bad }, policies })).toEqual([]);
  });

  it("merge options into the defaults, key by key", () => {
    const seen: unknown[] = [];
    const rule = ruleOf([], ({ options }) => {
      seen.push(options);
      return {};
    });
    const rules = { "no-latest": { ...rule, meta: { ...rule.meta, defaultOptions: [{ a: 1, b: { c: [2], d: 3 } }] } } };
    lint("FROM a\n", {
      rules,
      policies: [testPolicy({}, { "no-latest": { severity: 1, options: [{ b: { c: [4] } }] } })],
    });
    expect(seen).toEqual([[{ a: 1, b: { c: [4], d: 3 } }]]);
  });
});

describe("fixes", () => {
  const shorten = { "no-latest": stubRule(/aa/, { fix: () => "a" }) };

  it("are applied until nothing is left", () => {
    expect(fixed("FROM aaaa\n", { rules: shorten })).toBe("FROM a\n");
  });

  it("give no output where nothing changes", () => {
    expect(fixed("FROM a\n", { rules: shorten })).toBeNull();
  });

  it("that overlap wait for the next pass", () => {
    const rules = {
      "no-latest": stubRule(/abc/, { fix: () => "c" }),
      "explicit-tag": stubRule(/bcd|cd/, { fix: () => "x" }),
    };
    expect(fixed("FROM abcd\n", { rules })).toBe("FROM x\n");
  });

  it("of two rules for the same words are applied once", () => {
    const rules = {
      "no-latest": stubRule(/bad/, { fix: () => "good" }),
      "explicit-tag": stubRule(/bad/, { fix: () => "good" }),
    };
    expect(fixed("FROM bad\n", { rules })).toBe("FROM good\n");
  });

  it("stop after ten passes", () => {
    const rules = { "no-latest": stubRule(/$/, { fix: () => "x" }) };
    expect(fixed("FROM one\n# ", { rules })).toMatch(/^FROM one\n# x{10}$/);
  });

  it("that undo each other end with the same text wherever they start", () => {
    const rules = {
      "no-latest": stubRule(/one/, { fix: () => "two" }),
      "explicit-tag": stubRule(/two/, { fix: () => "one" }),
    };
    expect(fixed("FROM one\n", { rules })).toBeNull();
    expect(fixed("FROM two\n", { rules })).toBe("FROM one\n");
  });

  it("that undo each other keep the text with the fewest findings", () => {
    const rules = {
      "no-latest": stubRule(/one/, { fix: () => "two" }),
      "explicit-tag": stubRule(/two/, { fix: () => "one" }),
      "stage-names": stubRule(/one/),
    };
    expect(fixed("FROM one\n", { rules })).toBe("FROM two\n");
    expect(fixed("FROM two\n", { rules })).toBeNull();
  });

  it("after which less parses are taken back", () => {
    const rules = { "valid-syntax": validSyntax, "no-latest": stubRule(/FROM/, { fix: () => "FORM" }) };
    expect(fixed("FROM a\n", { rules })).toBeNull();
  });

  it("of a misspelt instruction are not taken back for the faults that it hid", () => {
    const rules = { "valid-syntax": validSyntax };
    const text = "FROM a\nRUNN --one --two x\n";
    expect(fixed(text, { rules }, ["valid-syntax"])).toBe("FROM a\nRUN --one --two x\n");
  });

  it("of silenced findings are not applied", () => {
    const rules = { "no-latest": stubRule(/bad/, { fix: () => "good" }) };
    const text = "# fromlint-disable-next-line no-latest\nFROM bad\nRUN bad\n";
    expect(fixed(text, { rules })).toBe("# fromlint-disable-next-line no-latest\nFROM bad\nRUN good\n");
  });

  it("leave every other byte alone: byte order mark, CRLF, no line end at the end", () => {
    const rules = { "no-latest": stubRule(/bad/, { fix: () => "good" }) };
    expect(fixed("\ufeffFROM bad\r\n\r\nRUN  a\t\\\r\n  bad", { rules })).toBe(
      "\ufeffFROM good\r\n\r\nRUN  a\t\\\r\n  good",
    );
  });

  it("take in suggestions only of the rules that are asked for", () => {
    const rules = {
      "no-latest": stubRule(/bad/, { suggest: () => "good" }),
      "explicit-tag": stubRule(/worse/, { suggest: () => "better" }),
    };
    expect(fixed("FROM bad AS worse\n", { rules })).toBeNull();
    expect(fixed("FROM bad AS worse\n", { rules }, ["no-latest"])).toBe("FROM good AS worse\n");
    expect(fixed("FROM bad AS worse\n", { rules }, ["no-latest", "explicit-tag"])).toBe("FROM good AS better\n");
  });

  it("lint what came out", () => {
    const rules = { "no-latest": stubRule(/bad/, { fix: () => "Good" }), "valid-reference": validReference };
    const { messages, output } = fixText("FROM bad\n", optionsOf({ rules })).result;
    expect(output).toBe("FROM Good\n");
    expect(messages.map(({ messageId }) => messageId)).toEqual(["upperCase"]);
  });
});
