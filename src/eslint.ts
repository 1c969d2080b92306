/** The ESLint plugin: the language `fromlint/dockerfile`, every rule, and the configs `recommended` and `strict`. */
import type { ESLint, Linter } from "eslint";
import manifest from "../package.json" with { type: "json" };
import { dockerfile } from "./eslint/language.js";
import { loadPolicy } from "./eslint/options.js";
import { eslintRules } from "./eslint/rules.js";
import { RECOMMENDED } from "./policy/rules.generated.js";
import { presetPolicy } from "./policy/presets.js";

const { version } = manifest;

type Preset = "recommended" | "strict";

/** What eslint.config.js takes: `export default [fromlint.configs.recommended]`. */
export interface Plugin extends ESLint.Plugin {
  readonly configs: Readonly<Record<Preset, Linter.Config>>;
  /** Here, too, as the plugin is all that `require("fromlint/eslint")` gives. */
  readonly loadPolicy: typeof loadPolicy;
}

// ESLint's types are of its own nodes; that ours run there is what the tests with the real ESLint show.
const parts = { languages: { dockerfile }, rules: eslintRules } as unknown as Pick<
  ESLint.Plugin,
  "languages" | "rules"
>;

const plugin: Plugin = {
  meta: { name: "fromlint", version, namespace: "fromlint" },
  ...parts,
  loadPolicy,
  configs: {
    get recommended() {
      return config("recommended");
    },
    get strict() {
      return config("strict");
    },
  },
};

/** One object with files, plugins, language and rules. */
function config(preset: Preset): Linter.Config {
  const { rules } = presetPolicy(preset);
  const severities = Object.entries(RECOMMENDED).map(([name, recommended]) => {
    const { severity = 0, options = [] } = rules[name] ?? {};
    // A config cannot know what the policy declares, and what it declares has to hold.
    const own = recommended === "policy" ? 2 : severity;
    const entry: Linter.RuleEntry = options.length > 0 ? [own, ...options] : own;
    return [`fromlint/${name}`, entry] as const;
  });
  return {
    name: `fromlint/${preset}`,
    files: ["**/{Dockerfile,Containerfile}", "**/{Dockerfile,Containerfile}.*", "**/*.{Dockerfile,dockerfile}"],
    ignores: ["**/*.{docker,container}ignore"],
    plugins: { fromlint: plugin },
    language: "fromlint/dockerfile",
    rules: Object.fromEntries(severities),
  };
}

export default plugin;
export { loadPolicy };
export type { DockerfileOptions, PolicyOption } from "./eslint/options.js";
