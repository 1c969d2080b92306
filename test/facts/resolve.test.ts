import { describe, expect, it } from "vitest";
import { factsOf, lastUse, usesOf, type Given } from "./facts-of.js";
import { timesAsLong } from "../support/work.js";

const NODE = "external docker.io/library/node:24";
const BUILD = "FROM golang:1 AS build\n";

/** Each case: what it shows, the text whose last image use counts, what that means. */
function table(title: string, cases: [string, string, string, Given?][]): void {
  describe(title, () => {
    it.each<[string, string, string, Given?]>(cases)("%s", (_title, text, expected, given) => {
      expect(lastUse(text, given)).toBe(expected);
    });
  });
}

table("FROM", [
  ["an image", "FROM node:24\n", NODE],
  ["an image in quotes", 'FROM "node:24"\n', NODE],
  ["expanded with a global ARG", "ARG TAG=24\nFROM node:${TAG}\n", NODE],
  ["a default where it is used", "FROM node:${TAG:-24}\n", NODE],
  ["an ARG of a stage is not seen", `${BUILD}ARG TAG=24\nFROM node:$TAG\n`, "unknown TAG"],
  ["an ENV neither", `${BUILD}ENV TAG=24\nFROM node:$TAG\n`, "unknown TAG"],
  ["an ARG without a value", "ARG TAG\nFROM node:$TAG\n", "unknown TAG"],
  ["a name that is declared nowhere", "FROM node:$TAG\n", "unknown TAG"],
  ["several of them, each once", "FROM $A/$B:$A\n", "unknown A,B"],
  ["a default that rests on one without a value", "ARG A\nARG B=x$A\nFROM node:$B\n", "unknown A"],
  ["names of variables are case-sensitive", "ARG tag=24\nFROM node:$TAG\n", "unknown TAG"],
  ["what BuildKit refuses to expand", "ARG A=1\nFROM node:${A^}\n", "invalid (substitution)"],
  ["a default that it refuses to expand", "ARG A=${B^}\nFROM node:$A\n", "invalid (substitution)"],
  ["a text that comes to nothing", "ARG A=\nFROM $A\n", "invalid (emptyReference)"],
]);

table("FROM and stages", [
  ["an earlier stage", `${BUILD}FROM build\n`, "stage build"],
  ["names are lower-cased: `AS Build` is the stage build", "FROM golang:1 AS Build\nFROM build\n", "stage build"],
  [
    "and then compared exactly: Build is an invalid image",
    "FROM golang:1 AS Build\nFROM Build\n",
    "invalid (upperCase)",
  ],
  ["by a variable", `ARG BASE=build\n${BUILD}FROM $BASE\n`, "stage build"],
  ["no numbers", `${BUILD}FROM 0\n`, "external docker.io/library/0"],
  ["a tag makes it an image", `${BUILD}FROM build:1\n`, "external docker.io/library/build:1"],
  ["itself is an image", "FROM golang AS golang\n", "external docker.io/library/golang"],
  ["of two stages with one name the nearer above counts", `${BUILD}FROM node:24 AS build\nFROM build\n`, "stage build"],
]);

table("scratch", [
  ["is no image", "FROM scratch\n", "scratch"],
  ["in lower case only", "FROM Scratch\n", "invalid (upperCase)"],
  ["nor in COPY --from", "FROM a\nCOPY --from=scratch / /\n", "scratch"],
  ["unless a stage has that name, as BuildKit has it", "FROM node:24 AS scratch\nFROM scratch\n", "stage scratch"],
]);

