/** `fromlint layers`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { folderWith } from "./folder.js";
import { runIn } from "./run-in.js";

const DOCKERFILE = `# What is built, then what is shipped.
FROM node:22.23.2 AS build
ARG GIT_SHA
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM build AS test
RUN npm test

FROM nginx:1.29.4
LABEL revision=$GIT_SHA
COPY --from=build /app/dist /srv
RUN apk add --no-cache curl
CMD ["nginx"]
`;

/** A source copied above an install that does not need it. */
const LATE = `FROM debian:13.3
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install -y curl
CMD ["./serve"]
`;

/** Standard output of a run that goes well. */
async function shown(text: string, flags = "", isTerminal = false): Promise<string> {
  const folder = folderWith({ Dockerfile: text });
  const { code, stdout, stderr } = await runIn(folder, `layers Dockerfile ${flags}`, { isTerminal });
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("the picture", () => {
  it("has a block a stage, a line a step: its cost, what re-runs it, what is in its key", async () => {
    expect(await shown(DOCKERFILE, "--no-color", true)).toBe(
      [
        "Dockerfile",
        "",
        "                                         cost source  lockfile  GIT_SHA",
        "┌    2 FROM node:22.23.2 AS build",
        "│    3 ARG GIT_SHA",
        "│    4 WORKDIR /app                      █    ·       ·         ·",
        "│    5 COPY package*.json ./             █    ·       ●         ·",
        "│       key: build context: package*.json",
        "│    6 RUN npm ci                        ███  ·       ●         ●",
        "│       key: ARG GIT_SHA (without a value), folder /app",
        "│    7 COPY . .                          █    ●       ●         ●",
        "│       key: build context: .",
        "└    8 RUN npm run build                 ███  ●       ●         ●",
        "        key: ARG GIT_SHA (without a value), folder /app",
        "",
        "┌   10 FROM build AS test                     not built",
        "└   11 RUN npm test                      ███  ·       ·         ·",
        "        key: ARG GIT_SHA (without a value), folder /app",
        "",
        "┌   13 FROM nginx:1.29.4",
        "│   14 LABEL revision=$GIT_SHA",
        "│   15 COPY --from=build /app/dist /srv  █    ○       ○         ○",
        "│       key: stage build: /app/dist",
        "│   16 RUN apk add --no-cache curl       ███  ○       ○         ○",
        '└   17 CMD ["nginx"]',
        "",
        "███ network or compiling, ██ generates, █ touches files",
        "● is re-run, ○ only if what it copies from another stage differs",
        "every key also holds the step's own text and the step above it",
        "",
        "A change of the source re-runs 2 of 7 steps, 1 of them expensive, and 2 more if",
        "what they copy from another stage differs.",
        "  with --fix: 2 of 7 steps, 1 of them expensive, and 1 more if what it copies",
        "  from another stage differs.",
        "A change of a lockfile re-runs 4 of 7 steps, 2 of them expensive, and 2 more if",
        "what they copy from another stage differs.",
        "  with --fix: 4 of 7 steps, 2 of them expensive, and 1 more if what it copies",
        "  from another stage differs.",
        "Another GIT_SHA re-runs 3 of 7 steps, 2 of them expensive, and 2 more if what",
        "they copy from another stage differs.",
        "  with --fix: 1 of 7 steps, 1 of them expensive, and 1 more if what it copies",
        "  from another stage differs.",
        "",
      ].join("\n"),
    );
  });

  it("marks what a change re-runs, and says why", async () => {
    expect(await shown(DOCKERFILE, "--change source --no-color", true)).toBe(
      [
        "Dockerfile",
        "",
        "                                         cost",
        "┌    2 FROM node:22.23.2 AS build",
        "│    3 ARG GIT_SHA",
        "│    4 WORKDIR /app                      █",
        "│    5 COPY package*.json ./             █",
        "│    6 RUN npm ci                        ███",
        "│ ●  7 COPY . .                          █    brings the source",
        "└ ●  8 RUN npm run build                 ███  follows from line 7",
        "",
        "┌   10 FROM build AS test                     not built",
        "└   11 RUN npm test                      ███",
        "",
        "┌   13 FROM nginx:1.29.4",
        "│   14 LABEL revision=$GIT_SHA",
        "│ ○ 15 COPY --from=build /app/dist /srv  █    copies from stage build",
        "│ ○ 16 RUN apk add --no-cache curl       ███  follows from line 15",
        '└   17 CMD ["nginx"]',
        "",
        "███ network or compiling, ██ generates, █ touches files",
        "● is re-run, ○ only if what it copies from another stage differs",
        "",
        "A change of the source re-runs 2 of 7 steps, 1 of them expensive, and 2 more if",
        "what they copy from another stage differs.",
        "  with --fix: 2 of 7 steps, 1 of them expensive, and 1 more if what it copies",
        "  from another stage differs.",
        "",
      ].join("\n"),
    );
  });

  it("colours what is re-run: red where it is expensive", async () => {
    const text = await shown("FROM debian:13.3\nCOPY . /app\nRUN make -C /app\n", "--change source --color");
    const lines = text.split("\n");
    expect(lines.find((line) => line.includes("COPY"))).toContain("\x1b[33m●\x1b[39m");
    expect(lines.find((line) => line.includes("RUN"))).toContain("\x1b[31m●\x1b[39m");
  });

  it.each(["", "--change source", "--change source --change lockfile"])("fits the terminal: %s", async (flags) => {
    const args = Array.from({ length: 12 }, (_, index) => `ARG SETTING_NUMBER_${String(index)}=1`).join("\n");
    const long = `RUN echo ${"日本語 ".repeat(50)}`;
    const text = await shown(
      `FROM debian:13.3 AS ${"a".repeat(90)}\n${args}\nCOPY . /app\n${long}\nRUN make ${"x".repeat(200)}\n`,
      `${flags} --no-color`,
      true,
    );
    expect(text).toContain("…");
    const wide = text.split("\n").filter((line) => stringWidth(line) > 80);
    expect(wide).toEqual([]);
  });

  it("keeps the columns in line beside wide characters", async () => {
    const lines = (await shown("FROM a:1\nCOPY 日本 /\nCOPY abcd /\n", "--no-color", true)).split("\n");
    const places = lines
      .filter((line) => line.includes("COPY"))
      .map((line) => stringWidth(line.slice(0, line.indexOf("█"))));
    expect(new Set(places).size).toBe(1);
  });

  it("shows nothing of a file unescaped", async () => {
    const text = `FROM a\x1b]0;x\x07 AS b\nARG X\u202e=1\nCOPY "a\x1b[2J" /b\u2066\nRUN x\x9b\n`;
    for (const flags of ["", "--change source", "--format json"]) {
      expect(await shown(text, flags)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]/);
    }
  });

  it("says that there is nothing to show", async () => {
    expect(await shown("ARG A=1\n")).toBe("Dockerfile\n\nThere is no stage, so there are no layers.\n");
  });
});

