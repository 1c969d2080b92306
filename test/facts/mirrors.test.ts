import { describe, expect, it } from "vitest";
import { isLoopback, isUnderMirror, mirrored } from "../../src/facts/mirrors.js";
import { formatReference, parseReference, type Reference } from "../../src/facts/reference.js";

function reference(text: string): Reference {
  const parsed = parseReference(text);
  if (!("reference" in parsed)) throw new Error(text);
  return parsed.reference;
}

const MIRRORS = {
  "docker.io": "harbor.example/hub",
  "docker.io/library": "harbor.example:8443/official",
  "quay.io": "quay-mirror.example",
};

describe("the mirror of an image", () => {
  it.each([
    ["node:24", "harbor.example:8443/official/node:24"],
    ["grafana/grafana:12", "harbor.example/hub/grafana/grafana:12"],
    ["quay.io/a/b", "quay-mirror.example/a/b"],
    ["quay.io.example/a", null],
    ["mcr.microsoft.com/a", null],
  ])("%s -> %s", (image, expected) => {
    const found = mirrored(reference(image), MIRRORS);
    expect(found && formatReference(found.reference)).toBe(expected);
  });

  it("stops at whole parts of the path", () => {
    expect(mirrored(reference("quay.io/acmecorp/a"), { "quay.io/acme": "m.example" })).toBeNull();
  });
});

it("an image under a mirror is told by the whole path of the mirror", () => {
  expect(isUnderMirror(reference("harbor.example/hub/library/node"), MIRRORS)).toBe(true);
  expect(isUnderMirror(reference("harbor.example/hubby/node"), MIRRORS)).toBe(false);
  expect(isUnderMirror(reference("node"), MIRRORS)).toBe(false);
});

describe("loopback registries", () => {
  it.each(["localhost", "localhost:5000", "127.0.0.1", "127.1.2.3:80", "[::1]:5000", "[0:0:0:0:0:0:0:1]", "[::0001]"])(
    "%s",
    (registry) => {
      expect(isLoopback(registry)).toBe(true);
    },
  );
  it.each([
    "localhost.example",
    "127.0.0.1.example:5000",
    "128.0.0.1",
    "[::2]",
    "registry.local:5000",
    "mylocalhost:5000",
  ])("not %s", (registry) => {
    expect(isLoopback(registry)).toBe(false);
  });
});
