import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { LintResult } from "../../src/result.js";
import { finding, resultOf } from "./finding.js";
import { parseXml } from "./readers.js";
import { reportOn } from "./report-on.js";

const clean = resultOf("Dockerfile", "FROM node:22\n");
const bad = resultOf("app/Dockerfile", "FROM node\n", [
  finding({ suggestions: [{ messageId: "use", desc: "Use `node:22`", fix: { range: [9, 9], text: ":22" } }] }),
  finding({ severity: 1, line: 3, message: 'a < b & "c"' }),
]);
const waived: LintResult = {
  ...resultOf("web/Dockerfile", "FROM node\n"),
  suppressedMessages: [{ ...finding(), suppressions: [{ kind: "directive", justification: "for now" }] }],
};

/** What libxml2, which most tools stand on, has against a document. */
async function problemsOf(schema: string, text: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: "report.xml", contents: text }],
    schema: [readFileSync(join(import.meta.dirname, schema), "utf8")],
  });
  return errors.map(({ message }) => message);
}

describe("JUnit", () => {
  it("is a suite a file and a failed test a finding", async () => {
    const { name, children } = parseXml(await reportOn("junit", [clean, bad]));
    expect(name).toBe("testsuites");
    const [passed, failed] = children;
    expect(passed!.attributes).toMatchObject({ name: "Dockerfile", tests: "1", failures: "0", errors: "0" });
    expect(passed!.children.map(({ children: outcome }) => outcome)).toEqual([[]]);
    expect(failed!.attributes).toMatchObject({ name: "app/Dockerfile", tests: "2", failures: "2", skipped: "0" });
    const [first, second] = failed!.children;
    expect(first!.attributes).toMatchObject({ name: "explicit-tag at 1:6", classname: "app/Dockerfile" });
    expect(first!.children).toEqual([
      {
        name: "failure",
        attributes: { type: "error", message: "`node` has no tag." },
        children: [],
        text: "Line 1, column 6: `node` has no tag.\nUse `node:22`",
      },
    ]);
    expect(second!.children[0]!.attributes).toEqual({ type: "warning", message: 'a < b & "c"' });
  });

  it("skips what is waived, and says why", async () => {
    const [suite] = parseXml(await reportOn("junit", [waived])).children;
    expect(suite!.attributes).toMatchObject({ tests: "1", failures: "0", skipped: "1" });
    const [skipped] = suite!.children[0]!.children;
    expect(skipped).toMatchObject({ name: "skipped", attributes: { message: "Waived (for now): `node` has no tag." } });
  });

  it("gives two findings at one place two names", async () => {
    const twice = resultOf("a", "FROM node\n", [finding(), finding({ message: "again" })]);
    const [suite] = parseXml(await reportOn("junit", [twice])).children;
    const names = suite!.children.map(({ attributes }) => attributes.name);
    expect(names).toEqual(["explicit-tag at 1:6", "explicit-tag at 1:6 (2)"]);
  });

  it.each([
    ["nothing", []],
    ["all kinds of results", [clean, bad, waived, resultOf("a", "", [finding(), finding()])]],
  ])("keeps to its schema: %s", async (_title, results) => {
    expect(await problemsOf("junit.xsd", await reportOn("junit", results))).toEqual([]);
  });

  it("would not keep to it with two tests of one name", async () => {
    const text = (await reportOn("junit", [resultOf("a", "", [finding(), finding()])])).replace(" (2)", "");
    expect((await problemsOf("junit.xsd", text)).join("\n")).toContain("Duplicate key-sequence");
  });
});

describe("Checkstyle", () => {
  it("lists the files with findings", async () => {
    expect(parseXml(await reportOn("checkstyle", [clean, bad, waived]))).toMatchObject({
      name: "checkstyle",
      children: [
        {
          name: "file",
          attributes: { name: "app/Dockerfile" },
          children: [
            {
              name: "error",
              attributes: {
                line: "1",
                column: "6",
                severity: "error",
                message: "`node` has no tag.",
                source: "fromlint.explicit-tag",
              },
            },
            { attributes: { line: "3", severity: "warning", message: 'a < b & "c"' } },
          ],
        },
      ],
    });
  });

  it.each([
    ["nothing", []],
    ["all kinds of results", [clean, bad, waived]],
  ])("keeps to its schema: %s", async (_title, results) => {
    expect(await problemsOf("checkstyle.xsd", await reportOn("checkstyle", results))).toEqual([]);
  });
});
