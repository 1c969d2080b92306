import { describe, expect, it } from "vitest";
import { openCatalog } from "../../src/catalog.js";
import { isSlip, lookalikeOf } from "../../src/facts/lookalike.js";
import { parseReference } from "../../src/facts/reference.js";

const catalog = openCatalog();

/** The name that was meant; null when nothing looks wrong. */
function meant(text: string): string | null {
  const parsed = parseReference(text);
  if (!("reference" in parsed)) throw new Error(parsed.problem.code);
  return lookalikeOf(parsed.reference, catalog)?.name ?? null;
}

describe("lookalikeOf", () => {
  it.each([
    ["ngnix", "nginx", "two letters swapped"],
    ["pyhton:3.12", "python", "two letters swapped"],
    ["ubntu", "ubuntu", "one dropped"],
    ["memcache", "memcached", "one dropped"],
    ["nginxx", "nginx", "one doubled"],
    ["postgress:18", "postgres", "one doubled"],
    ["nginz", "nginx", "the neighbour of x"],
    ["alpinw", "alpine", "the neighbour of e"],
    ["mysqwl", "mysql", "the neighbour of q as well"],
    ["mongoexpress", "mongo-express", "a dash dropped"],
    ["docker.io/library/redsi", "redis", "spelt out"],
    ["libary/nginx", "nginx", "in the namespace"],
    ["docker.io/librray/node:22", "node", "in the namespace, doubled"],
  ])("%s was meant to be %s: %s", (text, name) => {
    expect(meant(text)).toBe(name);
  });

  it.each([
    ["nginx", "the image itself"],
    ["redi", "four letters"],
    ["nginx2", "no key near x"],
    ["ngiinxx", "two slips"],
    ["trust", "a word of its own"],
    ["kraken", "a project of its own"],
    ["jenkins", "an image that was official"],
    ["bitnami/nginx", "a namespace far from library"],
    ["libary/myapp", "no official name below it"],
    ["myteam/ngnix", "another namespace's own name"],
    ["libary/x/nginx", "deeper than official images are"],
    ["quay.io/library/ngnix", "another registry"],
  ])("%s is fine: %s", (text) => {
    expect(meant(text)).toBeNull();
  });

  it("takes no official image for a slip of another", () => {
    expect([...catalog.official].filter((name) => meant(name) !== null)).toEqual([]);
  });

  it("needs every name of the short list of chance ones", () => {
    const bare = { ...catalog, notLookalikes: new Set<string>() };
    const unneeded = [...catalog.notLookalikes].filter((name) => {
      const reference = { registry: "docker.io", repository: `library/${name}`, tag: null, digest: null };
      return lookalikeOf(reference, bare) === null;
    });
    expect(unneeded).toEqual([]);
  });
});

describe("isSlip", () => {
  it.each([
    // typed, meant, a slip
    ["abdc", "abcd", true],
    ["bacd", "abcd", true],
    ["abc", "abcd", true],
    ["bcd", "abcd", true],
    ["abccd", "abcd", true],
    ["abcf", "abcd", true], // f is beside d
    ["abce", "abcd", true], // e is above d
    ["abcp", "abcd", false],
    ["abcfd", "abcd", true],
    ["abcpd", "abcd", false],
    ["abcd", "abcd", false],
    ["badc", "abcd", false],
    ["abcdef", "abcd", false],
    ["", "a", true],
    ["", "", false],
  ])("%s for %s: %s", (typed, wanted, expected) => {
    expect(isSlip(typed, wanted)).toBe(expected);
  });
});