describe("what an asked change re-runs", () => {
  /** The lines that are marked, with their marks. */
  async function marked(text: string, flags: string): Promise<string[]> {
    const lines = (await shown(text, flags)).split("\n");
    return lines.flatMap((line) => {
      const [, mark, number] = /^[┌│└] ([●○]) +(\d+)/.exec(line) ?? [];
      return mark ? [`${number ?? ""}${mark}`] : [];
    });
  }

  it.each<[flags: string, marked: string[]]>([
    ["--change lockfile", ["5●", "6●", "7●", "8●", "15○", "16○"]],
    ["--change arg:GIT_SHA", ["6●", "7●", "8●", "15○", "16○"]],
    ["--change line:3", ["6●", "7●", "8●", "15○", "16○"]],
    ["--change line:8", ["8●", "15○", "16○"]],
    ["--change line:14", []],
    ["--change line:15 --change line:8", ["8●", "15●", "16●"]],
    ["--change line:8 --target test", ["8●", "11●"]],
    ["--change arg:GIT_SHA --build-arg GIT_SHA=abc", ["6●", "7●", "8●", "15○", "16○"]],
  ])("%s", async (flags, expected) => {
    expect(await marked(DOCKERFILE, flags)).toEqual(expected);
  });

  it("a line that an instruction continues on is part of it", async () => {
    expect(await marked("FROM a:1\nRUN a \\\n  b\nRUN c\n", "--change line:3")).toEqual(["2●", "4●"]);
  });

  it("a line of an ARG before FROM is its value", async () => {
    expect(await marked("ARG V=1\nFROM a:1\nRUN a\nFROM b:$V\nRUN b\n", "--change line:1")).toEqual(["5●"]);
  });

  it("a line of ONBUILD is what it triggers", async () => {
    expect(await marked("FROM a:1 AS x\nONBUILD RUN a\nFROM x\nRUN b\n", "--change line:2")).toEqual(["2●", "4●"]);
  });
});

