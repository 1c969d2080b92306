/** Layers -> one policy. Loads nothing. */
import type { FileSettings, RuleEntry, Settings } from "./layers.js";
import {
  ROLES,
  TIERS,
  type Bases,
  type Origin,
  type Policy,
  type Role,
  type RuleSetting,
  type Tier,
} from "./policy.js";
import { declaredSeverity } from "./severity.js";

/** What may stand in which role when `golden` is declared and `allow` does not say. */
const WITH_GOLDEN: Readonly<Record<Role, readonly Tier[]>> = {
  final: ["golden"],
  build: ["golden", "official"],
  copied: ["golden", "official", "verified"],
};
/** And when there is no `golden` either: every tier but `other`. */
const WITHOUT_GOLDEN = TIERS.filter((tier) => tier !== "other");

/**
 * Merges layers, farthest first: maps by key; `golden`, `verified`, `deny`, `pinning` and `exemptions` with the
 * nearer entries first; every other value is the nearest one. A rule that is set without options keeps those of
 * the farther layers. Defaults and severities that depend on what is declared are put in last.
 */
export function mergePolicy(base: Pick<Policy, "file" | "folder" | "outer">, layers: readonly FileSettings[]): Policy {
  const nearestFirst = [...layers].reverse();
  const all = <Value>(pick: (settings: FileSettings) => readonly Value[] | undefined): readonly Value[] =>
    nearestFirst.flatMap((settings) => pick(settings) ?? []);
  const nearest = <Value>(pick: (settings: FileSettings) => Value | undefined): Value | undefined =>
    nearestFirst.map(pick).find((value) => value !== undefined);
  const byKey = <Value>(pick: (settings: FileSettings) => ReadonlyMap<string, Value> | undefined) =>
    new Map(layers.flatMap((settings) => [...(pick(settings) ?? [])]));

  const origins = byKey<Origin>(({ origins }) => origins);
  const registries = {
    declared: origins.has("registries"),
    allow: nearest((settings) => settings.registries?.allow) ?? null,
    insecure: nearest((settings) => settings.registries?.insecure) ?? [],
    mirrors: record(byKey((settings) => settings.registries?.mirrors)),
  };
  const bases = mergeBases(layers, all, origins.has("bases"));
  return {
    ...base,
    context: nearest(({ context }) => context) ?? null,
    builder: nearest(({ builder }) => builder) ?? "buildkit",
    bases,
    registries,
    pinning: all(({ pinning }) => pinning),
    args: record(byKey(({ args }) => args)),
    contexts: record(byKey(({ contexts }) => contexts)),
    exemptions: all(({ exemptions }) => exemptions),
    rules: mergeRules(layers, { bases: bases.declared, registries: registries.declared }),
    locked: new Set(all(({ locked }) => locked && [...locked.keys()])),
    origins,
  };
}

function mergeBases(
  layers: readonly Settings[],
  all: <Value>(pick: (settings: Settings) => readonly Value[] | undefined) => readonly Value[],
  declared: boolean,
): Bases {
  const allow = layers.reduce<NonNullable<Settings["allow"]>>((far, settings) => ({ ...far, ...settings.allow }), {});
  const hasGolden = layers.some(({ golden }) => golden !== undefined);
  const tiers = (role: Role): readonly Tier[] => allow[role] ?? (hasGolden ? WITH_GOLDEN[role] : WITHOUT_GOLDEN);
  return {
    declared,
    golden: all(({ golden }) => golden),
    allow: Object.fromEntries(ROLES.map((role) => [role, tiers(role)])) as Record<Role, readonly Tier[]>,
    verified: all(({ verified }) => verified),
    deny: all(({ deny }) => deny),
  };
}

function mergeRules(
  layers: readonly Settings[],
  declared: { readonly bases: boolean; readonly registries: boolean },
): Readonly<Record<string, RuleSetting>> {
  const merged = new Map<string, RuleEntry>();
  for (const { rules } of layers) {
    for (const [name, entry] of rules ?? []) {
      merged.set(name, { severity: entry.severity, options: entry.options ?? merged.get(name)?.options ?? null });
    }
  }
  const settings = new Map<string, RuleSetting>();
  for (const [name, { severity, options }] of merged) {
    const effective = severity === "policy" ? declaredSeverity(name, declared) : severity;
    settings.set(name, { severity: effective, options: options ?? [] });
  }
  return record(settings);
}

/** A plain object without a prototype. */
function record<Value>(map: ReadonlyMap<string, Value>): Readonly<Record<string, Value>> {
  const object = Object.create(null) as Record<string, Value>;
  for (const [key, value] of map) object[key] = value;
  return object;
}