table("COPY --from", [
  ["an integer is a stage index", `${BUILD}FROM a\nCOPY --from=0 / /\n`, "stage build"],
  ["with a sign, as Go reads numbers", `${BUILD}FROM a\nCOPY --from=+0 / /\n`, "stage build"],
  ["an index out of range", `${BUILD}COPY --from=7 / /\n`, "invalid (stageIndex)"],
  ["a negative one", `${BUILD}COPY --from=-1 / /\n`, "invalid (stageIndex)"],
  ["a stage by name", `${BUILD}FROM a\nCOPY --from=build / /\n`, "stage build"],
  ["in any case", `${BUILD}FROM a\nCOPY --from=BUILD / /\n`, "stage build"],
  ["its own stage", "FROM a AS b\nCOPY --from=b / /\n", "invalid (ownStage)"],
  ["its own index", "FROM a\nCOPY --from=0 / /\n", "invalid (ownStage)"],
  ["else an image", "FROM a\nCOPY --from=node:24 / /\n", NODE],
  ["in quotes", 'FROM a\nCOPY --from="node:24" / /\n', NODE],
  ["a variable, also of a global ARG", "ARG A=node\nFROM a\nCOPY --from=$A / /\n", "unknown A"],
  ["a variable with a default: BuildKit refuses that, too", "FROM a\nCOPY --from=${A:-node} / /\n", "unknown A"],
  ["no such flag in ADD", "FROM node:24\nADD --from=a / /\n", NODE],
]);

it("COPY --from and mounts of a later stage are invalid", () => {
  expect(usesOf(`FROM a\nCOPY --from=build / /\nRUN --mount=from=build true\n${BUILD}`)).toEqual([
    "a -> external docker.io/library/a",
    "build -> invalid (laterStage)",
    "build -> invalid (laterStage)",
    "golang:1 -> external docker.io/library/golang:1",
  ]);
});

it("FROM a later stage is an image, with a hint", () => {
  expect(usesOf(`FROM build\n${BUILD}`)[0]).toBe("build -> external docker.io/library/build (laterStageIsImage)");
});

table("RUN --mount=from=", [
  ["a stage by name", `${BUILD}FROM a\nRUN --mount=type=bind,from=build,target=/x true\n`, "stage build"],
  ["in any case", `${BUILD}FROM a\nRUN --mount=from=Build,target=/x true\n`, "stage build"],
  ["no index: 0 is an image", `${BUILD}FROM a\nRUN --mount=from=0,target=/x true\n`, "external docker.io/library/0"],
  ["its own stage", "FROM a AS b\nRUN --mount=from=b,target=/x true\n", "invalid (ownStage)"],
  ["an image", "FROM a\nRUN --mount=target=/x,from=node:24 true\n", NODE],
  ["a cache without from has no image", "FROM node:24\nRUN --mount=type=cache,target=/x true\n", NODE],
]);

table("ONBUILD", [
  ["COPY --from an image", "FROM a\nONBUILD COPY --from=node:24 / /\n", NODE],
  ["a mount of an image", "FROM a\nONBUILD RUN --mount=from=node:24,target=/x true\n", NODE],
  ["an index counts the stages of the file that builds on it", "FROM a\nONBUILD COPY --from=3 / /\n", "stage"],
]);

table("# syntax", [
  ["behind #!", "#!/usr/bin/env docker\n# syntax=docker/dockerfile:1\n", "external docker.io/docker/dockerfile:1"],
]);

const IMAGE = "docker-image://node:24";
const IN_NODE = (name: string): string => `context ${name} docker.io/library/node:24`;

