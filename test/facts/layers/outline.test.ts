/** The layers of a file as plain data. */
import { describe, expect, it } from "vitest";
import { outlineOf, type NamedChange, type Outline } from "../../../src/facts/layers/outline.js";
import { built } from "./layers-of.js";

function outline(text: string, ...changes: NamedChange[]): Outline {
  return outlineOf(built(text).source, changes);
}

const SOURCE: NamedChange = { name: "source", parts: [{ kind: "source" }] };
const LOCKFILE: NamedChange = { name: "lockfile", parts: [{ kind: "lockfile" }] };

describe("what is in the key of a step", () => {
  /** Of the last line. */
  const key = (text: string): readonly string[] => outline(text).steps.at(-1)!.key;

  it.each<[title: string, text: string, key: string[]]>([
    ["FROM: the image", "FROM node:22", ["image node:22"]],
    ["FROM: variables put in", "ARG V=22\nFROM node:$V", ["image node:22"]],
    ["FROM: a stage", "FROM a AS b\nFROM b", ["stage b"]],
    ["FROM: scratch", "FROM scratch", ["scratch"]],
    ["RUN: what is above, its text, the folder", "FROM a\nRUN x", ["line 1", "text", "folder /"]],
    [
      "RUN: variables, user, folder and shell",
      'FROM a\nARG V=1\nENV W=2\nUSER u\nWORKDIR /app\nSHELL ["/bin/bash", "-c"]\nRUN x',
      ["line 5", "text", "ARG V", "ENV W", "user u", "folder /app", "shell /bin/bash -c"],
    ],
    [
      "RUN: an ARG that only a build gives a value",
      "FROM a\nARG GIT_SHA\nRUN x",
      ["line 1", "text", "ARG GIT_SHA (without a value)", "folder /"],
    ],
    [
      "RUN: the same of the stage below",
      "FROM a AS b\nARG GIT_SHA\nFROM b\nRUN x",
      ["line 3", "text", "ARG GIT_SHA (without a value)", "folder /"],
    ],
    ["RUN: an ARG behind it is not", "FROM a\nARG V\nENV V=1\nRUN x", ["line 1", "text", "ENV V", "folder /"]],
    [
      "RUN: the shell does not count for the exec form",
      'FROM a\nSHELL ["/bin/bash", "-c"]\nRUN ["x"]',
      ["line 1", "text", "folder /"],
    ],
    [
      "RUN: what it mounts",
      "FROM a AS b\nFROM c\nRUN --mount=type=bind,from=b,source=/out,target=/in x",
      ["line 2", "text", "folder /", "stage b: /out"],
    ],
    [
      "COPY: content and destination",
      "FROM a\nCOPY package*.json src ./",
      ["line 1", "build context: package*.json", "build context: src", "destination ./"],
    ],
    [
      "COPY: owner and mode",
      "FROM a\nCOPY --chown=u --chmod=600 . /app",
      ["line 1", "build context: .", "destination /app", "--chown=u", "--chmod=600"],
    ],
    ["COPY: of a stage", "FROM a AS b\nFROM c\nCOPY --from=b /o /p", ["line 2", "stage b: /o", "destination /p"]],
    ["COPY: of an image", "FROM a\nCOPY --from=nginx:1 /o /p", ["line 1", "image nginx:1: /o", "destination /p"]],
    ["COPY --link: not what is above", "FROM a\nCOPY --link f /f", ["build context: f", "destination /f"]],
    ["COPY: a heredoc", "FROM a\nCOPY <<E /f\nx\nE", ["line 1", "heredoc E", "destination /f"]],
    ["ADD: an address", "FROM a\nADD https://a.b/c /c", ["line 1", "https://a.b/c", "destination /c"]],
    ["WORKDIR: who makes it", "FROM a\nUSER u\nWORKDIR /app", ["line 1", "text", "user u"]],
    ["ENV: nothing, it has none", "FROM a\nENV A=1", []],
    ["LABEL: nothing, it is in none", "FROM a\nLABEL a=1", []],
  ])("%s", (_title, text, expected) => {
    expect(key(text)).toEqual(expected);
  });

  it("lists a hundred variables, not thousands", () => {
    const names = Array.from({ length: 5000 }, (_, index) => `A${String(index)}=1`).join(" ");
    expect(key(`FROM a\nENV ${names}\nRUN x`)).toHaveLength(104);
    const args = Array.from({ length: 5000 }, (_, index) => `ARG A${String(index)}`).join("\n");
    expect(key(`FROM a\n${args}\nRUN x`).length).toBeLessThan(110);
  });
});

