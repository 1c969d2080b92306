/** Image patterns and file globs. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileGlob, compileImage } from "../../src/policy/match.js";
import { matches } from "./known.js";
import { processorTime } from "../support/work.js";

const DIGEST = `sha256:${"a".repeat(64)}`;

describe("image patterns", () => {
  describe.each<[title: string, pattern: string, match: string[], no: string[]]>([
    [
      "a bare name is an official image of Docker Hub, at any tag and digest",
      "python",
      ["docker.io/library/python", "docker.io/library/python:3.12", `docker.io/library/python@${DIGEST}`],
      ["docker.io/acme/python", "ghcr.io/library/python", "docker.io/library/python3", "ghcr.io/python"],
    ],
    [
      "a name with one slash is on Docker Hub, `*` stops at the next slash",
      "golden/*",
      ["docker.io/golden/node:22", "docker.io/golden/dotnet-sdk"],
      ["docker.io/golden/team/node", "registry.example/golden/node", "docker.io/library/golden"],
    ],
    [
      "`**` goes on below it",
      "golden/**",
      ["docker.io/golden/node", "docker.io/golden/team/node"],
      ["registry.example/golden/node", "docker.io/golden2/node"],
    ],
    [
      "behind `**/` any registry and any depth",
      "**/golden/*",
      ["docker.io/golden/node", "registry.example:5000/golden/node", "registry.example/a/b/golden/node"],
      ["docker.io/golden/a/b", "docker.io/notgolden/node"],
    ],
    ["`**` alone is every image", "**", ["docker.io/library/node", `r.example:1/a/b/c:t@${DIGEST}`], []],
    [
      "with a tag, only what has it",
      "python:3.7*",
      [
        "docker.io/library/python:3.7",
        "docker.io/library/python:3.7.17-slim",
        `docker.io/library/python:3.7@${DIGEST}`,
      ],
      ["docker.io/library/python:3.8", "docker.io/library/python", `docker.io/library/python@${DIGEST}`],
    ],
    [
      "`?` is one character",
      "docker.io/library/alpine:3.1?",
      ["docker.io/library/alpine:3.10", "docker.io/library/alpine:3.19"],
      ["docker.io/library/alpine:3.1", "docker.io/library/alpine:3.2", "docker.io/library/alpine:3.100"],
    ],
    [
      "`[…]` is one of these",
      "debian:1[0-2]",
      ["docker.io/library/debian:10", "docker.io/library/debian:12"],
      ["docker.io/library/debian:13", "docker.io/library/debian:1"],
    ],
    [
      "`[!…]` is none of these",
      "debian:1[!0-2]",
      ["docker.io/library/debian:13"],
      ["docker.io/library/debian:12", "docker.io/library/debian:1"],
    ],
    [
      "`{a,b}` are alternatives, each qualified on its own",
      "{registry.example/base,golden/*,node:2{0,2}}",
      ["registry.example/base", "docker.io/golden/x", "docker.io/library/node:20", "docker.io/library/node:22"],
      ["docker.io/registry.example/base", "docker.io/library/base", "docker.io/library/node:21"],
    ],
    [
      "no tag and no digest is the tag latest",
      "node:latest",
      ["docker.io/library/node", "docker.io/library/node:latest"],
      ["docker.io/library/node:22", `docker.io/library/node@${DIGEST}`],
    ],
    [
      "a registry with a port is no tag",
      "registry.local:5000/golden/sdk",
      ["registry.local:5000/golden/sdk", "registry.local:5000/golden/sdk:3.1"],
      ["registry.local/golden/sdk:5000", "docker.io/golden/sdk"],
    ],
    ["localhost is a registry", "localhost/*", ["localhost/app:1"], ["docker.io/localhost/app"]],
    [
      "an IPv6 address is a registry, not a choice of characters",
      "[::1]:5000/*",
      ["[::1]:5000/app"],
      [":/app", "docker.io/:/app"],
    ],
    [
      "a registry may hold a pattern",
      "*.corp.example/golden/*",
      ["eu.corp.example/golden/node"],
      ["corp.example/golden/node", "a.b.corp.example2/golden/node", "docker.io/golden/node"],
    ],
    [
      "index.docker.io and registry-1.docker.io are docker.io",
      "{index.docker.io/node,registry-1.docker.io/acme/*}",
      ["docker.io/library/node", "docker.io/acme/app"],
      ["index.docker.io/library/node"],
    ],
    ["docker.io with one name gets library/", "docker.io/node", ["docker.io/library/node"], ["docker.io/acme/node"]],
    [
      "but docker.io/** is all of Docker Hub",
      "docker.io/**",
      ["docker.io/library/node", "docker.io/a/b"],
      ["ghcr.io/a"],
    ],
    [
      "with a digest, only what has it",
      `node@${DIGEST}`,
      [`docker.io/library/node@${DIGEST}`, `docker.io/library/node:22@${DIGEST}`],
      [`docker.io/library/node@sha256:${"b".repeat(64)}`, "docker.io/library/node"],
    ],
    [
      "any digest will do for `@*`, with any tag or none",
      "node@*",
      [`docker.io/library/node@${DIGEST}`, `docker.io/library/node:22@${DIGEST}`],
      ["docker.io/library/node", "docker.io/library/node:22"],
    ],
    ["tags are compared case by case", "node:LTS", ["docker.io/library/node:LTS"], ["docker.io/library/node:lts"]],
  ])("%s: %s", (_title, text, match, no) => {
    const { value, problem } = compileImage(text, null);
    it("can be read", () => expect(problem).toBeNull());
    it.each(match)("matches %s", (image) => expect(matches(value ?? undefined, image)).toBe(true));
    it.each(no)("does not match %s", (image) => expect(matches(value ?? undefined, image)).toBe(false));
  });

  it.each([
    ["", "it is empty"],
    [" node", "it begins or ends with a space"],
    ["node\u0007", "it holds a control character"],
    ["no\u202ede", "it holds a control character"],
    ["x".repeat(513), "it is longer than 512 characters"],
    ["py thon", "` ` cannot stand in an image's name"],
    ["node:", "no tag stands behind `:`"],
    ["node@", "no digest stands behind `@`"],
    [":22", "it names no image"],
    ["acme//node", "a part between slashes is empty"],
    ["/node", "a part between slashes is empty"],
    ["node/", "a part between slashes is empty"],
    ["https://registry.example/node", "write it without the scheme"],
    ["acme/Node", "repository names are lower case"],
    ["node:22+1", "`+` cannot stand in an image's name"],
    ["node:2:2", "`:` cannot stand in an image's name"],
    ["${REGISTRY}/node", "variables cannot stand in it"],
    ["{node}", "braces hold alternatives: `{a,b}`"],
    ["{node,python", "a `{` is not closed"],
    ["node}", "a `}` has no `{` before it"],
    ["node:[0-9", "a `[` is not closed"],
    ["node:0-9]", "a `]` has no `[` before it"],
    ["node:[]", "nothing stands between `[` and `]`"],
    ["node:[a/b]", "`/`, `{` and `}` cannot stand between `[` and `]`"],
    ["golden**", "`**` stands alone between slashes, as in `a/**`"],
    ["@(node|python)", "extended globs such as `@(a|b)` are not read; write `{a,b}`"],
    ["!node", "`!` does not negate; leave the pattern out, or say what is meant"],
    ["{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "its braces stand for more than 200 alternatives"],
    ["node:{1..9999}", "its braces stand for more than 200 alternatives"],
  ])("refuses %j: %s", (text, reason) => {
    const { problem } = compileImage(text, null);
    expect(problem?.startsWith("the pattern `")).toBe(true);
    expect(problem?.endsWith(`cannot be read: ${reason}`), problem ?? "no problem").toBe(true);
  });
});

describe("file globs", () => {
  it.each<[title: string, glob: string, match: string[], no: string[]]>([
    ["a name is a file beside the policy", "Dockerfile", ["Dockerfile"], ["app/Dockerfile", "Dockerfile.dev"]],
    ["`*` stops at a slash", "images/*", ["images/Dockerfile"], ["images/a/Dockerfile", "Dockerfile"]],
    ["`**` does not", "images/**", ["images/Dockerfile", "images/a/b/Dockerfile"], ["other/images/Dockerfile"]],
    ["`**` alone is every file", "**", ["Dockerfile", "a/b/Dockerfile"], []],
    ["`**/` may stand for nothing", "**/Dockerfile", ["Dockerfile", "a/b/Dockerfile"], ["a/Dockerfile.dev"]],
    ["names that begin with a dot match too", "**/*.dev", [".github/.x.dev", "a/.dev"], []],
    ["`{a,b}` are alternatives", "{a,b}/Dockerfile{,.dev}", ["a/Dockerfile", "b/Dockerfile.dev"], ["c/Dockerfile"]],
    ["`[…]` is one of these", "[ab]/*", ["a/Dockerfile"], ["c/Dockerfile"]],
    ["`[*]` is a star", "a[*]/*", ["a*/Dockerfile"], ["ab/Dockerfile"]],
    ["`./` in front changes nothing", "./images/*", ["images/Dockerfile"], []],
    ["case counts", "images/*", [], ["Images/Dockerfile"]],
    ["nothing outside the folder matches", "**", [], ["../Dockerfile", "../../a/Dockerfile"]],
    ["`#` and parentheses are like any character", "#a(b)/*", ["#a(b)/Dockerfile"], ["a/Dockerfile"]],
  ])("%s: %s", (_title, glob, match, no) => {
    const { value, problem } = compileGlob(glob);
    expect(problem).toBeNull();
    expect(match.filter((path) => !value?.(path))).toEqual([]);
    expect(no.filter((path) => value?.(path))).toEqual([]);
  });

  it.each([
    ["", "it is empty"],
    [".", "it names no file"],
    ["./", "it names no file"],
    ["/images/**", "it is relative to the policy's folder, so it cannot begin with `/`"],
    ["../images/**", "it cannot hold the folders `.` and `..`"],
    ["images/./x", "it cannot hold the folders `.` and `..`"],
    ["images/", "no file's path ends in `/`; write `images/**`"],
    ["images\\**", "`\\` cannot stand in it; folders are separated by `/`, and `[*]` is a literal `*`"],
    ["!images/**", "`!` does not negate; leave the pattern out, or say what is meant"],
    ["images[", "a `[` is not closed"],
    ["images{a", "a `{` is not closed"],
    ["a\u0000b", "it holds a control character"],
    ["a/".repeat(300), "it is longer than 512 characters"],
  ])("refuses %j: %s", (glob, reason) => {
    const { problem } = compileGlob(glob);
    expect(problem?.endsWith(`cannot be read: ${reason}`), problem ?? "no problem").toBe(true);
  });
});

