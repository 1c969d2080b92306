/** The keys that a policy file and its overrides share -> compiled settings. */
import type { CompileContext } from "./compile.js";
import { policyError, quoted } from "./errors.js";
import { canonicalMirror, canonicalRegistry, mirrorProblem, registryProblem } from "./hosts.js";
import type { RuleEntry, Settings } from "./layers.js";
import { compileImage } from "./match.js";
import type { GoldenImage, ImagePattern, Origin, PinningRule } from "./policy.js";
import type { RawBases, RawGolden, RawPinning, RawRegistries, RawSettings } from "./raw.js";
import { severityNumber } from "./severity.js";

const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** Compiles `bases`, `registries`, `pinning` and `rules`; `data` fits the schema. */
export function compileSettings(data: RawSettings, context: CompileContext): Settings {
  const origins = new Map<string, Origin>();
  noteOrigins(data, context, origins);
  const { bases, registries, pinning, rules } = data;
  return {
    origins,
    ...(bases && compileBases(bases, context)),
    ...(registries && { registries: compileRegistries(registries, context) }),
    ...(pinning && { pinning: pinning.map((line) => pinningRule(line, context)) }),
    ...(rules && { rules: compileRules(rules) }),
  };
}

/** A pattern that matches nothing stands in for one that is refused. */
export function imageAt(container: object, key: string | number, { text, errors }: CompileContext): ImagePattern {
  const place = text.placeOfValue(container, key);
  const written = (container as Record<string | number, string>)[key] ?? "";
  const { value, problem } = compileImage(written, place);
  if (problem === null) return value;
  errors.push(policyError(place, problem));
  return { text: written, place, matches: () => false };
}

function images(list: readonly string[], context: CompileContext): ImagePattern[] {
  return list.map((_, index) => imageAt(list, index, context));
}

function compileBases(bases: RawBases, context: CompileContext): Omit<Settings, "origins"> {
  const { golden, allow, verified, deny } = bases;
  return {
    ...(golden && { golden: golden.map((each) => goldenImage(each, context)) }),
    ...(allow && { allow: { ...allow } }),
    ...(verified && { verified: images(verified, context) }),
    ...(deny && { deny: images(deny, context) }),
  };
}

function goldenImage(raw: RawGolden, context: CompileContext): GoldenImage {
  const { text, errors } = context;
  const tags = raw.tags ?? [];
  tags.forEach((tag, index) => {
    if (TAG.test(tag)) return;
    const message = `${quoted(tag)} is not a tag; a tag has up to 128 letters, digits, \`_\`, \`.\` and \`-\``;
    errors.push(policyError(text.placeOfValue(tags, index), message));
  });
  return {
    pattern: imageAt(raw, "image", context),
    replaces: images(raw.replaces ?? [], context),
    tags: raw.tags ?? null,
  };
}

function pinningRule(raw: RawPinning, context: CompileContext): PinningRule {
  return { pattern: imageAt(raw, "image", context), require: raw.require, digest: raw.digest ?? "allow" };
}

function compileRegistries(raw: RawRegistries, context: CompileContext): NonNullable<Settings["registries"]> {
  const { text, errors } = context;
  const hosts = (list: readonly string[]): string[] =>
    list.map((host, index) => {
      const problem = registryProblem(host);
      if (problem !== null) errors.push(policyError(text.placeOfValue(list, index), problem));
      return canonicalRegistry(host);
    });
  const mirrors = (map: Record<string, string>): Map<string, string> => {
    const entries = Object.entries(map).map(([origin, mirror]) => {
      const keyProblem = mirrorProblem(origin);
      if (keyProblem !== null) errors.push(policyError(text.placeOfKey(map, origin), keyProblem));
      const valueProblem = mirrorProblem(mirror);
      if (valueProblem !== null) errors.push(policyError(text.placeOfValue(map, origin), valueProblem));
      return [canonicalMirror(origin), canonicalMirror(mirror)] as const;
    });
    return new Map(entries);
  };
  return {
    ...(raw.allow && { allow: hosts(raw.allow) }),
    ...(raw.insecure && { insecure: hosts(raw.insecure) }),
    ...(raw.mirrors && { mirrors: mirrors(raw.mirrors) }),
  };
}

function compileRules(raw: NonNullable<RawSettings["rules"]>): Map<string, RuleEntry> {
  const rules = new Map<string, RuleEntry>();
  for (const [name, setting] of Object.entries(raw)) {
    const [severity, ...options] = Array.isArray(setting) ? setting : [setting];
    const number = severityNumber(severity) ?? 0;
    rules.set(name, { severity: number, options: Array.isArray(setting) && options.length > 0 ? options : null });
  }
  return rules;
}

/** The place of each key, by the names that `Policy.origins` lists. */
function noteOrigins(data: RawSettings, { text }: CompileContext, origins: Map<string, Origin>): void {
  const note = (container: object | undefined, prefix: string, depth: number): void => {
    if (container === undefined || Array.isArray(container)) return;
    for (const [key, value] of Object.entries(container) as [string, unknown][]) {
      origins.set(`${prefix}${key}`, text.placeOfKey(container, key));
      if (depth > 0 && typeof value === "object" && value !== null) note(value, `${prefix}${key}/`, depth - 1);
    }
  };
  for (const key of ["bases", "registries", "pinning"] as const) {
    if (data[key] !== undefined) origins.set(key, text.placeOfKey(data, key));
  }
  note(data.bases, "bases/", 1);
  note(data.registries, "registries/", 1);
  note(data.rules, "rules/", 0);
}
