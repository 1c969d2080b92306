import { describe, expect, it } from "vitest";
import { openCatalog, type CatalogImage } from "../../src/catalog.js";
import { atLeast, LEVELS, pinningLevel, tagLevel, type Level } from "../../src/facts/pinning.js";
import { parseReference, repositoryName } from "../../src/facts/reference.js";
import { splitTag } from "../../src/facts/tag-parts.js";

const catalog = openCatalog();

/** The level of a reference as the committed catalog knows its repository. */
function level(text: string): Level {
  const parsed = parseReference(text);
  if (!("reference" in parsed)) throw new Error(parsed.problem.code);
  return pinningLevel(parsed.reference, catalog.image(repositoryName(parsed.reference)));
}

describe("pinningLevel", () => {
  it.each<[string, Level]>([
    ["node", "none"],
    ["node:latest", "tag"],
    [`node@sha256:${"0".repeat(64)}`, "digest"],
    [`node:22@sha256:${"0".repeat(64)}`, "digest"],
    // The number of version parts, whatever the variant.
    ["node:24", "major"],
    ["node:24.19-alpine", "minor"],
    ["node:22.23.2", "patch"],
    ["node:22.23.2-alpine", "patch"],
    ["node:22.23.2-alpine3.24", "patch"],
    ["node:lts", "tag"],
    ["node:alpine", "tag"],
    ["alpine:3.24", "minor"],
    ["alpine:3.24.1", "patch"],
    ["eclipse-temurin:21-jre", "major"],
    ["eclipse-temurin:21.0.9_10-jre", "patch"],
    ["traefik/whoami:v1", "major"],
    ["traefik/whoami:v1.10", "minor"],
    ["traefik/whoami:v1.10.3", "patch"],
    ["gcr.io/distroless/static:nonroot", "tag"],
    // The longest alias has two parts, so two are exact.
    ["postgres:18", "major"],
    ["postgres:18.4", "patch"],
    ["debian:12", "major"],
    ["debian:12.15", "patch"],
    ["debian:bookworm", "tag"],
    ["debian:stable-slim", "tag"],
    ["debian:bookworm-20260803", "patch"],
    // The longest alias has four.
    ["amazonlinux:2023", "major"],
    ["amazonlinux:2023.12.20260817.0", "patch"],
    // Calendar releases.
    ["ubuntu:24.04", "minor"],
    ["ubuntu:noble", "tag"],
    ["ubuntu:noble-20260810", "patch"],
  ])("%s is %s", (text, expected) => {
    expect(level(text)).toBe(expected);
  });
});

describe("releases that the catalog no longer lists", () => {
  it.each<[string, Level]>([
    ["node:18.2.0", "patch"],
    ["node:8-stretch", "major"],
    ["postgres:12.3", "patch"],
    // 9.6 was a line of releases (9.6.24) before PostgreSQL counted in two parts.
    ["postgres:9.6", "minor"],
    ["postgres:9.6.24", "patch"],
    ["debian:10", "major"],
    ["debian:10.13", "patch"],
    ["ubuntu:20.04", "minor"],
    ["amazonlinux:2018.03", "minor"],
    ["amazoncorretto:15", "major"],
    ["amazoncorretto:8u292", "patch"],
    // Fedora has nothing more exact than its number.
    ["fedora:32", "patch"],
    ["centos:7", "major"],
    ["centos:7.9.2009", "patch"],
    ["openjdk:11.0.2-jdk", "patch"],
    ["openjdk:8-jdk-alpine", "major"],
    ["maven:3.6-jdk-8", "minor"],
    ["maven:3.6.3-openjdk-11", "patch"],
  ])("%s is %s", (text, expected) => {
    expect(level(text)).toBe(expected);
  });
});

describe("aliases that are longer in other ways", () => {
  it.each<[string, Level]>([
    ["eclipse-temurin:8", "major"],
    ["eclipse-temurin:8u502-b07-jdk", "patch"],
    ["amazoncorretto:8", "major"],
    ["almalinux:10-kitten", "major"],
    ["almalinux:10-kitten-20260602", "patch"],
    ["almalinux:10.2", "patch"],
    ["cassandra:6.0", "minor"],
    ["cassandra:6.0-alpha2", "patch"],
    ["pypy:3.11", "minor"],
    ["pypy:3.11-7.3", "minor"],
    ["pypy:3.11-7.3.23", "patch"],
    ["haproxy:3.5-dev", "minor"],
    ["haproxy:3.5-dev5", "patch"],
    ["hitch:1", "major"],
    ["hitch:1.8.0", "patch"],
    ["percona:8.0.46-37", "patch"],
    ["erlang:29.0.5", "minor"],
    ["erlang:29.0.5.0", "patch"],
    ["python:3.15-rc", "minor"],
    ["python:3.15.0rc1", "patch"],
    ["postgres:19beta3", "patch"],
    ["openjdk:27-rc", "major"],
    ["maven:4.0.0-rc-5-eclipse-temurin-17", "patch"],
    // The number is the variant's, not the image's.
    ["maven:eclipse-temurin-21", "tag"],
    ["gradle:jdk25", "tag"],
    ["gradle:jdk-25-and-26", "tag"],
    ["elixir:otp-29-slim", "tag"],
    ["sapmachine:jre-ubuntu-24.04", "tag"],
    ["hylang:python3.15-rc-trixie", "tag"],
    ["wordpress:cli-2.12.0", "patch"],
    ["wordpress:php8.3-fpm", "tag"],
  ])("%s is %s", (text, expected) => {
    expect(level(text)).toBe(expected);
  });
});