const NODE = `FROM node:22 AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM build AS test
RUN npm test
FROM nginx:1.29
LABEL a=b
COPY --from=build /app/dist /srv
`;

describe("a step", () => {
  it("has its line, its text on one line, its stage and what it reads", () => {
    const { steps } = outline("FROM a AS b\nRUN apk add \\\n  curl\nFROM scratch\nCOPY --chmod=600 f /g");
    expect(steps.map(({ line, instruction, stage }) => [line, instruction, stage])).toEqual([
      [1, "FROM a AS b", "b"],
      [2, "RUN apk add   curl", "b"],
      [4, "FROM scratch", 1],
      [5, "COPY --chmod=600 f /g", 1],
    ]);
    expect(steps.map(({ reads }) => reads)).toEqual([[], [], [], ["build context: f"]]);
  });

  it("has its cost", () => {
    const cost = outline(`${NODE}CMD x\n`).steps.map(({ cost }) => cost);
    expect(cost).toEqual([0, 1, 1, 3, 1, 3, 0, 3, 0, 0, 1, 0]);
  });

  it("of which nothing is known reads anything", () => {
    expect(outline("FROM a\nRUN ./x").steps.at(-1)?.reads).toBeNull();
  });

  it("in a stage that the exported one does not need is not built, and never re-run", () => {
    const test = outline(NODE, SOURCE).steps.filter(({ stage }) => stage === "test");
    expect(test.map(({ built, reruns }) => [built, reruns])).toEqual([
      [false, []],
      [false, []],
    ]);
  });

  it("of an ONBUILD stands in the stage that it is triggered in", () => {
    const { steps } = outline("FROM a AS b\nONBUILD COPY . /app\nFROM b\n", SOURCE);
    expect(steps.at(-1)).toMatchObject({ line: 2, instruction: "COPY . /app", stage: 1, triggered: true });
  });
});

describe("a change", () => {
  it("tells why it re-runs a step, and from which line on", () => {
    const { steps } = outline(NODE, SOURCE);
    expect(steps.flatMap(({ line, reruns }) => reruns.map((one) => ({ at: line, ...one })))).toEqual([
      { at: 5, change: "source", why: "own", certain: true, line: 5 },
      { at: 6, change: "source", why: "parent", certain: true, line: 5 },
      { at: 11, change: "source", why: "content", certain: false, line: 11 },
    ]);
  });

  it("is counted over the steps that have a layer and are built", () => {
    expect(outline(NODE, SOURCE, LOCKFILE).changes).toEqual([
      { change: "source", steps: 6, rerun: 2, expensive: 1, maybe: 1 },
      { change: "lockfile", steps: 6, rerun: 4, expensive: 2, maybe: 1 },
    ]);
  });

  it("of several parts re-runs what any of them does", () => {
    const both = { name: "both", parts: [{ kind: "argument", name: "A" } as const, { kind: "source" } as const] };
    const { steps } = outline("FROM a AS b\nCOPY . /src\nFROM c\nARG A\nCOPY --from=b /src /src\nRUN x", both);
    expect(steps.map(({ reruns: [rerun] }) => rerun && [rerun.why, rerun.certain])).toEqual([
      ...[undefined, ["own", true], undefined, undefined, ["content", false]],
      // For certain through ARG, only perhaps through what is copied.
      ["own", true],
    ]);
  });
});
