/** A policy as rules and facts see it: merged, compiled, and resolved for one Dockerfile. */
import type { Reference } from "../facts/reference.js";
import type { Level } from "../facts/pinning.js";

/** Trust tiers, strongest first. */
export const TIERS = ["golden", "official", "verified", "other"] as const;
export type Tier = (typeof TIERS)[number];

/** How an image takes part in what is exported. */
export const ROLES = ["final", "build", "copied"] as const;
export type Role = (typeof ROLES)[number];

export const BUILDERS = ["buildkit", "buildah", "kaniko", "legacy"] as const;
export type Builder = (typeof BUILDERS)[number];

/** The presets that are built in. */
export const PRESETS = ["recommended", "strict"] as const;
export type PresetName = (typeof PRESETS)[number];

/** Where something is written in a policy file: absolute path, 1-based line and column (UTF-16 units). */
export interface PolicyPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a value of a policy comes from: a place in a file, a built-in preset, or the command line. */
export type Origin = PolicyPlace | PresetName | "--rule";

/** A compiled image pattern, such as `golden/*` or `python:3.7*`. */
export interface ImagePattern {
  /** As written in the policy. */
  readonly text: string;
  /** Null for a pattern of a built-in preset. */
  readonly place: PolicyPlace | null;
  /** Qualified as references are; without a tag in the pattern any tag and digest match. */
  readonly matches: (reference: Reference) => boolean;
}

export interface GoldenImage {
  readonly pattern: ImagePattern;
  readonly replaces: readonly ImagePattern[];
  /** The tags that exist there; null when the policy does not say. */
  readonly tags: readonly string[] | null;
}

export interface Bases {
  /** True when the policy has a `bases` key: then `approved-base` and `unresolved-base` are errors. */
  readonly declared: boolean;
  readonly golden: readonly GoldenImage[];
  readonly allow: Readonly<Record<Role, readonly Tier[]>>;
  readonly verified: readonly ImagePattern[];
  readonly deny: readonly ImagePattern[];
}

interface Registries {
  readonly declared: boolean;
  /** Host names with port, canonical (`docker.io`); null when every registry is allowed. */
  readonly allow: readonly string[] | null;
  /** Host names with port, canonical. */
  readonly insecure: readonly string[];
  /** Registry (or registry with a path prefix) -> the mirror that stands for it; both canonical. */
  readonly mirrors: Readonly<Record<string, string>>;
}

/** One line of `pinning`; the first whose pattern matches holds. */
export interface PinningRule {
  readonly pattern: ImagePattern;
  readonly require: Level;
  readonly digest: "forbid" | "allow";
}

export interface Exemption {
  /** Rule name. */
  readonly rule: string;
  /** Null: every image. */
  readonly image: ImagePattern | null;
  /** Null: every file below the policy; else tests an absolute path. */
  readonly files: ((file: string) => boolean) | null;
  /** The globs behind `files`, as written; null where `files` is. */
  readonly globs: readonly string[] | null;
  /** YYYY-MM-DD, inclusive; null when it does not end. */
  readonly until: string | null;
  readonly reason: string;
  readonly place: PolicyPlace;
}

export type Severity = 0 | 1 | 2;

export interface RuleSetting {
  readonly severity: Severity;
  /** As written in the policy: a rule's `defaultOptions` are not merged in. */
  readonly options: readonly unknown[];
}

/**
 * The policy that holds for one Dockerfile, overrides applied. The records whose keys users choose
 * (`args`, `contexts`, `mirrors`, `rules`) have no prototype, so a name such as `constructor` is just a name.
 */
export interface Policy {
  /** Absolute path of the policy file that holds; null for a preset alone. */
  readonly file: string | null;
  /** The folder that file globs and relative paths of this file start from; null for a preset alone. */
  readonly folder: string | null;
  /** True for the one given by `--policy` / `FROMLINT_POLICY`. */
  readonly outer: boolean;
  /** The build context: an absolute path; null when the policy does not say. */
  readonly context: string | null;
  readonly builder: Builder;
  readonly bases: Bases;
  readonly registries: Registries;
  readonly pinning: readonly PinningRule[];
  /** As `--build-arg`. */
  readonly args: Readonly<Record<string, string>>;
  /** As `--build-context`: name -> folder (absolute), URL or `docker-image://…`. */
  readonly contexts: Readonly<Record<string, string>>;
  readonly exemptions: readonly Exemption[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Names of rules that comments, baselines and `--rule` cannot weaken. */
  readonly locked: ReadonlySet<string>;
  /**
   * Where each value comes from, by its key: `context`, `builder`, `bases`, `bases/allow/final`, `registries/allow`,
   * `registries/insecure`, `registries/mirrors/docker.io`, `args/NAME`, `contexts/NAME`, `rules/NAME`, `locked/NAME`.
   * What has a place of its own (patterns, exemptions) is not in it. Read places with `placeOf`.
   */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** The place in a policy file of one of the keys listed at `Policy.origins`; null when no file sets it. */
export function placeOf(policy: Pick<Policy, "origins">, key: string): PolicyPlace | null {
  const origin = policy.origins.get(key);
  return typeof origin === "object" ? origin : null;
}
