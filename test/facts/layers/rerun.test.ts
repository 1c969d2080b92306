/** What a change re-runs. */
import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/facts/layers/rerun.js";
import { built, lineOf } from "./layers-of.js";

/** `certain`; with `?` where the content may come out the same; with `*` where the step itself changes. */
function rerun(text: string, change: Change): string[] {
  return built(text)
    .rerun(change)
    .map(({ step, certain, why }) => lineOf(step) + (why === "own" ? " *" : "") + (certain ? "" : " ?"));
}

const NODE = [
  "FROM node:22 AS build",
  "WORKDIR /app",
  "COPY package*.json ./",
  "RUN npm ci",
  "COPY . .",
  "RUN npm run build",
  "FROM nginx:1.29",
  "RUN apt-get update && apt-get install -y curl",
  "COPY --from=build /app/dist /usr/share/nginx/html",
  "COPY nginx.conf /etc/nginx/",
].join("\n");

describe("files of the context", () => {
  it("source: what copies it, and all behind it", () => {
    expect(rerun(NODE, { kind: "source" })).toEqual([
      "COPY . . *",
      "RUN npm run build",
      "COPY --from=build /app/dist /usr/share/nginx/html ?",
      "COPY nginx.conf /etc/nginx/ ?",
    ]);
  });

  it("lockfile: from the manifests on", () => {
    expect(rerun(NODE, { kind: "lockfile" }).slice(0, 4)).toEqual([
      "COPY package*.json ./ *",
      "RUN npm ci",
      "COPY . . *",
      "RUN npm run build",
    ]);
  });

  it.each<[path: string, first: string]>([
    ["package.json", "COPY package*.json ./ *"],
    ["src/index.js", "COPY . . *"],
  ])("%s", (path, first) => {
    expect(rerun(NODE, { kind: "files", paths: [path] })[0]).toBe(first);
  });

  it("a file that one COPY names alone", () => {
    expect(
      rerun("FROM a\nCOPY a /a\nRUN x\nCOPY nginx.conf /etc/\nRUN y", { kind: "files", paths: ["nginx.conf"] }),
    ).toEqual(["COPY nginx.conf /etc/ *", "RUN y"]);
  });

  it("a bind mount of the context", () => {
    expect(rerun("FROM a\nRUN a\nRUN --mount=type=bind,source=src,target=/src b", { kind: "source" })).toEqual([
      "RUN --mount=type=bind,source=src,target=/src b *",
    ]);
  });
});

describe("content of another stage", () => {
  it("is not taken where the step that is re-run wrote elsewhere", () => {
    const text =
      "FROM a AS b\nWORKDIR /src\nCOPY . /src\nRUN mkdir /other\nFROM c\nCOPY --from=b /opt/tool /opt/\nRUN x";
    expect(rerun(text, { kind: "source" })).toEqual(["COPY . /src *", "RUN mkdir /other"]);
  });

  it("through several stages", () => {
    const text = "FROM a AS b\nCOPY . /src\nFROM b AS c\nRUN mkdir /x\nFROM d\nCOPY --from=c /src /src\nRUN x";
    expect(rerun(text, { kind: "source" })).toEqual([
      "COPY . /src *",
      "RUN mkdir /x",
      "COPY --from=c /src /src ?",
      "RUN x ?",
    ]);
  });
});

describe("build arguments", () => {
  it.each<[title: string, text: string, steps: string[]]>([
    ["every RUN behind it", "FROM a\nRUN w\nARG V\nRUN x\nCOPY a /a\nRUN y", ["RUN x *", "COPY a /a", "RUN y *"]],
    ["what COPY alone follows is reused", "FROM a\nARG V\nCOPY a /a\nLABEL v=$V", []],
    ["not behind an ENV that covers it", "FROM a\nARG V\nENV V=1\nRUN x", []],
    ["through an ENV", "FROM a\nARG V\nENV W=$V V=1\nRUN x", ["RUN x *"]],
    ["a WORKDIR made of it", "FROM a\nARG V=1\nWORKDIR /app/$V", ["WORKDIR /app/$V *"]],
    ["the base image", "ARG V=1\nFROM a:$V\nRUN x", ["RUN x"]],
    ["a default that uses it", "ARG V=1\nARG W=$V\nFROM a\nARG W\nRUN x", ["RUN x *"]],
    ["no stage that does not declare it", "ARG V=1\nFROM a\nRUN x\nFROM b\nARG V\nRUN y", ["RUN y *"]],
  ])("%s", (_title, text, steps) => {
    expect(rerun(text, { kind: "argument", name: "V" })).toEqual(steps);
  });
});

describe("other changes", () => {
  const changed = (text: string, start: string): string[] => {
    const one = built(text);
    return one
      .rerun({ kind: "texts", instructions: new Set([one.step(start).instruction]) })
      .map(({ step }) => lineOf(step));
  };

  it.each<[line: string, steps: string[]]>([
    ["RUN b", ["RUN b", "RUN c"]],
    ["ENV E", ["RUN b", "RUN c"]],
    ["USER u", ["RUN c"]],
    ["LABEL l", []],
    ["FROM a", ["RUN a", "RUN b", "RUN c"]],
  ])("the line of %s", (line, steps) => {
    expect(changed("FROM a\nRUN a\nENV E=1\nLABEL l=1\nRUN b\nUSER u\nRUN c", line)).toEqual(steps);
  });

  it("an image", () => {
    const text = "FROM a AS x\nRUN a\nFROM b\nRUN b\nCOPY --from=x /bin/a /a";
    expect(rerun(text, { kind: "image", name: "a" })).toEqual(["RUN a", "COPY --from=x /bin/a /a ?"]);
    expect(rerun(text, { kind: "image", name: null })).toEqual(["RUN a", "RUN b", "COPY --from=x /bin/a /a"]);
  });

  it("a COPY --link is reused, what stands on it is not", () => {
    expect(rerun("FROM a\nRUN a\nCOPY --link b /b\nRUN c", { kind: "image", name: "a" })).toEqual(["RUN a", "RUN c"]);
  });
});
