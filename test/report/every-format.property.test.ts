/** Whatever a Dockerfile, a path or a policy says: every format is read back as it was meant. */
import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { analyse, type BaseUse } from "../../src/index.js";
import { eslintReport } from "../../src/report/eslint.js";
import { basesPage } from "../../src/report/html/bases.js";
import { FORMATS } from "../../src/report/formats.js";
import { safe, wellFormed } from "../../src/report/safe.js";
import { rulePage } from "../../src/rule-page.js";
import type { LintMessage, LintResult } from "../../src/result.js";
import { finding, resultOf } from "./finding.js";
import { commandIn, markdownTables, pageIn, parseSarif, parseXml } from "./readers.js";
import { reportOn } from "./report-on.js";

const BREAKERS = [
  ...["\n", "\r\n", "\r", "\t", "\0", "\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u2066", "\u2028", "\u2029"],
  ...["\ud800", "\udc00", "\ufffe", "\uffff", "\ufeff", "\u0085", "\u200b", "\u00a0", "日本", "🐳", "e\u0301"],
  ...["::error::x", "\n::error file=a::x", "##[error]x", "##vso[x]y", "%0A", "%25", "%", ",", ":", "=", ";"],
  ...["]]>", "<![CDATA[", "&", "&amp;", "&#0;", "<", ">", '"', "'", "<!--", "-->", "<?x?>", "</script>", "<script>"],
  ...[
    "</testsuite>",
    "</details>",
    "<img src=x>",
    "|",
    "\\|",
    "\\",
    "`",
    "``",
    "*",
    "_",
    "~~",
    "[a](http://b)",
    "![",
    "](",
  ],
  ...["@user", "#1", "!1", "~l", "$x$", "GH-1", "https://x.example", "www.x.example", "a@b.example", ":x:", " ", "  "],
  ...["{0}", "{{x}}", "${x}", '"}]', "\\u202e", "\\n", "FROM node\n", "RUN a \\\n b\n", "# c\n", "x".repeat(300)],
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...BREAKERS), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(""));
/** A name that a file can have. */
const name = text.map((given) => given.replace(/[/\\\0]/g, "_")).filter((given) => !["", ".", ".."].includes(given));
const position = fc.record({ line: fc.integer({ min: 1, max: 9 }), column: fc.integer({ min: 1, max: 80 }) });
const offset = fc.nat(60);
const fix = fc.record({ at: offset, length: offset, text }).map(({ at, length, text: put }) => ({
  range: [at, at + length] as [number, number],
  text: put,
}));
const message: fc.Arbitrary<LintMessage> = fc
  .record({
    message: text,
    start: position,
    end: position,
    severity: fc.constantFrom(1, 2),
    fix,
    desc: text,
    note: text,
  })
  .map(({ start, end, fix: edit, desc, note, ...rest }) => {
    return finding({
      ...rest,
      ...start,
      endLine: start.line + end.line,
      endColumn: end.column,
      fix: edit,
      suggestions: [{ messageId: "use", desc, fix: edit }],
      related: [{ message: note, loc: { start, end: { line: start.line, column: start.column + end.column } } }],
    });
  });
const result: fc.Arbitrary<LintResult> = fc
  .record({
    name,
    source: text,
    messages: fc.array(message, { maxLength: 3 }),
    waived: fc.option(message),
    reason: text,
  })
  .map(({ name: file, source, messages, waived, reason }) => ({
    ...resultOf(file, source, messages),
    suppressedMessages: waived
      ? [{ ...waived, suppressions: [{ kind: "directive" as const, justification: reason }] }]
      : [],
  }));
const results = fc.array(result, { maxLength: 3 });

/** Acts on a terminal, on a log, or on how text is ordered. */
const ACTS = /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

const inXml = (given: string): string => {
  return safe(given).replace(/[\ufffe\uffff]/g, (character) => (character === "\ufffe" ? "\\ufffe" : "\\uffff"));
};
const shownName = ({ filePath }: LintResult): string => safe(filePath.slice("/repo/".length));
const findings = (all: readonly LintResult[]): LintMessage[] => all.flatMap(({ messages }) => messages);

/** The use of an image, before a text is put in. */
const [USE] = analyse("FROM debian:10.13-slim\n") as [BaseUse];

const EMPTY_PAGE = pageIn(await reportOn("html", []));

