import { describe, expect, it } from "vitest";
import { factsOf, type Given } from "./facts-of.js";

it("# syntax comes first and stands in no stage", () => {
  const [syntax] = factsOf("# syntax=docker/dockerfile:1 option\nFROM a\n").facts.images;
  expect(syntax).toMatchObject({ kind: "syntax", raw: "docker/dockerfile:1", role: "copied", stage: null });
  expect(syntax?.reference?.tag).toBe("1");
});

describe("roles", () => {
  const roles = (text: string, target?: string): string[] =>
    factsOf(text, target === undefined ? {} : { target }).facts.images.map(({ raw, role }) => `${raw} ${role}`);

  it("is final for the last stage, and build for the others", () => {
    expect(roles("FROM a AS x\nFROM b\n")).toEqual(["a build", "b final"]);
  });
  it("is final for what the last stage is built FROM", () => {
    expect(roles("FROM a AS x\nFROM x AS y\nFROM c\nFROM y\n")).toEqual(["a final", "x final", "c build", "y final"]);
  });
  it("follows --target", () => {
    expect(roles("FROM a AS x\nFROM b AS y\n", "X")).toEqual(["a final", "b build"]);
  });
  it("is copied for COPY --from, mounts, ONBUILD and # syntax", () => {
    const text = "# syntax=d/f:1\nFROM a\nCOPY --from=b / /\nRUN --mount=from=c true\nONBUILD COPY --from=d / /\n";
    expect(roles(text)).toEqual(["d/f:1 copied", "a final", "b copied", "c copied", "d copied"]);
  });
});

describe("places", () => {
  const places = (text: string): string[] => {
    const source = factsOf(text);
    return source.facts.images.map(({ range, loc }) => `${loc.start.line}:${loc.start.column} ${text.slice(...range)}`);
  };

  it.each<[string, string, string[]]>([
    ["FROM", "FROM --platform=linux/amd64 node:24 AS a\n", ["1:29 node:24"]],
    ["FROM in quotes", 'FROM "node:24"\n', ["1:7 node:24"]],
    ["FROM over two lines", "FROM \\\n  node:24\n", ["2:3 node:24"]],
    ["an image over two lines", "FROM node:\\\n24\n", ["1:6 node:\\\n24"]],
    ["COPY --from", "FROM a\nCOPY --link --from=node:24 / /\n", ["1:6 a", "2:20 node:24"]],
    [
      "several mounts",
      "FROM a\nRUN --mount=from=b,target=/b --mount=target=/c,from=c true\n",
      ["1:6 a", "2:18 b", "2:53 c"],
    ],
    ["ONBUILD", "FROM a\nONBUILD COPY --from=node:24 / /\n", ["1:6 a", "2:21 node:24"]],
    ["# syntax", "# syntax = d/f:1\nFROM a\n", ["1:12 d/f:1", "2:6 a"]],
  ])("%s", (_title, text, expected) => {
    expect(places(text)).toEqual(expected);
  });
});

describe("provenance", () => {
  const provenance = (text: string, given: Given = {}): string[] =>
    factsOf(text, given).facts.images.flatMap((use) =>
      use.provenance.map(
        ({ variable, value, source, pair }) => `${variable}=${value} ${source} ${pair?.loc.start.line ?? "-"}`,
      ),
    );

  it("names the default and where it is written", () => {
    expect(provenance("ARG A=1\nARG TAG=24\nFROM node:$TAG\n")).toEqual(["TAG=24 default 2"]);
  });
  it("names the defaults that it rests on, each once", () => {
    expect(provenance("ARG A=2\nARG TAG=${A}4.${A}\nFROM node:$TAG-$A\n")).toEqual(
      ["A=2 default 1", "TAG=24.2 default 2"].reverse(),
    );
  });
  it("names --build-arg, with the ARG that declares it", () => {
    expect(provenance("ARG TAG=24\nFROM node:$TAG\n", { buildArgs: { TAG: "22" } })).toEqual(["TAG=22 build-arg 1"]);
  });
  it("names the policy", () => {
    expect(provenance("ARG TAG\nFROM node:$TAG\n", { policy: { args: { TAG: "22" } } })).toEqual(["TAG=22 policy 1"]);
  });
  it("names what BuildKit sets", () => {
    expect(provenance("FROM node:24-$TARGETARCH\n")).toEqual(["TARGETARCH=amd64 platform -"]);
  });
  it("leaves out a variable whose value is not in the text", () => {
    expect(provenance("ARG TAG=24\nFROM node:22\n")).toEqual([]);
  });
});
