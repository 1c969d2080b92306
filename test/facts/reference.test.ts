import { describe, expect, it } from "vitest";
import {
  familiarName,
  familiarReference,
  formatReference,
  parseReference,
  repositoryName,
  type Reference,
} from "../../src/facts/reference.js";

const SHA256 = `sha256:${"a".repeat(64)}`;
const SHA512 = `sha512:${"b".repeat(128)}`;

function reference(text: string): Reference {
  const parsed = parseReference(text);
  if (!("reference" in parsed)) throw new Error(`${text}: ${parsed.problem.code}`);
  return parsed.reference;
}

describe("parseReference", () => {
  it.each([
    // text, registry, repository, tag, digest
    ["node", "docker.io", "library/node", null, null],
    ["node:20", "docker.io", "library/node", "20", null],
    ["foo/bar", "docker.io", "foo/bar", null, null],
    ["foo/bar/baz/qux:t", "docker.io", "foo/bar/baz/qux", "t", null],
    ["a--b/c__d.e", "docker.io", "a--b/c__d.e", null, null],
    // The first part is a registry with a dot, a port, an upper-case letter, or as localhost.
    ["foo.bar/baz", "foo.bar", "baz", null, null],
    ["registry.local:5000/gallery/ui:v1", "registry.local:5000", "gallery/ui", "v1", null],
    ["localhost/foo", "localhost", "foo", null, null],
    ["localhost:5000/foo", "localhost:5000", "foo", null, null],
    ["127.0.0.1:5000/x", "127.0.0.1:5000", "x", null, null],
    ["REG/x", "REG", "x", null, null],
    ["[::1]:5000/x", "[::1]:5000", "x", null, null],
    ["[2001:db8::1]/x:t", "[2001:db8::1]", "x", "t", null],
    // distribution takes this one for a path; the client then asks the host of that name.
    ["my_reg.corp/x", "my_reg.corp", "x", null, null],
    // Docker Hub under its other names.
    ["docker.io/library/node", "docker.io", "library/node", null, null],
    ["docker.io/node", "docker.io", "library/node", null, null],
    ["index.docker.io/node", "docker.io", "library/node", null, null],
    ["registry-1.docker.io/library/node:22", "docker.io", "library/node", "22", null],
    // Digests, alone and behind a tag.
    [`a@${SHA256}`, "docker.io", "library/a", null, SHA256],
    [`name:tag@${SHA256}`, "docker.io", "library/name", "tag", SHA256],
    [`r.io:5/x/y:t@${SHA256}`, "r.io:5", "x/y", "t", SHA256],
    [`name@${SHA512}`, "docker.io", "library/name", null, SHA512],
    // The limits.
    [`a:${"t".repeat(128)}`, "docker.io", "library/a", "t".repeat(128), null],
    [`r.io/${"a".repeat(255)}`, "r.io", "a".repeat(255), null, null],
  ])("%s", (text, registry, repository, tag, digest) => {
    expect(parseReference(text)).toEqual({ reference: { registry, repository, tag, digest } });
  });
});

