import { defineRule } from "../src/rule.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { isLoopback, isUnderMirror, mirrored } from "../src/facts/mirrors.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { FactInputs } from "../src/facts/facts.js";
import { abridged, shown, withReference } from "../src/facts/written.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "An image from a registry that the policy does not allow.",
      reason:
        "A registry that nobody agreed on is a supplier that nobody agreed on, and one more that has to be up for a build to " +
        "run. `registries.allow` names those that are fine. Where `registries.mirrors` has a mirror for a registry outside " +
        "that list (or for any, if there is no list), the fix writes the image as it is named there; images under a mirror " +
        "are fine. A loopback registry (`localhost:5000`) is another one on every machine and speaks plain HTTP: it has to " +
        "stand in `registries.insecure`.",
      category: "bases",
      recommended: "policy",
      related: ["hadolint:DL3026"],
      examples: {
        bad: [
          {
            title: "A registry outside the list",
            code: "FROM quay.io/keycloak/keycloak:26.4.2\n",
            policy: { registries: { allow: ["docker.io", "mcr.microsoft.com"] } },
          },
          {
            title: "An image that the company's mirror has",
            code: "FROM node:24.19.0\n",
            policy: { registries: { allow: ["mcr.microsoft.com"], mirrors: { "docker.io": "harbor.example/hub" } } },
          },
          { title: "A registry on whichever machine builds", code: "FROM localhost:5000/base:1.4.2\n" },
        ],
        good: [
          {
            title: "A registry of the list",
            code: "FROM mcr.microsoft.com/dotnet/sdk:10.0\n",
            policy: { registries: { allow: ["docker.io", "mcr.microsoft.com"] } },
          },
          {
            title: "An image behind the mirror",
            code: "FROM harbor.example/hub/library/node:24.19.0\n",
            policy: { registries: { allow: ["mcr.microsoft.com"], mirrors: { "docker.io": "harbor.example/hub" } } },
          },
          {
            title: "A local registry that is meant to be there",
            code: "FROM localhost:5000/base:1.4.2\n",
            policy: { registries: { insecure: ["localhost:5000"] } },
          },
        ],
      },
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      notAllowed: "`{{image}}` comes from `{{registry}}`; the policy allows {{allowed}}. Use a copy from there.",
      noneAllowed:
        "`{{image}}` comes from `{{registry}}`; the policy allows no registry (`registries.allow` is empty). List " +
        "there the ones that you use.",
      mirror: "`{{image}}` is pulled from `{{key}}` itself; the policy asks for its mirror. Write `{{mirrored}}`.",
      loopback:
        "`{{registry}}` is another registry on every machine, over plain HTTP. Push the image to one that all builds reach, or " +
        "list this one under `registries: insecure`.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, { policy }: FactInputs): ImageFinding | null {
  const { reference } = use;
  const { registry } = reference;
  const { allow, insecure, mirrors } = policy.registries;
  const isMirror = isUnderMirror(reference, mirrors);
  const isListed = allow?.includes(registry) ?? false;
  if (!isListed && !isMirror) {
    const mirror = mirrored(reference, mirrors);
    if (mirror) {
      const wanted = withReference(use, mirror.reference);
      const data = { image: shown(use), key: mirror.key, mirrored: abridged(wanted) };
      return { use, messageId: "mirror", data, instead: [wanted], fix: true };
    }
    if (allow !== null) {
      const messageId = allow.length > 0 ? "notAllowed" : "noneAllowed";
      return { use, messageId, data: { image: shown(use), registry, allowed: list(allow) } };
    }
  }
  return isLoopback(registry) && !insecure.includes(registry)
    ? { use, messageId: "loopback", data: { registry } }
    : null;
}

/** "only `a`, `b` and `c`"; of a long list the first four. */
function list(registries: readonly string[]): string {
  const named = registries.slice(0, 4).map((registry) => `\`${registry}\``);
  if (registries.length > 4) named.push(`${registries.length - 4} more`);
  const last = named.pop() ?? "";
  return `only ${named.length > 0 ? `${named.join(", ")} and ` : ""}${last}`;
}
