/** A policy file's data as the schema lets them through. */
import type { Level } from "../facts/pinning.js";
import type { Builder, Role, Tier } from "./policy.js";

type RawSeverity = "off" | "warn" | "error" | 0 | 1 | 2;

export interface RawGolden {
  image: string;
  replaces?: string[];
  tags?: string[];
}

export interface RawBases {
  golden?: RawGolden[];
  allow?: Partial<Record<Role, Tier[]>>;
  verified?: string[];
  deny?: string[];
}

export interface RawRegistries {
  allow?: string[];
  insecure?: string[];
  mirrors?: Record<string, string>;
}

export interface RawPinning {
  image: string;
  require: Level;
  digest?: "forbid" | "allow";
}

export interface RawExemption {
  rule: string;
  image?: string;
  files?: string | string[];
  until?: string;
  reason: string;
}

export interface RawSettings {
  bases?: RawBases;
  registries?: RawRegistries;
  pinning?: RawPinning[];
  rules?: Record<string, RawSeverity | [RawSeverity, ...unknown[]]>;
}

export interface RawOverride extends RawSettings {
  files: string | string[];
}

export interface RawPolicy extends RawSettings {
  extends?: string[];
  ignore?: string[];
  context?: string;
  builder?: Builder;
  args?: Record<string, string>;
  contexts?: Record<string, string>;
  exemptions?: RawExemption[];
  overrides?: RawOverride[];
  locked?: string[];
}
