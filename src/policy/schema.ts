/** The JSON Schema (draft-07) of the policy file: what editors show, and what the validator is compiled from. */
import { LEVELS } from "../facts/pinning.js";
import type { RuleMeta } from "../rule.js";
import { BUILDERS, PRESETS, ROLES, TIERS } from "./policy.js";
import { RULE_NAME } from "./validate.js";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What the schema needs of a rule. */
export type SchemaRules = Readonly<Record<string, { readonly meta: Pick<RuleMeta, "docs" | "schema"> }>>;

/** Severities as a policy may write them. */
const SEVERITIES = ["off", "warn", "error", 0, 1, 2] as const;

/** The schema for these rules: their names, and the options of each as its `meta.schema` has them. */
export function policySchema(rules: SchemaRules): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "fromlint policy",
    description: "Which images may stand behind FROM, how tightly they are pinned, and which rules hold.",
    ...map({
      $schema: text("Where editors find the schema of this file. Ignored."),
      extends: {
        ...list(text(`A preset (${PRESETS.join(", ")}), a relative file, or an npm package with a fromlint.yaml.`)),
        description: "Policies that this one builds on; later ones win. Without this key: [recommended].",
        default: ["recommended"],
        examples: [["recommended"], ["strict", "./base.yaml"], []],
      },
      ignore: {
        ...list(ref("glob")),
        description: "Files that are never linted, also when they are named. --no-ignore lifts it.",
        examples: [["vendor/**"]],
      },
      context: text("The build context, relative to this file, when it is not the Dockerfile's folder."),
      builder: {
        ...choice(BUILDERS),
        default: "buildkit",
        description: "What builds the images: layer rules differ.",
      },
      bases: ref("bases"),
      registries: ref("registries"),
      pinning: ref("pinning"),
      args: {
        ...mapOf(text("The value.")),
        description: "Values of build arguments, as --build-arg.",
        examples: [{ BASE_TAG: "3.12" }],
      },
      contexts: {
        ...mapOf(text("A folder relative to this file, a URL, or docker-image://IMAGE.")),
        description: "Named build contexts, as --build-context.",
        examples: [{ docs: "./docs" }],
      },
      exemptions: { ...list(ref("exemption")), description: "Findings that are accepted, each with its reason." },
      rules: ref("rules"),
      overrides: {
        ...list(ref("override")),
        description: "Other settings for some files. Where several match, the earlier entry wins.",
      },
      locked: {
        ...list(ref("ruleName")),
        description:
          "Rules that files which extend this one, comments, baselines and --rule cannot change, " +
          "nor the keys that these rules read.",
      },
    }),
    definitions: { ...definitions, ...ruleDefinitions(rules) },
  };
}

const ROLE_TEXT = {
  final: "Images that reach the exported stage through FROM.",
  build: "Images of the other stages.",
  copied: "Images that files are copied or mounted from, and the one of # syntax.",
};

const definitions = {
  image: {
    ...text(
      "An image pattern, qualified as references are: golden/* is docker.io/golden/*. * stops at /, ** does not; " +
        "without :tag any tag matches.",
    ),
    examples: ["golden/*", "registry.example:5000/base/**", "python:3.7*"],
  },
  glob: text("A file glob, relative to this file's folder."),
  registry: text("A registry: host[:port]."),
  bases: {
    ...map({
      golden: {
        ...list(
          map(
            {
              image: ref("image"),
              replaces: { ...list(ref("image")), description: "Images that this one stands in for." },
              tags: { ...list(text("A tag.")), description: "The tags that exist there. In quotes: 3.10 is a number." },
            },
            ["image"],
          ),
        ),
        description: "The golden images: your own, on which everything else is built.",
      },
      allow: {
        ...map(
          Object.fromEntries(ROLES.map((role) => [role, { ...list(choice(TIERS)), description: ROLE_TEXT[role] }])),
        ),
        description:
          "Which tiers may stand in which role. With golden: final [golden], build [golden, official], " +
          "copied [golden, official, verified]; without: golden, official and verified everywhere.",
      },
      verified: { ...list(ref("image")), description: "Images that you trust as those of a verified publisher." },
      deny: { ...list(ref("image")), description: "Images that may stand nowhere, whatever their tier." },
    }),
    description: "Which images may stand behind FROM.",
  },
  registries: {
    ...map({
      allow: { ...list(ref("registry")), description: "Where images may come from. Without it: anywhere." },
      insecure: { ...list(ref("registry")), description: "Registries for which plain HTTP is accepted." },
      mirrors: {
        ...mapOf(text("The mirror: host[:port][/path].")),
        description: "Mirrors: registry[/path] to the registry[/path] that stands for it.",
        examples: [{ "docker.io": "harbor.example/hub" }],
      },
    }),
    description: "Where images may come from.",
  },
  pinning: {
    ...list(
      map(
        {
          image: ref("image"),
          require: { ...choice(LEVELS), description: "The loosest level that is fine for these images." },
          digest: {
            ...choice(["forbid", "allow"]),
            default: "allow",
            description: "Whether a digest may stand there.",
          },
        },
        ["image", "require"],
      ),
    ),
    description: "How tightly images are pinned; the first entry that matches holds.",
  },
  exemption: {
    ...map(
      {
        rule: ref("ruleName"),
        image: ref("image"),
        files: ref("globs"),
        until: { ...text("The last day, YYYY-MM-DD (UTC)."), examples: ["2027-01-31"] },
        reason: text("Why, for whoever reads this later."),
      },
      ["rule", "reason"],
    ),
    examples: [{ rule: "approved-base", image: "python:3.7*", files: "legacy/**", until: "2027-01-31", reason: "…" }],
  },
  override: map(
    {
      files: ref("globs"),
      bases: ref("bases"),
      registries: ref("registries"),
      pinning: ref("pinning"),
      rules: ref("rules"),
    },
    ["files"],
  ),
  globs: {
    if: { type: "array" },
    then: { ...list(ref("glob")), minItems: 1 },
    else: ref("glob"),
    description: "Files: a glob or a list of globs, relative to this file's folder.",
  },
  severity: { ...choice(SEVERITIES), description: "off or 0, warn or 1, error or 2." },
} satisfies Record<string, JsonSchema>;

function ruleDefinitions(rules: SchemaRules): Record<string, JsonSchema> {
  const names = Object.keys(rules).sort();
  return {
    ruleName: {
      title: RULE_NAME,
      description: "The name of a rule.",
      ...(names.length > 0 ? choice(names) : { not: {} }),
    },
    rules: {
      title: RULE_NAME,
      ...map(Object.fromEntries(names.map((name) => [name, ruleSetting(rules[name]?.meta)]))),
      description: "Severities of rules, and their options: SEVERITY or [SEVERITY, OPTIONS].",
    },
  };
}

/** `if` instead of `anyOf`: an error then belongs to one form, and not to both. */
function ruleSetting(meta: Pick<RuleMeta, "docs" | "schema"> | undefined): JsonSchema {
  const items = [ref("severity"), ...(meta?.schema ?? [])];
  return {
    description: meta?.docs.description ?? "",
    if: { type: "array" },
    then: { items, minItems: 1, maxItems: items.length },
    else: ref("severity"),
  };
}

function map(properties: Record<string, JsonSchema>, required: readonly string[] = []): JsonSchema {
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

function mapOf(values: JsonSchema): JsonSchema {
  return { type: "object", additionalProperties: values };
}

function list(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

function choice(values: readonly unknown[]): JsonSchema {
  return { enum: [...values] };
}

function text(description: string): JsonSchema {
  return { type: "string", description };
}

function ref(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}
