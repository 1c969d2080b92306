/** A policy before it is merged: one layer a file or preset, compiled, farthest first. */
import type {
  Builder,
  Exemption,
  GoldenImage,
  ImagePattern,
  Origin,
  PinningRule,
  Policy,
  PolicyPlace,
  PresetName,
  Role,
  Severity,
  Tier,
} from "./policy.js";

/** A rule as one layer sets it. `policy`: by what the whole policy declares. No options: those of farther layers. */
export interface RuleEntry {
  readonly severity: Severity | "policy";
  readonly options: readonly unknown[] | null;
}

/** The keys that an override may set too. What is left out is not set. Maps are Maps: keys are users' words. */
export interface Settings {
  readonly golden?: readonly GoldenImage[];
  readonly allow?: Partial<Readonly<Record<Role, readonly Tier[]>>>;
  readonly verified?: readonly ImagePattern[];
  readonly deny?: readonly ImagePattern[];
  readonly registries?: {
    readonly allow?: readonly string[];
    readonly insecure?: readonly string[];
    readonly mirrors?: ReadonlyMap<string, string>;
  };
  readonly pinning?: readonly PinningRule[];
  readonly rules?: ReadonlyMap<string, RuleEntry>;
  /** Where each key that is set stands, by the names listed at `Policy.origins`, `pinning` and the like included. */
  readonly origins: ReadonlyMap<string, Origin>;
}

export interface Override {
  readonly settings: Settings;
  /** Tests an absolute path. */
  readonly matches: (file: string) => boolean;
}

/** Everything that a policy file sets itself, without what it extends. */
export interface FileSettings extends Settings {
  readonly ignore?: (file: string) => boolean;
  readonly context?: string;
  readonly builder?: Builder;
  readonly args?: ReadonlyMap<string, string>;
  readonly contexts?: ReadonlyMap<string, string>;
  readonly exemptions?: readonly Exemption[];
  readonly overrides?: readonly Override[];
  /** Rule names, each with its place. */
  readonly locked?: ReadonlyMap<string, PolicyPlace>;
}

export interface Layer {
  /** A preset's name, or null for a file. */
  readonly preset: PresetName | null;
  /** Absolute path; the preset's name for a preset. */
  readonly file: string;
  readonly settings: FileSettings;
  /** This layer and all that it extends. */
  readonly closure: ReadonlySet<Layer>;
}

/** A policy file with everything that it extends: give it to `resolvePolicy` and `isIgnored`. */
export interface LoadedPolicy {
  /** Absolute path. */
  readonly file: string;
  /** The folder that the file's globs and relative paths start from. */
  readonly folder: string;
  readonly outer: boolean;
  /** Every file that was read, this one included. */
  readonly files: readonly string[];
  readonly layers: readonly Layer[];
  /** `--rule`: they come before all else. */
  readonly commandLine: Settings | null;
  /** Policies by the overrides that apply; filled by `resolvePolicy`. */
  readonly resolved: Map<string, Policy>;
}
