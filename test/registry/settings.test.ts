/** Which registries may be asked, by what the policies of a Dockerfile say. */
import { describe, expect, it } from "vitest";
import { openCatalog } from "../../src/catalog.js";
import { presetPolicy } from "../../src/policy/presets.js";
import { registrySettings } from "../../src/registry/settings.js";
import { testPolicy } from "../rules/test-policy.js";

const catalog = openCatalog();
type Keys = Readonly<Record<string, unknown>>;
const under = (own: Keys, outer?: Keys): ReturnType<typeof registrySettings> =>
  registrySettings([...(outer ? [testPolicy(outer, {}, { outer: true })] : []), testPolicy(own)], catalog);

describe("allowed", () => {
  const registries = (keys: Keys): Keys => ({ registries: keys });
  it.each<[what: string, own: Keys, yes: string, no: string, outer?: Keys]>([
    [
      "without a policy of its own: what the presets rest on",
      {},
      "docker.io mcr.microsoft.com gcr.io public.ecr.aws",
      "ghcr.io localhost:5000 evil.example",
    ],
    ["a list alone", registries({ allow: ["ghcr.io"] }), "ghcr.io", "docker.io mcr.microsoft.com"],
    [
      "what is named as insecure",
      registries({ insecure: ["localhost:5000"] }),
      "localhost:5000 docker.io",
      "localhost:5001",
    ],
    [
      "insecure opens no list",
      registries({ allow: ["docker.io"], insecure: ["localhost:5000"] }),
      "docker.io",
      "localhost:5000",
    ],
    [
      "where golden and verified images are",
      { bases: { golden: [{ image: "g.example/base/*" }], verified: ["v.example:5000/**"] } },
      "g.example v.example:5000 docker.io",
      "w.example",
    ],
    [
      "no pattern for hosts",
      { bases: { verified: ["*.evil.example/x", "**/x", "acme/*"] } },
      "docker.io",
      "*.evil.example a.evil.example acme",
    ],
    [
      "mirrors",
      registries({ allow: ["docker.io"], mirrors: { "docker.io": "harbor.example/hub" } }),
      "docker.io harbor.example",
      "ghcr.io",
    ],
    ["the names of Docker Hub", registries({ allow: ["index.docker.io"] }), "docker.io", "index.docker.io"],
    [
      "what both policies allow",
      registries({ allow: ["docker.io", "evil.example"] }),
      "docker.io",
      "evil.example ghcr.io",
      registries({ allow: ["docker.io", "ghcr.io"] }),
    ],
    [
      "an outer list, whatever the own one names as insecure",
      registries({ insecure: ["evil.example"] }),
      "docker.io",
      "evil.example",
      registries({ allow: ["docker.io"] }),
    ],
    ["an own list under an outer policy without one", registries({ allow: ["ghcr.io"] }), "ghcr.io", "docker.io", {}],
  ])("%s", (_what, own, yes, no, outer) => {
    const { isAllowed } = under(own, outer);
    expect(yes.split(" ").filter((host) => !isAllowed(host))).toEqual([]);
    expect(no.split(" ").filter(isAllowed)).toEqual([]);
  });
});

describe("plain HTTP", () => {
  it.each<[what: string, own: Keys, outer: Keys | undefined, insecure: string[]]>([
    ["as the policy says", { insecure: ["localhost:5000"] }, undefined, ["localhost:5000"]],
    ["as both say", { insecure: ["a.example", "b.example"] }, { insecure: ["b.example"] }, ["b.example"]],
    ["not where the outer one says otherwise", { insecure: ["docker.io"] }, { allow: ["docker.io"] }, []],
  ])("%s", (_what, own, outer, insecure) => {
    expect(under({ registries: own }, outer && { registries: outer }).insecure).toEqual(insecure);
  });

  it("as the own one says, where the outer one has no word on registries", () => {
    expect(under({ registries: { insecure: ["a.example"] } }, {}).insecure).toEqual(["a.example"]);
  });
});

describe("mirrors", () => {
  it("are the outer policy's before the own one's", () => {
    const own = { registries: { mirrors: { "docker.io": "own.example", "ghcr.io": "own.example/ghcr" } } };
    const outer = { registries: { mirrors: { "docker.io": "outer.example/hub" } } };
    expect(under(own, outer).mirrors).toEqual({ "docker.io": "outer.example/hub", "ghcr.io": "own.example/ghcr" });
  });

  it("lead nowhere that an outer list closes", () => {
    const own = { registries: { mirrors: { "docker.io": "evil.example/hub" } } };
    expect(under(own, { registries: { allow: ["docker.io"] } }).mirrors).toEqual({});
  });
});

it("is the same for policies that say the same of registries", () => {
  const preset = registrySettings([presetPolicy("recommended")], catalog);
  expect(preset.key).toBe(under({}).key);
  expect(preset.key).not.toBe(under({ registries: { insecure: ["localhost:5000"] } }).key);
});
