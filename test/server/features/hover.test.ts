/** Hovers: what they say, over which range, and that nothing of a file acts in them. */
import fc from "fast-check";
import { Marked, type Token } from "marked";
import { describe, expect, it } from "vitest";
import { hoverAt } from "../../../server/features/hover.js";
import { marked, shown, sourceFor, type Given } from "./marked.js";

/** The text of the hover; "" for none. */
function said(text: string, given: Given = {}): string {
  const { source, offset } = marked(text, given);
  return hoverAt(source, offset)?.markdown ?? "";
}

/** Where it stands. */
function where(text: string): string {
  const { source, offset } = marked(text);
  const hover = hoverAt(source, offset);
  return hover ? shown(source.text, [hover.range]) : "";
}

const GOLDEN: Given = {
  policy: {
    bases: { golden: [{ image: "golden/node", replaces: ["node"] }], deny: ["busybox"] },
    registries: { allow: ["docker.io"] },
    pinning: [{ image: "**", require: "patch" }],
    args: { FROM_POLICY: "22" },
  },
};

describe("an image", () => {
  it("is told with tier, pinning, aliases, end of life and what the policy says", () => {
    expect(said("FROM node‸:22-alpine\n", GOLDEN).split("\n")).toEqual([
      "`node:22-alpine`",
      "",
      "- **official**: it is a Docker Official Image",
      "- pinned at major level, moves with every `22.x.y` release; the policy asks for patch level (`**`, `fromlint.yaml:1`)",
      "- most exact tag: `22.23.2-alpine`",
      expect.stringMatching(/^- the same image as `22-alpine3.24`, .*`22.23.2-alpine3.24`/) as string,
      "- node 22 ends on 2027-04-30",
      "- alpine 3.24 ends on 2028-06-01",
      "- ⚠ may not stand here: the policy allows golden as a base of the exported image, not official",
      "- golden image for it: `golden/node:22-alpine`",
      "",
      "_Catalog: tags of 2026-08-21, end of life of 2026-08-22_",
    ]);
  });

  it.each<[title: string, text: string, saying: RegExp]>([
    [
      "golden, with its place in the policy",
      "FROM golden/node‸:22",
      /\*\*golden\*\*.*golden image.*`fromlint\.yaml:1`/,
    ],
    ["ended", "FROM python:3.12-buster‸", /⚠ debian 10 \(buster\) ended on 2024-06-30; the nearest that lives: `3.12-/],
    ["denied", "FROM busybox‸:1.37", /⚠ denied by the policy: `busybox`, `fromlint\.yaml:1`/],
    ["of a registry that is not allowed", "FROM quay.io/a/b‸:1", /⚠ the policy does not allow the registry `quay\.io`/],
    ["in COPY --from", "FROM scratch\nCOPY --from=ngi‸nx:1.29 /a /b", /`nginx:1\.29`/],
    ["in a mount", "FROM scratch\nRUN --mount=type=bind,from=ngi‸nx:1.29,target=/x ls", /`nginx:1\.29`/],
    ["of # syntax", "# syntax=docker/docker‸file:1\nFROM scratch", /`docker\/dockerfile:1`/],
    ["in ONBUILD", "FROM scratch\nONBUILD COPY --from=ngi‸nx:1.29 /a /b", /`nginx:1\.29`/],
    ["without a tag", "FROM node‸", /not pinned: whatever `latest` is/],
    ["a digest", `FROM node‸@sha256:${"a".repeat(64)}`, /pinned by digest/],
    ["a stage", "FROM node:22 AS build\nFROM bui‸ld", /^The stage `build` of line 1, from `node:22`$/],
    ["a stage without a name", "FROM node:22\nFROM x\nCOPY --from=‸0 /a /b", /^The stage of line 1, from `node:22`$/],
    ["scratch", "FROM scra‸tch", /an empty image/],
    [
      "unknown",
      "FROM ${NAME}‸:1",
      /^\*\*ARG\*\* `NAME`: value not known\n\n- no `ARG` before the first `FROM` declares it/,
    ],
  ])("%s", (_title, text, saying) => {
    expect(said(text, GOLDEN)).toMatch(saying);
  });

  it("that a build context stands for", () => {
    const contexts = { base: "docker-image://node:22", docs: "./docs" };
    expect(said("FROM ba‸se", { contexts })).toMatch(/^`node:22`, which the build context `base` stands for/);
    expect(said("FROM do‸cs", { contexts })).toMatch(/^`docs`: a named build context/);
  });

  it.each([
    ["FROM --platform=linux/amd64 no‸de:22 AS x", "FROM --platform=linux/amd64 «node:22» AS x"],
    ["FROM \\\r\n  no‸de:22\r\n", "FROM \\\r\n  «node:22»\r\n"],
    ['FROM "no‸de:22"', 'FROM "«node:22»"'],
    ["FROM x\nCOPY --from=ngi‸nx a b", "FROM x\nCOPY --from=«nginx» a b"],
  ])("stands over its own text: %j", (text, expected) => {
    expect(where(text)).toBe(expected);
  });

  it.each(["‸\nFROM node", "FROM node AS x‸", "# a com‸ment\nFROM node", "FROM Bad:‸"])("but not at %j", (text) => {
    expect(said(text)).toBe("");
  });
});

describe("an ARG", () => {
  it.each<[title: string, text: string, saying: string[]]>([
    ["its default", "ARG V=22\nFROM node:$‸V", ["**ARG** `V`: `22`", "- written on line 1"]],
    [
      "its declaration",
      "ARG ‸V=22\nFROM node:$V",
      ["**ARG** `V`: `22`", "- written on its own line", "- decides the image `node:22`"],
    ],
    [
      "a value of the policy",
      "ARG FROM_POLICY\nFROM node:${FROM_‸POLICY}",
      ["**ARG** `FROM_POLICY`: `22`", "- given by `args` of the policy (`fromlint.yaml:1`)"],
    ],
    ["a build argument", "ARG GIVEN=1\nFROM node:${GIV‸EN}", ["**ARG** `GIVEN`: `24`", "- given with `--build-arg`"]],
    [
      "the platform",
      "FROM --platform=$BUILD‸PLATFORM node",
      ["**ARG** `BUILDPLATFORM`: `linux/amd64`", "- set by BuildKit; another platform gives another value"],
    ],
    [
      "no value",
      "ARG V\nFROM node:$‸V",
      ["**ARG** `V`: value not known", "- nothing gives it a value: the build has to, with `--build-arg`"],
    ],
    [
      "a default that rests on another",
      "ARG A=2\nARG V=2$A\nFROM node:$‸V",
      ["**ARG** `V`: `22`", "- written on line 2"],
    ],
    [
      "in a stage, from the global one",
      "ARG V=22\nFROM node\nARG V\nRUN echo $‸V",
      ["**ARG** `V`: `22`", "- from the `ARG` of that name before the first `FROM`"],
    ],
    ["ENV", "FROM node\nENV V=1\nWORKDIR /app/${V‸}", ["**ENV** `V`: `1`", "- written on line 2"]],
    ["an empty value", "FROM node\nENV V=\nWORKDIR /app/${V‸}", ["**ENV** `V`: empty", "- written on line 2"]],
    [
      "a value that the base image decides",
      "FROM node\nENV P=/x:$PATH\nENV Q=$‸P",
      ["**ENV** `P`: value not known", "- written on line 2, with a variable that has no value here"],
    ],
  ])("%s", (_title, text, lines) => {
    const text0 = said(text, { ...GOLDEN, buildArgs: { GIVEN: "24" } });
    expect(
      text0
        .split("\n\n---\n\n")[0]!
        .split("\n")
        .filter((line) => line !== ""),
    ).toEqual(lines);
  });

  it("in FROM shows the image, too, and stands over the whole variable", () => {
    expect(said("ARG V=22\nFROM node:$‸{V}-alpine")).toMatch(/---\n\n`node:22-alpine`/);
    expect(where("ARG V=22\nFROM node:$‸{V}-alpine")).toBe("ARG V=22\nFROM node:«${V}»-alpine");
  });

  it("that is none of this file's says nothing of its own", () => {
    expect(said("FROM node\nRUN echo $‸HOME")).toMatch(/^\*\*RUN\*\*/);
  });
});

describe("a layer", () => {
  const FILE =
    "FROM node:22 AS build\nARG GIT_SHA\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n";
  const at = (line: string): string => FILE.replace(line, `${line.slice(0, 2)}‸${line.slice(2)}`);

  it("of RUN: its key and what re-runs it", () => {
    expect(said(at("RUN npm ci")).split("\n")).toEqual([
      "**RUN** in stage `build`, expensive: it loads from the network or compiles",
      "",
      "Its cache key holds `line 4`, `text`, `ARG GIT_SHA (without a value)` and `folder /app`.",
      "",
      "Re-run by",
      "- a change of a lockfile: follows from line 4",
      "- another GIT_SHA: its key holds GIT_SHA",
    ]);
  });

  it("of COPY", () => {
    expect(said(at("COPY . ."))).toMatch(
      /holds `line 5`, `build context: \.` and `destination \/app\/`.*- a change of the source: brings the source/s,
    );
  });

  it("that copies from a stage is perhaps re-run", () => {
    expect(said("FROM a AS b\nCOPY . /s\nFROM c\nCO‸PY --from=b /s /t")).toMatch(
      /- a change of the source: copies from stage b, if that comes out different/,
    );
  });

  it("that nothing re-runs", () => {
    expect(said("FROM a\nRU‸N apk add curl")).toMatch(/Neither a change of the source nor of a lockfile/);
  });

  it("of a stage that nobody needs", () => {
    expect(said("FROM a\nRU‸N x\nFROM b")).toMatch(/does not need this stage/);
  });

  it("stands over the keyword, and elsewhere over the instruction", () => {
    expect(where("FROM a\nRU‸N x \\\n  y")).toBe("FROM a\n«RUN» x \\\n  y");
    expect(where("FROM a\nRUN x \\\n ‸ y")).toBe("FROM a\n«RUN x \\\n  y»");
  });

  it.each(["FROM a\nLAB‸EL a=b", "FROM a\nEN‸V a=b", "FR‸OM a"])("%j has none", (text) => {
    expect(said(text)).toBe("");
  });
});

describe("whatever a file holds", () => {
  const evil = fc.constantFrom(
    ...[
      "[a](http://e.vil)",
      "<img src=x onerror=y>",
      "![a](http://e.vil/p)",
      "`",
      "``",
      "**",
      "\u202e",
      "\u001b[31m",
      "http://e.vil/",
      "www.e.vil",
      "a@e.vil",
    ],
    ...["<!--", "&lt;", "\\", "|", "#", "- ", "~~", "_", "$(x)", "${X}", "x", "/", ":", "node", "\u200b", "command:x"],
  );
  const texts = fc.array(evil, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
  const files = fc.tuple(texts, texts, texts, texts).map(([a, b, c, d]) => {
    return `ARG X=${a}\nFROM ${b} AS s\nARG ${c}=${d}\nENV Y="${a}"\nRUN echo $Y ${b}\nCOPY --from=${c} ${d} ${a}\nFROM node:\${X}\nCOPY --from=s ${b} /\n`;
  });

  it("nothing of it becomes a link, an image, HTML, or hides", () => {
    const parser = new Marked({ gfm: true });
    const types = (tokens: readonly Token[]): string[] =>
      tokens.flatMap((token) => {
        const inner = "tokens" in token ? types(token.tokens ?? []) : [];
        const items = token.type === "list" ? types(token.items as Token[]) : [];
        return [token.type, ...inner, ...items];
      });
    const acting = ["link", "image", "html", "heading", "table", "blockquote", "del", "def"];
    fc.assert(
      fc.property(files, (text) => {
        const source = sourceFor(text);
        const read = new Set<string>();
        for (let offset = 0; offset <= text.length; offset += 3) {
          const hover = hoverAt(source, offset);
          if (!hover) continue;
          const [from, to] = hover.range;
          expect(from).toBeLessThanOrEqual(offset);
          expect(to).toBeGreaterThanOrEqual(offset);
          if (read.has(hover.markdown)) continue;
          read.add(hover.markdown);
          expect(types(parser.lexer(hover.markdown)).filter((type) => acting.includes(type))).toEqual([]);
          expect(hover.markdown).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