describe("tags of repositories that nothing is known of", () => {
  it.each<[string, Level]>([
    ["main", "tag"],
    ["nightly", "tag"],
    ["ltsc2022", "tag"],
    ["jdk-21", "tag"],
    ["centos7", "tag"],
    ["1", "major"],
    ["12c", "major"],
    ["1.x", "major"],
    ["pr-12", "major"],
    ["2-debian-11", "major"],
    ["2024.10", "minor"],
    ["1.7-labs", "minor"],
    ["9.0-preview", "minor"],
    ["1.2.3-SNAPSHOT", "minor"],
    ["3.13-dev", "minor"],
    ["4.8-windowsservercore-ltsc2019", "minor"],
    ["1.2.3", "patch"],
    ["3.13.1-dev", "patch"],
    ["1.1.1a", "patch"],
    ["2.0.0.RELEASE", "patch"],
    ["1.2.3-rc1", "patch"],
    ["9.0.100-rc.2.24474.11-alpine3.20", "patch"],
    ["8u292-b10", "patch"],
    ["1.2.3+4", "patch"],
    ["java11-21.3.0", "patch"],
    // Dates.
    ["20240101", "patch"],
    ["2024-01-15", "patch"],
    ["5.0-20240101", "patch"],
    ["RELEASE.2026-05-01T12-00-00Z", "patch"],
    ["7.2.0-debian-11-r3", "patch"],
    ["20241301", "patch"], // no date, but eight digits are a build number at least
    // Commits.
    ["sha-1a2b3c4", "patch"],
    ["main-1a2b3c4", "patch"],
    ["1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b", "patch"],
    ["v0.0.0-20240101120000-abcdef123456", "patch"],
    ["1a2b3c", "tag"], // six digits are too few
    ["facade", "tag"],
  ])("%s is %s", (tag, expected) => {
    expect(tagLevel(tag, null)).toBe(expected);
  });
});

describe("splitTag", () => {
  it.each([
    // tag, prefix, version, suffix, variant
    ["22.23.2-alpine3.24", "", "22.23.2", "", "alpine3.24"],
    ["v1.10.3", "", "1.10.3", "", ""],
    ["slim-bookworm", "", "", "", "slim-bookworm"],
    ["cli-2.12.0-php8.3", "cli", "2.12.0", "", "php8.3"],
    ["8u502-b07-jdk-alpine-3.24", "", "8", "u502-b07", "jdk-alpine-3.24"],
    ["21.0.9_10-jre", "", "21.0.9", "_10", "jre"],
    ["3.15.0rc1-slim", "", "3.15.0", "rc1", "slim"],
    ["4.0.0-rc-5-eclipse-temurin-17", "", "4.0.0", "-rc-5", "eclipse-temurin-17"],
    ["temurin-8-tools-deps-1.12.5.1664-jammy", "temurin-8-tools-deps", "1.12.5.1664", "", "jammy"],
    ["8.0.46-37-centos", "", "8.0.46", "-37", "centos"],
    // Dates and commits tell when, not which variant.
    ["bookworm-20260803-slim", "", "", "", "bookworm-slim"],
    ["10.2-minimal-20260602", "", "10.2", "", "minimal"],
    ["main-1a2b3c4", "", "", "", "main"],
    ["", "", "", "", ""],
  ])("%s", (tag, prefix, version, suffix, variant) => {
    const parts = splitTag(tag);
    expect({ ...parts, version: parts.version.join(".") }).toMatchObject({ prefix, version, suffix, variant });
  });
});

describe("atLeast", () => {
  it("orders the levels from none to digest", () => {
    expect(LEVELS.map((one) => atLeast(one, "minor"))).toEqual([false, false, false, true, true, true]);
  });
});

describe("the catalog's alias groups", () => {
  const images = [...catalog.official].map((name): [string, CatalogImage] => {
    const image = catalog.image(`docker.io/library/${name}`);
    if (!image) throw new Error(`${name} has no file`);
    return [name, image];
  });
  const groups = images.flatMap(([name, image]) => image.tags.map((tags) => ({ name, image, tags })));

  /** Images some of whose groups have no exact tag at all: only words, unreleased versions, or YEAR.MONTH. */
  const WITHOUT: Readonly<Record<string, number>> = {
    alt: 3,
    "buildpack-deps": 27,
    clearlinux: 1,
    clojure: 1,
    debian: 6,
    eggdrop: 1,
    friendica: 12,
    "hello-world": 5,
    jruby: 18,
    mageia: 1,
    neurodebian: 14,
    "open-liberty": 9,
    openjdk: 13,
    "rakudo-star": 3,
    ros: 15,
    "websphere-liberty": 6,
  };

  it("have an exact tag in 2,112 of 2,247 groups", () => {
    const exact = groups.filter(({ image, tags }) => tags.some((tag) => tagLevel(tag, image) === "patch"));
    expect([groups.length, exact.length]).toEqual([2247, 2112]);
  });

  it("have none only where there is none", () => {
    const without: Record<string, number> = {};
    for (const { name, image, tags } of groups) {
      if (!tags.some((tag) => tagLevel(tag, image) === "patch")) without[name] = (without[name] ?? 0) + 1;
    }
    expect(without).toEqual(WITHOUT);
  });

  it("never call a tag exact that a longer version in its group continues", () => {
    const wrong = groups.flatMap(({ name, image, tags }) => {
      const split = tags.map((tag) => ({ tag, parts: splitTag(tag) }));
      const longest = Math.max(...split.map(({ parts }) => parts.version.length));
      const short = split.filter(({ parts }) => parts.version.length < longest && !parts.exact);
      return short.filter(({ tag }) => tagLevel(tag, image) === "patch").map(({ tag }) => `${name}:${tag}`);
    });
    expect(wrong).toEqual([]);
  });
});