describe("parseReference says what is wrong with", () => {
  it.each([
    ["nothing at all", "", "emptyReference", {}],
    ["a URL", "https://r.io/x", "urlReference", { suggestion: "r.io/x" }],
    ["a space", "a b", "badCharacter", { character: " ", text: "a b" }],
    [
      "a zone in an address",
      "[fe80::1%eth0]:5000/x",
      "badCharacter",
      { character: "%", text: "[fe80::1%eth0]:5000/x" },
    ],
    ["an image id", "a".repeat(64), "imageId", { text: "a".repeat(64) }],
    ["an upper-case name", "Node", "upperCase", { repository: "Node", suggestion: "node" }],
    ["an upper-case name with a tag", "Node:20", "upperCase", { repository: "Node", suggestion: "node:20" }],
    ["upper case below a namespace", "foo/Bar", "upperCase", { repository: "foo/Bar", suggestion: "foo/bar" }],
    [
      "upper case below a registry",
      "r.io/Foo/bar:V1",
      "upperCase",
      { repository: "Foo/bar", suggestion: "r.io/foo/bar:V1" },
    ],
    ["upper case in both, where the registry may", "X/X", "upperCase", { repository: "X", suggestion: "X/x" }],
    ["two dots", "a..b", "badRepository", { repository: "a..b" }],
    ["mixed separators", "a_-b", "badRepository", { repository: "a_-b" }],
    ["a leading dash", "-a", "badRepository", { repository: "-a" }],
    ["a trailing slash", "a/", "emptyPart", { text: "a/" }],
    ["a leading slash", "/a", "emptyPart", { text: "/a" }],
    ["two slashes", "a//b", "emptyPart", { text: "a//b" }],
    ["an address without a name", "[::1]", "badRepository", { repository: "[" }],
    ["a registry that is no host", "a_b:5000/x", "badRegistry", { registry: "a_b:5000" }],
    ["a registry with a bad port", "r.io:x/y", "badRegistry", { registry: "r.io:x" }],
    ["a registry label that ends with a dash", "r-.io/y", "badRegistry", { registry: "r-.io" }],
    ["a colon without a tag", "a:", "emptyTag", { text: "a:" }],
    ["a tag that starts with a dash", "a:-x", "badTag", { tag: "-x" }],
    ["two tags", "x/a:1:2", "badTag", { tag: "1:2" }],
    ["a tag of 129 characters", `a:${"t".repeat(129)}`, "longTag", { length: "129", limit: "128" }],
    ["a name of 256 characters", `r.io/${"a".repeat(256)}`, "longRepository", { length: "256", limit: "255" }],
    ["a short digest", "a@sha256:abc", "digestLength", { algorithm: "sha256", length: "3", expected: "64" }],
    ["a long digest", `a@${SHA256}a`, "digestLength", { algorithm: "sha256", length: "65", expected: "64" }],
    ["an upper-case digest", `a@sha256:${"A".repeat(64)}`, "badDigest", {}],
    ["a digest without an algorithm", "a@abc", "badDigest", { digest: "abc" }],
    ["an unknown algorithm", `a@md5:${"a".repeat(32)}`, "digestAlgorithm", { algorithm: "md5" }],
    ["`toString` as an algorithm", `a@toString:${"a".repeat(32)}`, "digestAlgorithm", { algorithm: "toString" }],
  ])("%s", (_what, text, code, data) => {
    const parsed = parseReference(text);
    expect(parsed).toMatchObject({ problem: { code, data } });
  });

  it("quotes no more than a line of a long text", () => {
    const parsed = parseReference(`a ${"b".repeat(100_000)}`);
    expect(JSON.stringify(parsed).length).toBeLessThan(300);
  });
});

describe("writing references", () => {
  it.each([
    // text, canonical, repository's name, familiar name, familiar reference
    ["node:22", "docker.io/library/node:22", "docker.io/library/node", "node", "node:22"],
    ["grafana/loki", "docker.io/grafana/loki", "docker.io/grafana/loki", "grafana/loki", "grafana/loki"],
    ["docker.io/library/a/b", "docker.io/library/a/b", "docker.io/library/a/b", "library/a/b", "library/a/b"],
    ["r.io:5/x:1", "r.io:5/x:1", "r.io:5/x", "r.io:5/x", "r.io:5/x:1"],
    [`a:1@${SHA256}`, `docker.io/library/a:1@${SHA256}`, "docker.io/library/a", "a", `a:1@${SHA256}`],
  ])("%s", (text, canonical, name, familiar, written) => {
    const parsed = reference(text);
    expect(formatReference(parsed)).toBe(canonical);
    expect(repositoryName(parsed)).toBe(name);
    expect(familiarName(parsed)).toBe(familiar);
    expect(familiarReference(parsed)).toBe(written);
    expect(reference(canonical)).toEqual(parsed);
    expect(reference(written)).toEqual(parsed);
  });
});

describe("hostile text", () => {
  /** Quadratic work on a megabyte would take hours, not the five seconds that a test has. */
  it.each([
    ["dashes", (n: number) => `a${"-".repeat(n)}`],
    ["underscores", (n: number) => `${"a_".repeat(n)}_`],
    ["labels", (n: number) => `${"a.".repeat(n)}/x`],
    ["slashes", (n: number) => "a/".repeat(n)],
    ["colons", (n: number) => "a:".repeat(n)],
    ["at signs", (n: number) => "a@".repeat(n)],
  ])("a megabyte of %s is refused", (_what, make) => {
    expect(parseReference(make(500_000))).toHaveProperty("problem");
  });
});
