/** A proposal as the text of a fromlint.yaml with comments. */
import { remarkedYaml, type Remark } from "../policy/yaml-text.js";
import { ROLES } from "../policy/policy.js";
import { counted } from "../report/summary.js";
import type { Proposal } from "./proposal.js";

const SCHEMA = "yaml-language-server: $schema=./node_modules/fromlint/schema.json";

const REGISTRIES_EXAMPLE = [
  "Where images may come from; without it everywhere:",
  "registries:",
  "  allow: [docker.io, registry.example.com]",
  "",
];

/** Of longer lists the rest is counted. */
const MOST_LISTED = 100;

/** Valid against the schema of the policy file, whatever the images are called. The same proposal gives the same text. */
export function policyText(proposal: Proposal): string {
  const { golden, registries, insecure, roles, pinning } = proposal;
  const isEmpty = proposal.uses === 0;
  const listed = golden.slice(0, MOST_LISTED);
  const data = {
    extends: ["recommended"],
    bases: {
      ...(listed.length > 0 && { golden: listed.map(({ image }) => ({ image })) }),
      allow: Object.fromEntries(ROLES.map((role) => [role, roles[role].allow])),
    },
    ...(registries.length > 0 && {
      registries: { allow: registries.map(({ name }) => name), ...(insecure.length > 0 && { insecure }) },
    }),
    pinning: [
      { image: "docker/dockerfile", require: "major" },
      { image: "**", require: pinning.require },
    ],
  };
  return remarkedYaml([SCHEMA], data, [
    {
      at: ["extends"],
      above: [
        isEmpty
          ? "A policy to start from: `fromlint init` found no Dockerfile here that uses an image."
          : `Made by \`fromlint init\` from ${counted(proposal.files, "Dockerfile")} with ${counted(proposal.uses, "image use")}. Change it as you like.`,
        "`fromlint explain RULE` says what a rule wants, `fromlint explain IMAGE` what is known of an image.",
      ],
      flow: true,
      behind: "or [strict]: every rule an error, exact tags, a lock file",
    },
    ...basesRemarks(proposal, listed.length),
    ...registriesRemarks(proposal),
    {
      at: ["pinning"],
      apart: true,
      above: [
        ...(isEmpty ? REGISTRIES_EXAMPLE : []),
        ...(registries.length === 0 ? unlistedLines(proposal) : []),
        "How tightly a tag has to pin: none < tag < major < minor < patch < digest. The first line that matches holds.",
      ],
    },
    { at: ["pinning", 0, "require"], behind: "the frontend of `# syntax=` stays compatible within a major version" },
    { at: ["pinning", 1, "require"], ...(isEmpty ? {} : { behind: pinningRemark(pinning) }) },
  ]);
}

function basesRemarks(proposal: Proposal, listed: number): readonly Remark[] {
  const { golden, others, roles } = proposal;
  const more = golden.length - listed;
  const asked = askedLines(proposal);
  const verified = [
    "By no known publisher, so approved-base reports them. Put those that you trust into `verified`, replace the others:",
    "verified:",
    ...others.slice(0, MOST_LISTED).map(({ name, uses }) => `  - ${JSON.stringify(name)} # ${counted(uses, "use")}`),
    ...(others.length > MOST_LISTED ? [`  ... and ${others.length - MOST_LISTED} more`] : []),
  ];
  const goldenHelp = [
    "Golden images: what your team makes and answers for. Look at each: they are told from their names alone.",
    "`replaces: [node]` below one names the images that it stands in for; `tags: [...]` which tags there are.",
  ];
  const example = ["golden:", "  - image: registry.example.com/golden/node", "    replaces: [node]"];
  const instead = asked.length > 0 ? ["", ...asked] : example;
  return [
    {
      at: ["bases"],
      apart: true,
      above: [
        "Which images may stand behind FROM: golden (your own), official (Docker Official Images), verified (known publishers).",
      ],
    },
    ...golden.slice(0, listed).map(({ uses, why }, index): Remark => {
      return { at: ["bases", "golden", index, "image"], behind: `${counted(uses, "use")}; ${why}` };
    }),
    ...(listed > 0 ? [{ at: ["bases", "golden"], above: goldenHelp }] : []),
    {
      at: ["bases", "allow"],
      apart: listed > 0,
      above: [
        ...(listed === 0 ? [...goldenHelp, ...instead, ""] : []),
        ...(more > 0 ? [`... and ${more} more that might be golden`] : []),
        ...(listed > 0 && asked.length > 0 ? [...asked, ""] : []),
        ...(others.length > 0 ? [...verified, ""] : []),
        "By role: final reaches the exported image, build stands behind another stage, copied gives files only.",
      ],
    },
    ...ROLES.map((role): Remark => {
      const { now } = roles[role];
      const text = now.map(({ name, uses }) => `${name} ${uses}${name === "other" ? " (reported)" : ""}`).join(", ");
      return { at: ["bases", "allow", role], flow: true, behind: text === "" ? "not in use today" : `today: ${text}` };
    }),
  ];
}

/** A question: without their `# ` the lines list the images, also behind those that are listed already. */
function askedLines({ perhapsGolden, golden }: Proposal): readonly string[] {
  if (perhapsGolden.length === 0) return [];
  const more = perhapsGolden.length - MOST_LISTED;
  return [
    `Your team's${golden.length > 0 ? ", too" : ""}? Nothing tells whose these accounts of cloud registries are. approved-base reports their images`,
    "until they are listed: as `golden` what your team makes, as `verified` what others make whom you trust.",
    ...(golden.length > 0 ? [] : ["golden:"]),
    ...perhapsGolden
      .slice(0, MOST_LISTED)
      .map(({ image, uses, why }) => `  - image: ${JSON.stringify(image)} # ${counted(uses, "use")}; ${why}`),
    ...(more > 0 ? [`  ... and ${more} more`] : []),
  ];
}

function unlistedLines({ unlisted }: Proposal): string[] {
  return unlisted.map(
    ({ name, why }) => `In use, and not to be listed unseen in registries.allow: ${JSON.stringify(name)} (${why}).`,
  );
}

function registriesRemarks(proposal: Proposal): readonly Remark[] {
  const { registries, insecure } = proposal;
  if (registries.length === 0) return [];
  const above = [
    "Where images may come from; approved-registry reports any other. Only these are asked by --online and lock.",
    ...unlistedLines(proposal),
  ];
  return [
    { at: ["registries"], apart: true, above },
    ...registries.map(({ uses }, index): Remark => {
      return { at: ["registries", "allow", index], behind: counted(uses, "use") };
    }),
    ...(insecure.length > 0
      ? [{ at: ["registries", "insecure"], above: ["Plain HTTP is accepted here and nowhere else: this machine."] }]
      : []),
  ];
}

function pinningRemark({ reached, of, next }: Proposal["pinning"]): string {
  if (of === 0) return "no use has a tag yet";
  const now = `${reached} of ${of} tags in use are there`;
  return next === null ? now : `${now}; with ${next.level} ${next.failing} would fail`;
}
