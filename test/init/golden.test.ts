/** Which images `fromlint init` takes for a team's own. */
import { describe, expect, it } from "vitest";
import { goldenCandidates } from "../../src/init/golden.js";
import { use } from "./use.js";

type Given = readonly [image: string, file: string][];

function candidates(given: Given, files: readonly string[] = [], owner: string | null = null): string[] {
  const uses = given.map(([image, file]) => use(image, { file }));
  return goldenCandidates(uses, [...files, ...given.map(([, file]) => file)], owner).map(({ image }) => image);
}

describe("golden candidates", () => {
  it.each<[title: string, given: Given, files: readonly string[], owner: string | null, found: readonly string[]]>([
    ["none where there is nothing", [], [], null, []],
    [
      "of a registry that is no public one",
      [["harbor.corp/base/node:22", "a/Dockerfile"]],
      [],
      null,
      ["harbor.corp/base/node"],
    ],
    ["of a cloud account's registry", [["acme.azurecr.io/base:1", "Dockerfile"]], [], null, ["acme.azurecr.io/base"]],
    [
      "not of public registries",
      [
        ["ghcr.io/a/b:1", "Dockerfile"],
        ["l.gcr.io/a/b:1", "Dockerfile"],
      ],
      [],
      null,
      [],
    ],
    ["of the repository's owner", [["ghcr.io/acme/base:1", "Dockerfile"]], [], "acme", ["ghcr.io/acme/base"]],
    ["not of a name that begins alike", [["ghcr.io/acmes/base:1", "Dockerfile"]], [], "acme", []],
    [
      "not what others are known to publish",
      [
        ["node:22", "Dockerfile"],
        ["mcr.microsoft.com/a/b:1", "Dockerfile"],
      ],
      ["node/Dockerfile"],
      null,
      [],
    ],
    [
      "of a name of which several are built here, with all that it has",
      [
        ["quay.io/acme/base:1", "shop/Dockerfile"],
        ["quay.io/acme/runtime:1", "shop/Dockerfile"],
        ["quay.io/acme/other:1", "shop/Dockerfile"],
      ],
      ["images/base/Dockerfile", "images/Dockerfile.runtime"],
      null,
      ["quay.io/acme/base", "quay.io/acme/other", "quay.io/acme/runtime"],
    ],
    [
      "not where one has the name of a folder by chance",
      [["prom/prometheus:v3", "web/Dockerfile"]],
      ["prometheus/Dockerfile"],
      null,
      [],
    ],
    [
      "not where the folders are those that use them",
      [
        ["some/ffmpeg:1", "ffmpeg/Dockerfile"],
        ["some/curl:1", "curl/Dockerfile"],
      ],
      [],
      null,
      [],
    ],
    [
      "of very many beside each other the pattern for all",
      Array.from({ length: 9 }, (_, index) => [`harbor.corp/base/i${index}:1`, "Dockerfile"] as [string, string]),
      [],
      null,
      ["harbor.corp/base/*"],
    ],
  ])("%s", (_title, given, files, owner, found) => {
    expect(candidates(given, files, owner)).toEqual(found);
  });

  it("are told with their uses and the reason", () => {
    const uses = [use("harbor.corp/a:1"), use("harbor.corp/a:2"), use("ghcr.io/acme/b:1")];
    expect(goldenCandidates(uses, [], "acme")).toEqual([
      { image: "ghcr.io/acme/b", uses: 1, why: "acme owns this repository, too" },
      { image: "harbor.corp/a", uses: 2, why: "harbor.corp is no public registry that is known" },
    ]);
  });
});
