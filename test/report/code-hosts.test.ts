/** What GitHub and GitLab read from a log or an artifact. */
import { describe, expect, it } from "vitest";
import { safe } from "../../src/report/safe.js";
import { finding, resultOf } from "./finding.js";
import { commandIn, type Command } from "./readers.js";
import { partsOf, reportOn } from "./report-on.js";

const clean = resultOf("Dockerfile", "FROM node:22\n");
const bad = resultOf("app/Dockerfile", "FROM node\n", [finding(), finding({ severity: 1, line: 3, endLine: 4 })]);

describe("GitHub annotations", () => {
  const commands = async (...given: Parameters<typeof reportOn>): Promise<(Command | null)[]> => {
    return (await reportOn(...given)).split("\n").slice(0, -1).map(commandIn);
  };

  it("are a command a finding", async () => {
    expect(await commands("github", [clean, bad])).toEqual([
      {
        name: "error",
        properties: {
          file: "app/Dockerfile",
          line: "1",
          endLine: "1",
          col: "6",
          endColumn: "10",
          title: "explicit-tag",
        },
        data: "`node` has no tag.",
      },
      {
        name: "warning",
        // Columns are refused where the lines differ.
        properties: { file: "app/Dockerfile", line: "3", endLine: "4", title: "explicit-tag" },
        data: "`node` has no tag.",
      },
    ]);
  });

  it("name the file from the repository's root", async () => {
    const [command] = await commands("github", [bad], { cwd: "/repo/app", root: "/repo" });
    expect(command!.properties.file).toBe("app/Dockerfile");
  });

  it.each(["%0A::error::x", "a:b,c=d;e", "100%", "%25", "##[error]x", "\r\n::error::x", "::stop-commands::x", "=x"])(
    "carry %j whole",
    async (text) => {
      const [command, ...others] = await commands("github", [resultOf(`a${text}`, "", [finding({ message: text })])]);
      expect(others).toEqual([]);
      const expected = ["error", safe(`a${text}`), safe(text)];
      expect([command!.name, command!.properties.file, command!.data]).toEqual(expected);
    },
  );
});

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

describe("GitLab Code Quality", () => {
  const issues = async (...given: Parameters<typeof reportOn>): Promise<Issue[]> => {
    return JSON.parse(await reportOn(...given)) as Issue[];
  };

  it("has the fields that GitLab documents", async () => {
    expect(await issues("gitlab", [clean, bad])).toEqual([
      {
        description: "`node` has no tag.",
        check_name: "explicit-tag",
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        severity: "major",
        location: { path: "app/Dockerfile", lines: { begin: 1, end: 1 } },
      },
      expect.objectContaining({ severity: "minor", location: { path: "app/Dockerfile", lines: { begin: 3, end: 4 } } }),
    ]);
  });

  it("is an array without findings, too", async () => {
    expect(await issues("gitlab", [clean])).toEqual([]);
  });

  it("gives every finding a fingerprint of its own", async () => {
    const twice = [finding(), finding(), finding({ ruleId: "no-latest" })];
    const found = await issues("gitlab", [resultOf("a", "FROM node\n", twice), resultOf("b", "FROM node\n", twice)]);
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(6);
  });

  it("keeps a fingerprint when lines come above", async () => {
    const [before] = await issues("gitlab", [resultOf("a", "FROM node\n", [finding()])]);
    const [after] = await issues("gitlab", [resultOf("a", "# new\nFROM node\n", [finding({ line: 2, endLine: 2 })])]);
    expect(after!.fingerprint).toBe(before!.fingerprint);
  });

  it("names the file from the repository's root", async () => {
    const [issue] = await issues("gitlab", [bad], { cwd: "/repo/app", root: "/repo" });
    expect(issue!.location.path).toBe("app/Dockerfile");
  });

  it("gives each finding as soon as it is there", async () => {
    const [begin, , second, end] = await partsOf("gitlab", [clean, bad]);
    expect([begin, end]).toEqual(["[", "]\n"]);
    expect(JSON.parse(`[${second!}]`)).toHaveLength(2);
  });
});
