/** WWW-Authenticate, as registries write it, and as they should not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChallenge } from "../../src/registry/challenge.js";

const bearer = (realm: string, service: string | null = null): object => ({ scheme: "bearer", realm, service });
const basic = { scheme: "basic" };

describe("what is asked for", () => {
  it.each<[header: string | undefined, challenge: object | null]>([
    ['Bearer realm="https://a/t",service="s",scope="repository:x:pull"', bearer("https://a/t", "s")],
    ['bearer  realm = "https://a/t" , service = s', bearer("https://a/t", "s")],
    ['Bearer service="s",realm="https://a/t"', bearer("https://a/t", "s")],
    ["Bearer realm=https://a/t", bearer("https://a/t")],
    ['Bearer realm="a\\"b\\\\c"', bearer('a"b\\c')],
    ['Bearer realm="a,b=c d"', bearer("a,b=c d")],
    ['Basic realm="r", Bearer realm="https://a/t"', bearer("https://a/t")],
    ['Bearer service="s", Basic realm="r"', basic],
    ['Basic realm="r"', basic],
    ["Basic", basic],
    ['BASIC realm="Bearer realm=x"', basic],
    ['Digest realm="r"', null],
    ['Bearer realm="https://a/t', bearer("")],
    ["", null],
    [undefined, null],
    [`Bearer realm="${"x".repeat(9000)}"`, null],
  ])("%s", (header, challenge) => {
    expect(parseChallenge(header)).toEqual(challenge);
  });

  it("any text is read, in time that grows with its length", () => {
    const part = fc.constantFrom("Bearer ", "Basic ", 'realm="', '"', "=", ",", "\\", "a", " ", "\u00ff");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join("")),
        ),
        (header) => {
          expect([null, "basic", "bearer"]).toContain(parseChallenge(header)?.scheme ?? null);
        },
      ),
    );
  });
});
