import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { rulePage } from "../../src/rule-page.js";
import type { ReportOptions, RunEnd } from "../../src/report/report.js";
import type { LintMessage, LintResult, SuppressedLintMessage } from "../../src/result.js";
import { finding, resultOf } from "./finding.js";
import { parseSarif, type SarifResult, type SarifRun } from "./readers.js";
import { OPTIONS, reportOn } from "./report-on.js";

async function runOf(
  results: readonly LintResult[],
  options: Partial<ReportOptions> = {},
  end?: RunEnd,
): Promise<SarifRun> {
  return parseSarif(await reportOn("sarif", results, options, end)).runs[0];
}

/** The only result for a finding. */
async function resultFor(
  message: Partial<LintMessage>,
  source = "FROM node\n",
  file = "app/Dockerfile",
): Promise<SarifResult> {
  const { results } = await runOf([resultOf(file, source, [finding(message)])]);
  expect(results).toHaveLength(1);
  return results[0]!;
}

const waived = (changes: Partial<SuppressedLintMessage> = {}): SuppressedLintMessage => ({
  ...finding(),
  suppressions: [{ kind: "directive", justification: "for now" }],
  ...changes,
});

describe("a SARIF log", () => {
  it("without results is valid, too", async () => {
    expect((await runOf([])).results).toEqual([]);
  });

  it("describes every rule that is on", async () => {
    const { tool } = await runOf([]);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(rules));
    const rule = tool.driver.rules.find(({ id }) => id === "no-latest")!;
    expect(rule.helpUri).toBe(rulePage("no-latest"));
    expect(rule.fullDescription.text).toBe(rules["no-latest"]!.meta.docs.reason);
    expect(rule.help.markdown).toContain("```dockerfile\nFROM python:latest");
    expect(rule.defaultConfiguration.level).toBe("error");
    expect(rule.properties.tags).toContain("supply-chain");
  });

  it("does not describe others", async () => {
    const on = OPTIONS.rules.filter(({ name }) => name === "explicit-tag");
    const { tool, results } = await runOf([resultOf("a", "FROM node\n", [finding({ ruleId: "gone" }), finding()])], {
      rules: on,
    });
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["explicit-tag"]);
    expect(results.map(({ ruleIndex }) => ruleIndex)).toEqual([undefined, 0]);
  });

  it("says how the run ended", async () => {
    const clean = await runOf([], {}, { exitCode: 0, problems: [] });
    expect(clean.invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 0 });
    const failed = await runOf([], {}, { exitCode: 2, problems: ["a: no\x1b"] });
    expect(failed.invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(failed.invocations[0].toolExecutionNotifications[0]!.message.text).toBe("a: no\\x1b");
  });

  it("holds no more results than GitHub takes, and says what is left out", async () => {
    const many = resultOf(
      "a",
      "FROM node\n",
      Array.from({ length: 13_000 }, () => finding()),
    );
    const { results, invocations } = await runOf([many, many]);
    expect(results).toHaveLength(25_000);
    expect(invocations[0].toolExecutionNotifications[0]!.message.text).toMatch(/^1000 more findings are left out/);
  });

  it("keeps GitHub's limits of a rule", async () => {
    for (const rule of (await runOf([])).tool.driver.rules) {
      expect(rule.properties.tags.length).toBeLessThanOrEqual(10);
      expect(rule.fullDescription.text.length).toBeLessThanOrEqual(1024);
    }
  });
});

