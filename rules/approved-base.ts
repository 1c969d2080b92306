import { defineRule } from "../src/rule.js";
import { approvalOf, type Approval } from "../src/facts/approval.js";
import type { FactInputs } from "../src/facts/facts.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { KnownImageUse } from "../src/facts/images.js";
import type { Trust } from "../src/facts/trust.js";
import { shown, withReference } from "../src/facts/written.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "An image that the policy does not allow where it stands.",
      reason:
        "Whoever publishes the base image decides what runs in the container. Each image has a tier: `golden` (the policy " +
        "lists it), `official` (a Docker Official Image), `verified` (a vendor's own registry or namespace) or `other`. The " +
        "policy's `bases.allow` says which tiers may stand in the exported stage (`final`), in other stages (`build`), and " +
        "where files are only copied from (`copied`); `bases.deny` beats them all. A golden image that says what it " +
        "`replaces` is offered in its place. Without `bases` in the policy, official and verified images are approved.",
      category: "bases",
      recommended: "policy",
      examples: {
        bad: [
          { title: "Nobody knows who publishes it", code: "FROM somebody/node:24.19.0\n" },
          {
            title: "The exported stage has to stand on a golden image",
            code: "FROM mcr.microsoft.com/dotnet/core/sdk:3.1\nCOPY . /src\n",
            policy: {
              bases: {
                golden: [
                  {
                    image: "registry.local:5000/golden/dotnetcore-sdk",
                    replaces: ["mcr.microsoft.com/dotnet/core/sdk"],
                    tags: ["3.0", "3.1"],
                  },
                ],
              },
            },
          },
          {
            title: "A release that the policy denies",
            code: "FROM alpine:3.12\n",
            policy: { bases: { deny: ["alpine:3.1?"] } },
          },
        ],
        good: [
          { title: "An official image", code: "FROM node:24.19.0\n" },
          { title: "A vendor's own registry", code: "FROM mcr.microsoft.com/dotnet/sdk:10.0\n" },
          {
            title: "A golden image where it counts, an official one to build with",
            code: "FROM golang:1.27.0 AS build\nRUN go build -o /app\nFROM golden/base:1.4.2\nCOPY --from=build /app /app\n",
            policy: { bases: { golden: [{ image: "golden/*" }] } },
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      unknownPublisher:
        "`{{image}}` is neither official nor from a known publisher. Take one that is, or list it under " +
        "`bases: verified` if you trust who makes it.",
      tier: "`{{image}}` is {{what}}; the policy wants {{allowed}} {{place}} (`bases.allow.{{role}}`). Take one, or list this as golden.",
      noTier:
        "`{{image}}` is {{what}}; the policy allows nothing {{place}}, as `bases.allow.{{role}}` is empty. List there what may stand here.",
      tierReplaced: "`{{image}}` is {{what}}; the policy wants {{allowed}} {{place}}. Use `{{wanted}}`.",
      tierReplacedTag:
        "`{{image}}` is {{what}}; the policy wants {{allowed}} {{place}}. Use `{{wanted}}`; it has no tag " +
        "`{{tag}}`.",
      denied:
        "`{{image}}` is denied by the policy (`bases.deny` has `{{pattern}}`). Take a release or an image that is not.",
      deniedReplaced:
        "`{{image}}` is denied by the policy (`bases.deny` has `{{pattern}}`). Use the golden image `{{wanted}}`.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, inputs: FactInputs): ImageFinding | null {
  const approval = approvalOf(use, inputs);
  if (approval.approved) return null;
  const { denied, trust, role, allowed, replacements } = approval;
  const instead = replacements.map(({ reference }) => withReference(use, reference));
  const data = {
    image: shown(use),
    pattern: denied?.text ?? "",
    what: whatIs(trust),
    place: PLACES[role],
    role,
    allowed: listed(allowed),
    wanted: instead[0] ?? "",
    tag: use.reference.tag ?? "latest",
  };
  return { use, messageId: messageOf(approval, inputs.policy.bases.declared), data, instead };
}

const PLACES = { final: "in the exported image", build: "in a build stage", copied: "to copy from" } as const;

/** `golden, official or verified`. */
function listed(tiers: readonly string[]): string {
  return tiers.length < 2 ? tiers.join("") : `${tiers.slice(0, -1).join(", ")} or ${tiers.at(-1) ?? ""}`;
}

function whatIs({ tier, publisher }: Trust): string {
  if (tier === "golden") return "a golden image";
  if (tier === "official") return "a Docker Official Image";
  if (tier === "other") return "by no known publisher";
  return publisher === null ? "by a verified publisher" : `by ${publisher} (verified)`;
}

function messageOf({ denied, allowed, replacements }: Approval, isDeclared: boolean): string {
  const [first] = replacements;
  if (denied) return first ? "deniedReplaced" : "denied";
  if (!isDeclared) return "unknownPublisher";
  if (!first) return allowed.length > 0 ? "tier" : "noTier";
  return first.sameTag ? "tierReplaced" : "tierReplacedTag";
}
