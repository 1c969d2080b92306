/** The presets `recommended` and `strict`, as data. Loads neither YAML nor the validator nor minimatch. */
import type { Reference } from "../facts/reference.js";
import type { Level } from "../facts/pinning.js";
import type { RuleDocs } from "../rule.js";
import type { FileSettings, Layer, RuleEntry, Settings } from "./layers.js";
import { mergePolicy } from "./merge.js";
import type { ImagePattern, PinningRule, Policy, PresetName } from "./policy.js";
import { RECOMMENDED } from "./rules.generated.js";

/** Every rule with its severity in `recommended`. */
export type RuleSeverities = Readonly<Record<string, RuleDocs["recommended"]>>;

/** How tightly images are pinned; the first pattern that matches holds. */
const PINNING: Readonly<Record<PresetName, readonly (readonly [image: string, require: Level])[]>> = {
  // The syntax image promises compatibility within a major version, and asks to be followed.
  recommended: [
    ["docker/dockerfile", "major"],
    ["**", "minor"],
  ],
  strict: [["**", "patch"]],
};

/** Options that a preset sets: strict wants a lock file. */
const OPTIONS: Readonly<Record<PresetName, Readonly<Record<string, readonly unknown[]>>>> = {
  recommended: {},
  strict: { "locked-base": [{ required: true }] },
};

/** The layer of a preset, over these rules. Strict: every rule that is not off is an error. */
export function presetLayer(name: PresetName, rules: RuleSeverities = RECOMMENDED): Layer {
  const entries = new Map<string, RuleEntry>();
  for (const [rule, recommended] of Object.entries(rules)) {
    entries.set(rule, { severity: severityOf(name, recommended), options: OPTIONS[name][rule] ?? null });
  }
  const settings: Settings = {
    pinning: PINNING[name].map(([image, require]): PinningRule => ({
      pattern: pattern(image),
      require,
      digest: "allow",
    })),
    rules: entries,
    origins: new Map([["pinning", name], ...[...entries.keys()].map((rule) => [`rules/${rule}`, name] as const)]),
  };
  const closure = new Set<Layer>();
  const layer = { preset: name, file: name, settings, closure };
  closure.add(layer);
  return layer;
}

/**
 * The policy of a preset alone, for a run without a policy file. `commandLine` are the settings of `--rule`
 * (`ruleSettings` of severity.ts).
 */
export function presetPolicy(name: PresetName, commandLine: Settings | null = null, rules = RECOMMENDED): Policy {
  const layers: FileSettings[] = [presetLayer(name, rules).settings, ...(commandLine ? [commandLine] : [])];
  return mergePolicy({ file: null, folder: null, outer: false }, layers);
}

function severityOf(name: PresetName, recommended: RuleDocs["recommended"]): RuleEntry["severity"] {
  if (recommended === "off" || (recommended === "strict" && name === "recommended")) return 0;
  if (name === "strict" || recommended === "error") return 2;
  return recommended === "policy" ? "policy" : 1;
}

/** `**`, or the name of one repository of Docker Hub. */
function pattern(text: string): ImagePattern {
  const isOne = ({ registry, repository }: Reference): boolean => registry === "docker.io" && repository === text;
  return { text, place: null, matches: text === "**" ? () => true : isOne };
}
