/** What can be done about a finding: the text before, with the cursor in it, and after. */
import { describe, expect, it } from "vitest";
import { codeActionsOf } from "../../server/code-actions.js";
import { ALL, actionsAt, applied, marked, type MarkedOptions } from "./marked.js";

/** The text after the action of that title at the mark; the titles where there is none. */
function after(
  text: string,
  title: string | RegExp,
  options: MarkedOptions & { only?: string[] } = {},
): string | string[] {
  const actions = actionsAt(text, options);
  const action = actions.find((each) => (typeof title === "string" ? each.title === title : title.test(each.title)));
  return action?.edit ? applied(text, action.edit, options.encoding) : actions.map((each) => each.title);
}

describe("fixes and suggestions", () => {
  const TWICE = "FROM alpine:3.24.1\nWORKDIR /a\nWORK‸DIR /a\nRUN true\n";

  it("a fix is the preferred action, and comes first", () => {
    expect(actionsAt(TWICE)[0]).toMatchObject({
      title: "Fix this no-redundant-workdir finding",
      isPreferred: true,
      kind: "quickfix",
    });
    expect(after(TWICE, "Fix this no-redundant-workdir finding")).toBe("FROM alpine:3.24.1\nWORKDIR /a\nRUN true\n");
  });

  it("a suggestion has its own words, and is not preferred", () => {
    const [first] = actionsAt("FROM node:la‸test\n");
    expect(first?.title).toMatch(/^Use `node:\d/);
    expect(first).not.toHaveProperty("isPreferred");
    expect(after("FROM node:la‸test\n", /^Use `/)).toMatch(/^FROM node:\d+\.\d+\.\d+\n$/);
  });

  it("it edits the ARG where the image is written in one", () => {
    expect(after("ARG TAG=latest\nFROM node:$‸TAG\n", /^Use `/)).toMatch(/^ARG TAG=\d+\.\d+\.\d+\nFROM node:\$TAG\n$/);
  });

  it("it is for the client's own diagnostic, where that is the same one", () => {
    const { document, range } = marked("FROM node:la‸test\n");
    const [own] = actionsAt("FROM node:la‸test\n")[0]?.diagnostics ?? [];
    if (!own) throw new Error("no diagnostic");
    const theirs = { ...own, data: "theirs" };
    const [action] = codeActionsOf(document, { range, diagnostics: [theirs] }, ALL, () => false);
    expect(action?.diagnostics).toEqual([theirs]);
  });

  it("all of one rule, and all of all", () => {
    const text = "FROM alpine:3.24.1\nWORKDIR /a\nWORK‸DIR /a\nRUN true\nWORKDIR /a\n";
    expect(after(text, "Fix all no-redundant-workdir findings in this file")).toBe(
      "FROM alpine:3.24.1\nWORKDIR /a\nRUN true\n",
    );
    for (const only of ["source.fixAll.fromlint", "source.fixAll", "source"]) {
      expect(after(text, "Fix all fromlint findings", { only: [only] })).toBe(
        "FROM alpine:3.24.1\nWORKDIR /a\nRUN true\n",
      );
    }
  });

  it("fixing all takes as many rounds as it needs, in one edit", () => {
    const late =
      "FROM debian:13.3\nWORKDIR /a\nWORKDIR /a\nCOPY . /app\nRUN apt-get update && apt-get install -y curl\n";
    const text = after(late, "Fix all fromlint findings", { only: ["source.fixAll"] });
    expect(text).toBe("FROM debian:13.3\nWORKDIR /a\nRUN apt-get update && apt-get install -y curl\nCOPY . /app\n");
  });

  it("they keep line ends, byte order mark and units", () => {
    expect(
      after("\ufeffFROM alpine:3.24.1\r\n# 😀\r\nWORKDIR /a\r\nWORK‸DIR /a\r\nRUN true\r\n", /^Fix this/, {
        encoding: "utf-8",
      }),
    ).toBe("\ufeffFROM alpine:3.24.1\r\n# 😀\r\nWORKDIR /a\r\nRUN true\r\n");
  });
});

describe("comments that disable a rule", () => {
  it.each<[string, string, string, string]>([
    [
      "above the line",
      "FROM node:la‸test\n",
      "here",
      "# fromlint-disable-next-line no-latest -- reason\nFROM node:latest\n",
    ],
    [
      "indented as it is",
      "  FROM node:la‸test\n",
      "here",
      "  # fromlint-disable-next-line no-latest -- reason\n  FROM node:latest\n",
    ],
    [
      "with the line ends of the file",
      "FROM node:la‸test\r\n",
      "here",
      "# fromlint-disable-next-line no-latest -- reason\r\nFROM node:latest\r\n",
    ],
    [
      "below the directives",
      "# syntax=docker/dockerfile:1\nFROM node:la‸test\n",
      "here",
      "# syntax=docker/dockerfile:1\n# fromlint-disable-next-line no-latest -- reason\nFROM node:latest\n",
    ],
    [
      "above an instruction of many lines",
      "FROM debian:13.3\nCOPY . /app\nRUN true \\\n && apt-get update && apt-get ‸install -y curl\n",
      "system-packages-before-source here",
      "FROM debian:13.3\nCOPY . /app\n# fromlint-disable-next-line system-packages-before-source -- reason\nRUN true \\\n && apt-get update && apt-get install -y curl\n",
    ],
    [
      "above an instruction with a heredoc",
      "FROM debian:13.3\nCOPY . /app\nRUN <<EOF\napt-get update\napt-get ‸install -y curl\nEOF\n",
      "system-packages-before-source here",
      "FROM debian:13.3\nCOPY . /app\n# fromlint-disable-next-line system-packages-before-source -- reason\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n",
    ],
    [
      "one that is there is extended",
      "# fromlint-disable-next-line no-eol-base until=2027-01-31 -- nightly\nFROM debian:la‸test AS debian\n",
      "no-latest here",
      "# fromlint-disable-next-line no-eol-base, no-latest until=2027-01-31 -- nightly\nFROM debian:latest AS debian\n",
    ],
    [
      "one that is over is not",
      "# fromlint-disable-next-line no-eol-base until=2020-01-31\nFROM node:la‸test\n",
      "no-latest here",
      "# fromlint-disable-next-line no-eol-base until=2020-01-31\n# fromlint-disable-next-line no-latest -- reason\nFROM node:latest\n",
    ],
    [
      "in the file",
      "FROM node:la‸test\n",
      "in this file",
      "# fromlint-disable-file no-latest -- reason\nFROM node:latest\n",
    ],
    [
      "in the file, below directives and a first line for the system",
      "#!/usr/bin/env docker\nFROM node:la‸test\n",
      "in this file",
      "#!/usr/bin/env docker\n# fromlint-disable-file no-latest -- reason\nFROM node:latest\n",
    ],
    [
      "in the file, below directives without a line end",
      "# syntax=docker/dockerfile:la‸test",
      "no-latest in this file",
      "# syntax=docker/dockerfile:latest\n# fromlint-disable-file no-latest -- reason",
    ],
    [
      "in one of several stages",
      "FROM alpine:3.24.1 AS a\nFROM node:la‸test\nRUN true\n",
      "in this stage",
      "FROM alpine:3.24.1 AS a\nFROM node:latest\n# fromlint-disable-stage no-latest -- reason\nRUN true\n",
    ],
    [
      "in a last stage of one line",
      "FROM alpine:3.24.1 AS a\nFROM node:la‸test",
      "in this stage",
      "FROM alpine:3.24.1 AS a\nFROM node:latest\n# fromlint-disable-stage no-latest -- reason",
    ],
  ])("%s", (_title, text, where, expected) => {
    expect(after(text, new RegExp(`^Disable .*${where}$`))).toBe(expected);
  });

  it("not for a rule that is locked, nor for text that does not build", () => {
    expect(
      actionsAt("FROM node:la‸test\n", { policy: { locked: ["no-latest"] } }).filter(({ title }) =>
        title.startsWith("Disable"),
      ),
    ).toEqual([]);
    expect(actionsAt("FR‸OOM node:24\n").filter(({ title }) => title.startsWith("Disable valid-syntax"))).toEqual([]);
  });
});

describe("only what is asked for", () => {
  const TEXT = "FROM alpine:3.24.1\nWORKDIR /a\nWORK‸DIR /a\nRUN true\n";

  it.each<[string, string[] | undefined, boolean, boolean]>([
    ["unasked: what mends the place", undefined, true, false],
    ["quick fixes", ["quickfix"], true, false],
    ["source actions", ["source"], false, true],
    ["another tool's", ["source.fixAll.eslint"], false, false],
    ["refactorings", ["refactor"], false, false],
    ["everything", [""], true, true],
  ])("%s", (_title, only, quick, all) => {
    const kinds = new Set(actionsAt(TEXT, only ? { only } : {}).map(({ kind }) => kind));
    expect([kinds.has("quickfix"), kinds.has("source.fixAll.fromlint")]).toEqual([quick, all]);
  });

  it("nothing where nothing was found", () => {
    expect(actionsAt("FROM alpine:3.24.1\nRUN tr‸ue\n")).toEqual([]);
    expect(actionsAt("FROM alpine:3.24.1\nRUN tr‸ue\n", { only: ["source.fixAll"] })).toEqual([]);
  });

  it("costly edits are left for when one is chosen, where the client asks for them then", () => {
    const { document, range } = marked(TEXT);
    const actions = codeActionsOf(document, { range, diagnostics: [] }, { ...ALL, resolvesEdits: true }, () => true);
    const late = actions.filter(({ edit }) => !edit);
    expect(late.map(({ title }) => title)).toEqual([
      "Add an exemption from no-redundant-workdir to the policy",
      "Fix all fromlint findings",
    ]);
    expect(late.every(({ data }) => data !== undefined)).toBe(true);
  });
});

it("edits name the version that they are for", () => {
  const { document, range } = marked("FROM node:la‸test\n", { version: 7 });
  const request = { range, diagnostics: [] };
  expect(codeActionsOf(document, request, ALL, () => false)[0]?.edit).toMatchObject({
    documentChanges: [{ textDocument: { uri: document.uri, version: 7 } }],
  });
  expect(codeActionsOf(document, request, { ...ALL, versionedEdits: false }, () => false)[0]?.edit).toMatchObject({
    changes: { [document.uri]: [{}] },
  });
});