type Check = (output: string, all: readonly LintResult[]) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  text: (output, all) => {
    const heads = output.split("\n").filter((line) => /^(?:error|warning)\[/.test(line));
    expect(heads.map((line) => line.slice(line.indexOf(":") + 2))).toEqual(
      findings(all).map((each) => safe(each.message)),
    );
  },
  compact: (output, all) => {
    expect(output.split("\n").slice(0, -1)).toHaveLength(findings(all).length);
  },
  json: (output, all) => {
    expect(JSON.parse(output)).toEqual(JSON.parse(JSON.stringify(all)));
  },
  sarif: (output, all) => {
    const shown = parseSarif(output).runs[0].results.filter(({ suppressions }) => !suppressions);
    expect(shown.map((each) => each.message.text)).toEqual(
      findings(all).map((each) => safe(each.message).replaceAll("](", "] (")),
    );
    const uris = shown.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri);
    const names = all.flatMap(({ filePath, messages }) =>
      messages.map(() => wellFormed(filePath.slice("/repo/".length))),
    );
    expect(uris.map(decodeURIComponent)).toEqual(names);
  },
  github: (output, all) => {
    const commands = output.split("\n").slice(0, -1).map(commandIn);
    expect(
      commands.map((command) => [command?.name, command?.data, command?.properties.file, command?.properties.title]),
    ).toEqual(
      all.flatMap((each) =>
        each.messages.map((one) => {
          return [one.severity === 2 ? "error" : "warning", safe(one.message), shownName(each), "explicit-tag"];
        }),
      ),
    );
  },
  gitlab: (output, all) => {
    const issues = JSON.parse(output) as { description: string; fingerprint: string; location: { path: string } }[];
    expect(issues.map(({ description, location }) => [description, location.path])).toEqual(
      all.flatMap((each) => each.messages.map((one) => [safe(one.message), shownName(each)])),
    );
  },
  junit: (output, all) => {
    const suites = parseXml(output).children;
    expect(suites.map(({ attributes }) => attributes.name)).toEqual(all.map((each) => inXml(shownName(each))));
    const failures = suites.flatMap(({ children }) => children).flatMap(({ children }) => children);
    expect(failures.filter((each) => each.name === "failure").map(({ attributes }) => attributes.message)).toEqual(
      findings(all).map((each) => inXml(each.message)),
    );
  },
  checkstyle: (output, all) => {
    const files = parseXml(output).children;
    expect(files.map(({ attributes }) => attributes.name)).toEqual(
      all.filter(({ messages }) => messages.length > 0).map((each) => inXml(shownName(each))),
    );
    expect(files.flatMap(({ children }) => children).map(({ attributes }) => attributes.message)).toEqual(
      findings(all).map((each) => inXml(each.message)),
    );
  },
  markdown: (output, all) => {
    const rows = markdownTables(output).filter(([level]) => level !== "");
    expect(rows.every((row) => row.length === 4)).toBe(true);
    const plain = (given: string): string => given.replaceAll("`", "").replaceAll("\u200b", "").trim();
    const expected = all.flatMap((each) =>
      each.messages.map(
        (one) =>
          [
            safe(`${each.filePath.slice("/repo/".length)}:${one.line}`).trim(),
            plain(safe(one.message)),
            one.severity,
          ] as const,
      ),
    );
    const bySeverity = [...expected].sort((a, b) => b[2] - a[2]).map(([file, what]) => [plain(file), what]);
    expect(rows.map(([, file, what]) => [plain(file!), plain(what!)])).toEqual(bySeverity);
    const html = marked.parse(output, { async: false });
    const tags = [...html.matchAll(/<\/?([a-z!?][a-z0-9]*)/gi)].map(([, tag]) => tag);
    expect(tags.filter((tag) => !/^(?:h3|p|table|thead|tbody|tr|th|td|code|a)$/.test(tag!))).toEqual([]);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].filter(([, url]) => url !== rulePage("explicit-tag"))).toEqual(
      [],
    );
  },
  html: (output, all) => {
    const { shell, files } = pageIn(output);
    expect(files.map(({ path }) => path)).toEqual(all.map(shownName));
    const shown = files.flatMap((file) => file.findings.map((one) => one.message.slice(0, 900)));
    expect(shown).toEqual(findings(all).map((one) => safe(one.message).slice(0, 900)));
    // Around its data the page is the same, whatever was found.
    expect(shell).toBe(EMPTY_PAGE.shell);
  },
};

it("every format is checked", () => {
  expect(Object.keys(CHECKS)).toEqual(FORMATS.map((format) => format.name));
});

describe("nothing breaks out of", () => {
  it.each(Object.entries(CHECKS))("%s", async (format, check) => {
    const property = fc.asyncProperty(results, async (all) => {
      const output = await reportOn(format, all);
      expect(output).not.toMatch(ACTS);
      if (format !== "github") expect(output).not.toMatch(/##[a-z]*\[/i);
      if (format !== "github") expect(output.split("\n").map(commandIn).filter(Boolean)).toEqual([]);
      check(output, all);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("the page of bases", () => {
    const use = fc.record({ file: name, raw: text, reference: fc.option(text), stage: fc.option(text), of: text });
    const property = fc.property(fc.array(use, { maxLength: 5 }), (given) => {
      const uses = given.map(({ of, ...rest }) => ({ ...USE, ...rest, eol: { date: "2024-06-30", of } }));
      const output = basesPage(uses, "2026-08-22", false);
      expect(output).not.toMatch(ACTS);
      expect(output.split("\n").map(commandIn).filter(Boolean)).toEqual([]);
      const { shell, files } = pageIn(output);
      expect(files.map(({ path }) => path)).toEqual([...new Set(given.map(({ file }) => file))].map(safe));
      expect(files.flatMap((file) => file.uses)).toHaveLength(given.length);
      expect(shell).toBe(EMPTY_PAGE.shell.replace("<title>fromlint report<", "<title>fromlint bases<"));
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("a formatter made for ESLint, which prints what it is given", async () => {
    const formatter = eslintReport(
      (given) =>
        given
          .flatMap(({ filePath, source, output, messages, suppressedMessages }) => [
            filePath,
            ...[...messages, ...suppressedMessages].flatMap((one) => [
              one.message,
              one.fix?.text,
              ...(one.suggestions ?? []).flatMap(({ desc, fix: edit }) => [desc, edit.text]),
              ...(one.related ?? []).map((each) => each.message),
            ]),
            ...suppressedMessages.flatMap(({ suppressions }) => suppressions.map((each) => each.justification)),
            source,
            output,
          ])
          .join(" "),
      false,
    );
    const property = fc.asyncProperty(results, async (all) => {
      expect((await reportOn(formatter, all)).replace(/\r\n|\t/g, "")).not.toMatch(ACTS);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