describe("a finding", () => {
  it("points at its rule, its place and what explains it", async () => {
    const loc = { start: { line: 1, column: 5 }, end: { line: 1, column: 8 } };
    const result = await resultFor({ severity: 1, related: [{ message: "declared here", loc }] });
    expect(Object.keys(rules)[result.ruleIndex!]).toBe(result.ruleId);
    expect(result).toMatchObject({
      ruleId: "explicit-tag",
      level: "warning",
      message: { text: "`node` has no tag." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "app/Dockerfile", uriBaseId: "%SRCROOT%" },
            region: { startLine: 1, startColumn: 6, endLine: 1, endColumn: 10 },
          },
        },
      ],
      relatedLocations: [
        {
          id: 1,
          message: { text: "declared here" },
          physicalLocation: { region: { startLine: 1, startColumn: 5, endLine: 1, endColumn: 8 } },
        },
      ],
    });
  });

  it("has no more related places than GitHub stores", async () => {
    const loc = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
    const related = Array.from({ length: 500 }, () => ({ message: "here", loc }));
    expect((await resultFor({ related })).relatedLocations).toHaveLength(99);
  });

  it.each([
    ["app/Dockerfile", "app/Dockerfile"],
    ["a b/ü#?.Dockerfile", "a%20b/%C3%BC%23%3F.Dockerfile"],
    ["a:b", "a%3Ab"],
    ["100%", "100%25"],
  ])("names the file %s", async (file, uri) => {
    expect((await resultFor({}, "FROM node\n", file)).locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it("names files from the repository's root, those outside with their whole path", async () => {
    const results = [resultOf("app/Dockerfile", "", [finding()]), resultOf("../other", "", [finding()])];
    const run = await runOf(results, { root: "/repo/app", cwd: "/repo/app/sub" });
    expect(run.originalUriBaseIds["%SRCROOT%"]!.uri).toBe("file:///repo/app/");
    const places = run.results.map(({ locations }) => locations[0].physicalLocation.artifactLocation);
    expect(places).toEqual([{ uri: "Dockerfile", uriBaseId: "%SRCROOT%" }, { uri: "file:///other" }]);
  });

  it("has the fix, and every suggestion as another", async () => {
    const source = "ARG A=1\nFROM node\nRUN 🐳 x\n";
    const result = await resultFor(
      {
        fix: { range: [8, 18], text: "" },
        suggestions: [{ messageId: "use", desc: "Use `node:22`", fix: { range: [17, 17], text: ":22" } }],
      },
      source,
    );
    const [fix, suggestion] = result.fixes!;
    expect(applied(source, fix!)).toBe("ARG A=1\nRUN 🐳 x\n");
    expect(suggestion!.description.text).toBe("Use `node:22`");
    expect(applied(source, suggestion!)).toBe("ARG A=1\nFROM node:22\nRUN 🐳 x\n");
  });

  it("that is waived is suppressed, with the reason", async () => {
    const suppressions = [{ kind: "exemption" as const, justification: "TEAM-1" }];
    const result = {
      ...resultOf("a", "FROM node\n"),
      suppressedMessages: [
        waived(),
        waived({ suppressions }),
        waived({ suppressions: [{ kind: "directive", justification: "" }] }),
      ],
    };
    const { results } = await runOf([result]);
    expect(results.map((each) => each.suppressions)).toEqual([
      [{ kind: "inSource", status: "accepted", justification: "for now" }],
      [{ kind: "external", status: "accepted", justification: "TEAM-1" }],
      [{ kind: "inSource", status: "accepted" }],
    ]);
  });

  it("cannot make a link of its text", async () => {
    const { message } = await resultFor({ message: "`[click](https://example.com)`" });
    expect(message.text).toBe("`[click] (https://example.com)`");
  });
});

describe("a fingerprint", () => {
  const from = { line: 1, column: 6 };
  const of = async (source: string, ...places: Partial<LintMessage>[]): Promise<string[]> => {
    const { results } = await runOf([resultOf("a", source, places.map(finding))]);
    return results.flatMap(({ partialFingerprints }) => Object.values(partialFingerprints));
  };

  it.each([
    ["lines above", "# a\n\nARG A\nFROM node:1 AS a\n", { line: 4 }],
    ["another line end", "FROM node:1 AS a\r\nRUN x\r\n", {}],
    ["other spaces", "FROM   node:1\tAS a\n", { column: 8 }],
    ["a continuation", "FROM node:1 \\\n  AS a\n", {}],
    ["the same with an escape directive", "# escape=`\nFROM node:1 `\n  AS a\n", { line: 2 }],
  ])("outlasts %s", async (_title, source, place) => {
    expect(await of(source, { ...from, ...place })).toEqual(await of("FROM node:1 AS a\n", from));
  });

  it.each([
    ["another instruction", "FROM node:2 AS a\n", from],
    ["another rule", "FROM node:1 AS a\n", { ...from, ruleId: "no-latest" }],
  ])("is another for %s", async (_title, source, place) => {
    expect(await of(source, place)).not.toEqual(await of("FROM node:1 AS a\n", from));
  });

  it("tells equal instructions apart, in the order of the file", async () => {
    const [one, two] = await of("FROM node\nFROM node\n", from, { ...from, line: 2 });
    expect(one).not.toBe(two);
    expect(await of("FROM node\n", from)).toEqual([one]);
  });

  it("stays when its finding is waived, and when its file is moved", async () => {
    const source = "FROM node\n";
    const before = await runOf([resultOf("a", source, [finding()])]);
    const after = await runOf([{ ...resultOf("b/c", source), suppressedMessages: [waived()] }]);
    expect(after.results[0]!.partialFingerprints).toEqual(before.results[0]!.partialFingerprints);
  });

  it("is there for a comment, an empty file, and a file that could not be read", async () => {
    expect(await of("# fromlint-disable-file x\n", { line: 1, column: 3 })).toHaveLength(1);
    expect(await of("", { line: 1, column: 1 })).toHaveLength(1);
    const unread = resultOf("a", "", [finding()]);
    Reflect.deleteProperty(unread, "source");
    expect((await runOf([unread])).results).toHaveLength(1);
  });
});

/** The text after a fix, as a SARIF viewer applies it: by lines and columns. */
function applied(source: string, { artifactChanges }: NonNullable<SarifResult["fixes"]>[number]): string {
  const { deletedRegion, insertedContent } = artifactChanges[0].replacements[0];
  const lines = source.split("\n");
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + column - 1;
  const start = offset(deletedRegion.startLine, deletedRegion.startColumn);
  const end = offset(deletedRegion.endLine, deletedRegion.endColumn);
  return source.slice(0, start) + insertedContent.text + source.slice(end);
}