describe("json", () => {
  interface Shown {
    readonly file: string;
    readonly steps: readonly Record<string, unknown>[];
    readonly changes: readonly Record<string, unknown>[];
  }
  async function json(text: string, flags = ""): Promise<Shown> {
    return JSON.parse(await shown(text, `--format json ${flags}`)) as Shown;
  }

  it("has for each step what re-runs it", async () => {
    const { file, steps } = await json(DOCKERFILE);
    expect(file).toBe("Dockerfile");
    expect(steps).toHaveLength(14);
    expect(steps[4]).toEqual({
      line: 6,
      instruction: "RUN npm ci",
      stage: "build",
      cost: 3,
      volatility: 5,
      key: ["line 5", "text", "ARG GIT_SHA (without a value)", "folder /app"],
      reads: expect.arrayContaining(["/app/package.json", "/app/package-lock.json"]) as string[],
      rerun: [
        { change: "lockfile", why: "follows from line 5", certain: true, line: 5 },
        { change: "arg:GIT_SHA", why: "its key holds GIT_SHA", certain: true, line: 6 },
      ],
    });
  });

  it("has with --change whether it is re-run", async () => {
    const { steps } = await json(DOCKERFILE, "--change source");
    const rerun = steps.map(({ line, rerun, certain, why }) => [line, rerun, certain, why]);
    expect(rerun).toContainEqual([6, false, true, null]);
    expect(rerun).toContainEqual([7, true, true, "brings the source"]);
    expect(rerun).toContainEqual([15, true, false, "copies from stage build"]);
  });

  it("counts the steps that each change re-runs", async () => {
    expect((await json(DOCKERFILE)).changes).toMatchObject([
      ...[{ change: "source", steps: 7, rerun: 2, expensive: 1, maybe: 2 }],
      ...[{ change: "lockfile", steps: 7, rerun: 4, expensive: 2, maybe: 2 }],
      ...[{ change: "arg:GIT_SHA", steps: 7, rerun: 3, expensive: 2, maybe: 2 }],
    ]);
  });
});

describe("what --fix would save", () => {
  it("is said behind each change", async () => {
    const text = await shown(LATE);
    expect(text).toContain(
      "A change of the source re-runs 2 of 3 steps, 1 of them expensive.\n  with --fix: 1 of 3 steps, none of them expensive.\n",
    );
  });

  it("is in the JSON", async () => {
    const { changes } = JSON.parse(await shown(LATE, "--format json --change source")) as { changes: unknown };
    expect(changes).toEqual([
      {
        ...{ change: "source", steps: 3, rerun: 2, expensive: 1, maybe: 0 },
        withFix: { steps: 3, rerun: 1, expensive: 0, maybe: 0 },
      },
    ]);
  });

  it("is not said where the rule is off", async () => {
    expect(await shown(LATE, "--rule system-packages-before-source=off")).not.toContain("--fix");
  });

  it("is not said of a line: the fix moves it", async () => {
    expect(await shown(LATE, "--change line:3")).not.toContain("--fix");
  });

  it("changes nothing itself", async () => {
    const folder = folderWith({ Dockerfile: LATE });
    await runIn(folder, "layers Dockerfile");
    expect((await runIn(folder, "layers Dockerfile")).stdout).toContain("with --fix");
  });
});

describe("which file", () => {
  it("the only one of a folder, the standard input, one that a policy ignores", async () => {
    const folder = folderWith({ "app/Dockerfile": "FROM a:1\n", "fromlint.yaml": "ignore: ['**']\n" });
    for (const argv of ["layers", "layers app", "layers app/Dockerfile"]) {
      expect((await runIn(folder, argv)).stdout).toMatch(/^app\/Dockerfile\n\n {8,}cost/);
    }
    const { stdout } = await runIn(folder, "layers - --stdin-filename x/Dockerfile", { stdin: "FROM b:1\n" });
    expect(stdout).toMatch(/^x\/Dockerfile\n[^]*FROM b:1/);
  });

  it("goes to a file with --output", async () => {
    const folder = folderWith({ Dockerfile: "FROM a:1\n" });
    expect((await runIn(folder, "layers --format json --output o.json")).stdout).toBe("");
    expect((await runIn(folder, "layers o.json")).code).toBe(0);
  });
});

describe("what cannot be meant is said in one line, exit 2", () => {
  it.each<[argv: string, message: string]>([
    ["layers none", "none: there is no such file or folder."],
    ["layers empty", "empty: there is no Dockerfile. Name one: fromlint layers FILE."],
    ["layers .", ".: there are 2 Dockerfiles. Name one: fromlint layers FILE."],
    ["layers Dockerfile --target tset", 'Dockerfile: target stage "tset" could not be found. Did you mean test?'],
    ["layers other/Dockerfile --target x", 'other/Dockerfile: target stage "x" could not be found.'],
    [
      "layers Dockerfile --change arg:GIT_SAH",
      "--change arg:GIT_SAH: the file has no ARG of that name. Did you mean GIT_SHA?",
    ],
    ["layers Dockerfile --change arg:ZZZ", "--change arg:ZZZ: the file has no ARG of that name. There is GIT_SHA."],
    ["layers other/Dockerfile --change arg:A", "--change arg:A: the file has no ARG of that name."],
    ["layers Dockerfile --change line:99", "--change line:99: the file ends at line 17."],
    ["layers Dockerfile --change line:1", "--change line:1: no instruction stands there."],
    ["layers Dockerfile --change line:9", "--change line:9: no instruction stands there."],
  ])("%s", async (argv, message) => {
    const folder = folderWith({ Dockerfile: DOCKERFILE, "other/Dockerfile": "FROM a:1\n" });
    mkdirSync(join(folder, "empty"));
    expect(await runIn(folder, argv)).toEqual({ code: 2, stdout: "", stderr: `fromlint: ${message}\n` });
  });
});