it("a pattern that is not refused matches or does not, and never throws", () => {
  const pattern = fc.string({
    unit: fc.constantFrom(
      "*",
      "**",
      "?",
      "[",
      "]",
      "!",
      "^",
      "-",
      "{",
      "}",
      ",",
      "/",
      ":",
      "@",
      ".",
      "a",
      "b",
      "1",
      "#",
      "(",
    ),
    maxLength: 20,
  });
  fc.assert(
    fc.property(pattern, fc.constantFrom("a", "a/b", "docker.io/a/b:1", `b@${DIGEST}`, ""), (text, target) => {
      const glob = compileGlob(text);
      const image = compileImage(text, null);
      if (glob.problem === null) expect(typeof glob.value(target)).toBe("boolean");
      if (image.problem === null) expect(typeof matches(image.value, target)).toBe("boolean");
    }),
    { numRuns: 2_000 },
  );
});

describe("hostile patterns take no time to speak of", () => {
  const a = "a".repeat(128);
  const cases: [title: string, pattern: string, text: string][] = [
    ["many stars", "*a".repeat(60), `${a}b`],
    ["many question marks and stars", "?*".repeat(100), `${a}b`],
    ["many `**`", "**/a/".repeat(80) + "b", Array(200).fill("a").join("/")],
    ["many sets", "[ab]*".repeat(80), `${a}c`],
    ["nested braces", `${"{a,".repeat(150)}b${"}".repeat(150)}`, a],
    ["rows of braces", "{a,b}".repeat(100), a],
    ["huge ranges", "{1..99999999}{1..99999999}", a],
    ["open braces", "{".repeat(500), a],
    ["open brackets", "[".repeat(500), a],
  ];
  it.each(cases)("%s, as a glob", (_title, pattern, text) => {
    expect(processorTime(() => compileGlob(pattern).value?.(text))).toBeLessThan(1_000);
  });
  it.each(cases)("%s, as an image", (_title, pattern, text) => {
    const image = `docker.io/library/${text}`;
    expect(processorTime(() => matches(compileImage(pattern, null).value ?? undefined, image))).toBeLessThan(1_000);
    expect(
      processorTime(() =>
        matches(compileImage(`a:${pattern}`, null).value ?? undefined, `docker.io/library/a:${text}`),
      ),
    ).toBeLessThan(1_000);
  });
});
