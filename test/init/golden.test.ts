/** Which images `fromlint init` takes for a team's own. */
import { describe, expect, it } from "vitest";
import { goldenCandidates } from "../../src/init/golden.js";
import { use } from "./use.js";

type Given = readonly [image: string, file: string][];

function candidates(given: Given, files: readonly string[] = [], owner: string | null = null): string[] {
  const uses = given.map(([image, file]) => use(image, { file }));
  const { likely, asked } = goldenCandidates(uses, [...files, ...given.map(([, file]) => file)], owner);
  return [...likely.map(({ image }) => image), ...asked.map(({ image }) => `${image}?`)];
}

describe("golden candidates (with a question mark: only a person can tell)", () => {
  it.each<[title: string, given: Given, files: readonly string[], owner: string | null, found: readonly string[]]>([
    ["none where there is nothing", [], [], null, []],
    [
      "of a registry that is no public one",
      [["harbor.corp/base/node:22", "a/Dockerfile"]],
      [],
      null,
      ["harbor.corp/base/node"],
    ],
    [
      "perhaps of a cloud account's registry",
      [
        ["acme.azurecr.io/base:1", "Dockerfile"],
        ["acme.eastus.geo.azurecr.io/base:1", "Dockerfile"],
        ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/base:1", "Dockerfile"],
        ["123456789012.dkr-ecr.eu-west-1.on.aws/base:1", "Dockerfile"],
        ["europe-docker.pkg.dev/acme/images/base:1", "Dockerfile"],
        ["gcr.io/acme/base:1", "Dockerfile"],
        ["fra.ocir.io/acme/base:1", "Dockerfile"],
        ["registry.cn-hangzhou.aliyuncs.com/acme/base:1", "Dockerfile"],
        ["registry.digitalocean.com/acme/base:1", "Dockerfile"],
      ],
      [],
      null,
      [
        "123456789012.dkr-ecr.eu-west-1.on.aws/base?",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/base?",
        "acme.azurecr.io/base?",
        "acme.eastus.geo.azurecr.io/base?",
        "europe-docker.pkg.dev/acme/images/base?",
        "fra.ocir.io/acme/base?",
        "gcr.io/acme/base?",
        "registry.cn-hangzhou.aliyuncs.com/acme/base?",
        "registry.digitalocean.com/acme/base?",
      ],
    ],
    [
      "not of a cloud's registry for everybody",
      [
        ["public.ecr.aws/a/b:1", "Dockerfile"],
        ["mcr.microsoft.com/a/b:1", "Dockerfile"],
        ["gcr.io/distroless/static:nonroot", "Dockerfile"],
        ["gcr.io/google-containers/pause:3", "Dockerfile"],
        ["gcr.io/google.com/cloudsdktool/google-cloud-cli:1", "Dockerfile"],
        ["k8s.gcr.io/pause:3", "Dockerfile"],
        ["us-docker.pkg.dev/cloudrun/container/hello:1", "Dockerfile"],
        ["registry.cn-hangzhou.aliyuncs.com/google_containers/pause:3", "Dockerfile"],
      ],
      [],
      null,
      [],
    ],
    [
      "of a cloud account that is called as the repository's owner",
      [
        ["acme.azurecr.io/base:1", "Dockerfile"],
        ["europe-docker.pkg.dev/acme/images/base:1", "Dockerfile"],
        ["europe-docker.pkg.dev/acme-lab/images/base:1", "Dockerfile"],
        ["other.azurecr.io/acme/base:1", "Dockerfile"],
      ],
      [],
      "acme",
      [
        "acme.azurecr.io/base",
        "europe-docker.pkg.dev/acme/images/base",
        "europe-docker.pkg.dev/acme-lab/images/base?",
        "other.azurecr.io/acme/base?",
      ],
    ],
    [
      "of a cloud account of which several are built here, whatever their folders there",
      [
        ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/base:1", "shop/Dockerfile"],
        ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/runtime:1", "shop/Dockerfile"],
      ],
      ["images/base/Dockerfile", "images/Dockerfile.runtime"],
      null,
      ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/runtime", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/base"],
    ],
    [
      "of a host that only ends alike",
      [
        ["my-azurecr.io/base:1", "Dockerfile"],
        ["docker.pkg.dev.corp/base:1", "Dockerfile"],
      ],
      [],
      null,
      ["docker.pkg.dev.corp/base", "my-azurecr.io/base"],
    ],
    [
      "not of public registries",
      [
        ["ghcr.io/a/b:1", "Dockerfile"],
        ["l.gcr.io/a/b:1", "Dockerfile"],
        ["codeberg.org/a/b:1", "Dockerfile"],
        ["registry.fedoraproject.org/fedora:42", "Dockerfile"],
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
    uses.push(use("gcr.io/other/c:1"));
    expect(goldenCandidates(uses, [], "acme")).toEqual({
      likely: [
        { image: "ghcr.io/acme/b", uses: 1, why: "acme owns this repository, too" },
        { image: "harbor.corp/a", uses: 2, why: "harbor.corp is no public registry that is known" },
      ],
      asked: [{ image: "gcr.io/other/c", uses: 1, why: "account other" }],
    });
  });
});
