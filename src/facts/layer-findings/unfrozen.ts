/** Installs that may leave the lockfile: is there something else that keeps them to it, and what to write instead. */
import type { Edit } from "../../rule.js";
import type { Install } from "../ecosystems/install.js";
import { entryOf } from "../layers/environment.js";
import type { PlacedInstall } from "./dependency-installs.js";
import { isUnwanted } from "./lockfiles.js";

/** Variables that make an install frozen, whatever its options. */
const FREEZING: readonly string[] = [
  "CI",
  "BUNDLE_FROZEN",
  "BUNDLE_DEPLOYMENT",
  "YARN_ENABLE_IMMUTABLE_INSTALLS",
  "UV_FROZEN",
  "UV_LOCKED",
  "npm_config_frozen_lockfile",
];

/** Options by which somebody decided for an install without a lockfile. */
const DECIDED: ReadonlySet<string> = new Set([
  "--no-package-lock",
  "--no-lockfile",
  "--package-lock=false",
  "--no-frozen-lockfile",
  "--skip-lock",
  "--upgrade",
  "-U",
  "--no-immutable",
]);

/** True when a variable, an option or an earlier `bundle config` decides about the lockfile already. */
export function isDecided(placed: PlacedInstall, configured: boolean): boolean {
  const { install, step } = placed;
  if (isUnwanted(placed) || isOneOfTwo(placed)) return true;
  const { command, ecosystem } = install;
  if (command.args.some(({ text }) => text !== null && DECIDED.has(text))) return true;
  if (ecosystem.name === "bundler" && configured) return true;
  return FREEZING.some((name) => command.env.has(name) || entryOf(step.state.environment, name) !== null);
}

/** What to write, or to add; Yarn and Bundler have changed theirs. `beside` tells whether a file lies beside the lockfile. */
export function frozenFormOf({ ecosystem, frozenForm }: Install, beside: (name: string) => boolean): string | null {
  // Of the options of `bundle install` the last versions know none for it.
  if (ecosystem.name === "bundler") return frozenForm === null ? null : "BUNDLE_FROZEN=true";
  if (ecosystem.name === "yarn" && frozenForm !== null && beside(".yarnrc.yml")) return "--immutable";
  return frozenForm;
}

/** True for `if … development; then npm install; else npm ci; fi`: the other way is for those who want it. */
function isOneOfTwo({ step, install }: PlacedInstall): boolean {
  return (
    install.command.conditional &&
    step.work.installs.some((other) => {
      const isLike = other.ecosystem === install.ecosystem && other.kind === "install" && other.frozen;
      return isLike && other.command.conditional;
    })
  );
}

/** The command's frozen form, as an edit; null where the words are not known as they stand. */
export function freeze({ install }: PlacedInstall, frozenForm: string, text: string): Edit | null {
  const { command, ecosystem } = install;
  if (frozenForm.includes("=")) {
    const [start] = command.range;
    return text.startsWith(command.path, start) ? { range: [start, start], text: `${frozenForm} ` } : null;
  }
  const verb = command.args.find((arg) =>
    /^(?:install|i|in|ins|isntall|sync|restore|update|u|upgrade|deps\.get)$/.test(arg.text ?? ""),
  );
  const replaced = new RegExp(`^${ecosystem.programs[0] ?? ""} `).test(frozenForm)
    ? frozenForm.slice(frozenForm.indexOf(" ") + 1)
    : null;
  if (!verb) {
    // A bare `yarn`.
    const [start, end] = command.range;
    if (command.args.length > 0 || text.slice(start, end) !== command.path) return null;
    return { range: [end, end], text: frozenForm.startsWith("install") ? ` ${frozenForm}` : ` install ${frozenForm}` };
  }
  if (text.slice(...verb.range) !== verb.text) return null;
  if (replaced !== null) return { range: verb.range, text: replaced };
  return { range: [verb.range[1], verb.range[1]], text: ` ${frozenForm}` };
}