table("named contexts", [
  ["replace an image of that name", "FROM base\n", IN_NODE("base"), { contexts: { base: IMAGE } }],
  ["from the policy", "FROM base\n", IN_NODE("base"), { policy: { contexts: { base: IMAGE } } }],
  [
    "the command line before the policy",
    "FROM base\n",
    IN_NODE("base"),
    { contexts: { base: IMAGE }, policy: { contexts: { base: "docker-image://ruby:3" } } },
  ],
  [
    "replace a stage of that name, whatever it is FROM",
    "FROM ruby:3 AS base\n",
    IN_NODE("base"),
    { contexts: { base: IMAGE } },
  ],
  ["in any case of AS", "FROM ruby:3 AS Base\n", IN_NODE("base"), { contexts: { base: IMAGE } }],
  ["`latest` is the same as no tag", "FROM golang:latest\n", IN_NODE("golang"), { contexts: { golang: IMAGE } }],
  ["also where the context is given", "FROM golang\n", IN_NODE("golang"), { contexts: { "golang:latest": IMAGE } }],
  [
    "another tag is another name",
    "FROM golang:1\n",
    "external docker.io/library/golang:1",
    { contexts: { golang: IMAGE } },
  ],
  ["which a context can have", "FROM golang:1\n", IN_NODE("golang:1"), { contexts: { "golang:1": IMAGE } }],
  ["spelt out or short", "FROM docker.io/library/golang\n", IN_NODE("golang"), { contexts: { golang: IMAGE } }],
  [
    "spelt out where the context is given",
    "FROM golang\n",
    IN_NODE("golang"),
    { contexts: { "docker.io/library/golang": IMAGE } },
  ],
  ["in COPY --from", "FROM a\nCOPY --from=base / /\n", IN_NODE("base"), { contexts: { base: IMAGE } }],
  ["in a mount", "FROM a\nRUN --mount=from=base,target=/x true\n", IN_NODE("base"), { contexts: { base: IMAGE } }],
  [
    "in # syntax",
    "# syntax=docker/dockerfile:1\n",
    IN_NODE("docker/dockerfile:1"),
    { contexts: { "docker/dockerfile:1": IMAGE } },
  ],
  [
    "a stage comes before a context in COPY --from",
    `${BUILD}FROM a\nCOPY --from=0 / /\n`,
    "stage build",
    { contexts: { "0": IMAGE } },
  ],
  ["a folder is no image", "FROM a\nCOPY --from=docs / /\n", "context docs", { contexts: { docs: "./docs" } }],
  [
    "a git repository neither",
    "FROM a\nCOPY --from=src / /\n",
    "context src",
    { contexts: { src: "https://example.com/a.git" } },
  ],
  ["without slashes", "FROM base\n", IN_NODE("base"), { contexts: { base: "docker-image:node:24" } }],
  ["scratch behind docker-image", "FROM base\n", "context base", { contexts: { base: "docker-image://scratch" } }],
  [
    "no reference behind it",
    "FROM base\n",
    "invalid base (contextImage)",
    { contexts: { base: "docker-image://No Image" } },
  ],
  ["scratch is never replaced", "FROM scratch\n", "scratch", { contexts: { scratch: IMAGE } }],
  [
    "nor a stage of that name",
    "FROM ruby:3 AS scratch\n",
    "external docker.io/library/ruby:3",
    { contexts: { scratch: IMAGE } },
  ],
  [
    "a name like those of objects is just a name",
    "FROM constructor\n",
    "external docker.io/library/constructor",
    { contexts: { base: IMAGE } },
  ],
]);

table("references", [
  ["a single name gets library/ on docker.io", "FROM node\n", "external docker.io/library/node"],
  ["two parts are on docker.io", "FROM grafana/loki\n", "external docker.io/grafana/loki"],
  ["a first part with a dot is the registry", "FROM ghcr.io/a/b\n", "external ghcr.io/a/b"],
  ["a first part with a port", "FROM registry:5000/a\n", "external registry:5000/a"],
  ["localhost", "FROM localhost/a\n", "external localhost/a"],
  ["a first part with an upper-case letter", "FROM REG/a\n", "external REG/a"],
  ["index.docker.io is docker.io", "FROM index.docker.io/node\n", "external docker.io/library/node"],
  ["registry-1.docker.io too", "FROM registry-1.docker.io/library/node\n", "external docker.io/library/node"],
]);

it("takes linear time: many stages, each FROM a misspelt one", () => {
  const resolve = (count: number) => (): void => {
    const lines = Array.from({ length: count }, (_, index) => `FROM Stage${index}x AS stage${index}\n`);
    expect(factsOf(lines.join("")).facts.images).toHaveLength(count);
  };
  // Eight times the text: eight times the work, or 64 times if every stage were compared with every other.
  expect(timesAsLong(resolve(500), resolve(4_000), 20)).toBeLessThan(20);
});
