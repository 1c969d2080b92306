/** What a run knows besides the Dockerfile's text: the commands of RUN, and the build context. */
import { describe, expect, it } from "vitest";
import { shellOnDemand } from "../../src/cli/lint/shell.js";
import { presetPolicy } from "../../src/policy/presets.js";
import { RECOMMENDED } from "../../src/policy/rules.generated.js";
import type { LintResult } from "../../src/result.js";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

const RUN = "FROM debian:13.3\nCOPY . /app\nRUN apt-get update && apt-get install -y curl\n";
const SOURCE = "FROM node:22.23.2\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";

/** What rule `name` alone finds. */
async function found(folder: string, argv: string, name: string, stdin = ""): Promise<number> {
  const others = Object.keys(RECOMMENDED).filter((rule) => rule !== name);
  const rules = [...others.map((rule) => `${rule}=off`), `${name}=error`].map((each) => `--rule ${each}`).join(" ");
  const { stdout, stderr } = await runIn(folder, `${argv} --format json ${rules}`, { stdin });
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as LintResult[]).flatMap(({ messages }) => messages).length;
}

describe("the shell parser", () => {
  const off = { ...presetPolicy("recommended"), rules: {} };

  it("is loaded for a file with a RUN", async () => {
    const parser = await shellOnDemand()(RUN, [off, presetPolicy("recommended")]);
    expect(parser?.parse("a && b").commands).not.toEqual([]);
  });

  it("is not loaded for one without, nor where no rule asks", async () => {
    expect(await shellOnDemand()("FROM a\nCOPY . .\n", [presetPolicy("strict")])).toBeNull();
    expect(await shellOnDemand()(RUN, [off])).toBeNull();
  });

  it("is there for files, the standard input and fixes", async () => {
    const folder = folderWith({ Dockerfile: RUN });
    expect(await found(folder, "Dockerfile", "system-packages-before-source")).toBe(1);
    expect(await found(folder, "-", "system-packages-before-source", RUN)).toBe(1);
    const { stdout } = await runIn(folder, "--fix-dry-run Dockerfile");
    expect(stdout).toContain("+COPY . /app\n");
  });
});

describe("the build context", () => {
  /** Silent where there is an ignore file, and where the context is not known. */
  const count = (files: Record<string, string>, argv: string, stdin?: string): Promise<number> =>
    found(folderWith({ "app/package.json": "{}", ...files }), argv, "require-dockerignore", stdin);

  it.each<[title: string, files: Record<string, string>, argv: string, findings: number]>([
    ["is the Dockerfile's folder", { "app/Dockerfile": SOURCE }, "app", 1],
    ["which may have an ignore file", { "app/Dockerfile": SOURCE, "app/.dockerignore": "x" }, "app", 0],
    ["unless something that is copied is not there", { "app/Dockerfile": `${SOURCE}COPY elsewhere.js /\n` }, "app", 0],
    [
      "or the program that is started: a build put it elsewhere",
      { "app/Dockerfile": 'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY . .\nENTRYPOINT ["dotnet", "Shop.dll"]\n' },
      "app",
      0,
    ],
    [
      "or the folder in which a RUN works: the context is further up",
      { "app/Dockerfile": "FROM golang:1.27.0\nWORKDIR /src\nCOPY . .\nRUN cd services/shop && go build\n" },
      "app",
      0,
    ],
    [
      "or the folder of a project that dotnet is given",
      { "app/Dockerfile": "FROM mcr.microsoft.com/dotnet/sdk:10.0\nCOPY . .\nRUN dotnet restore ./shop/src/\n" },
      "app",
      0,
    ],
    [
      "while a folder that a RUN makes says nothing",
      { "app/Dockerfile": "FROM golang:1.27.0\nWORKDIR /src\nCOPY . .\nRUN mkdir out && cd out && go build ../\n" },
      "app",
      1,
    ],
    ["is what --context names", { "app/Dockerfile": SOURCE, ".dockerignore": "x" }, "app --context .", 0],
    ["which is believed", { "app/Dockerfile": `${SOURCE}COPY elsewhere.js /\n` }, "app --context .", 1],
    [
      "is what the policy names, seen from there",
      { "app/Dockerfile": `${SOURCE}COPY elsewhere.js /\n`, "fromlint.yaml": "context: app\n" },
      "app",
      1,
    ],
    [
      "--context comes before the policy",
      { "app/Dockerfile": SOURCE, "fromlint.yaml": "context: app\n", "other/.dockerignore": "x" },
      "app --context other",
      0,
    ],
    [
      "is not known where the policy names nothing that is there",
      { "app/Dockerfile": SOURCE, "fromlint.yaml": "context: none\n" },
      "app",
      0,
    ],
  ])("%s", async (_title, files, argv, findings) => {
    expect(await count(files, argv)).toBe(findings);
  });

  it.each<[title: string, argv: string, findings: number]>([
    ["is not known for a text without a name", "-", 0],
    ["is the folder of the name that it is given", "- --stdin-filename app/Dockerfile", 1],
    ["is not known for a name in a folder that is not there", "- --stdin-filename none/Dockerfile", 0],
    ["is what --context names", "- --context app", 1],
  ])("of the standard input %s", async (_title, argv, findings) => {
    expect(await count({}, argv, SOURCE)).toBe(findings);
  });
});
