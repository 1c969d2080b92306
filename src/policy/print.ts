/** A policy as plain data, with where each value comes from: for `--print-config`. */
import { relative } from "node:path";
import type { Exemption, GoldenImage, ImagePattern, Origin, Policy, PolicyPlace } from "./policy.js";
import { severityWord } from "./severity.js";

/** `from`: where it is written (`fromlint.yaml:3:5`), a preset's name, `--rule` or `default`. */
interface Sourced<Value> {
  readonly value: Value;
  readonly from: string;
}

type Show = (origin: Origin | null | undefined) => string;

/**
 * The policy as JSON can hold it, patterns as text. Files are shown as seen from `folder` (absolute).
 * Every part that a policy file sets says where, so that nobody has to search.
 */
export function printable(policy: Policy, folder: string): Readonly<Record<string, unknown>> {
  const show: Show = (origin) => describe(origin, folder);
  const at = <Value>(value: Value, ...keys: readonly string[]): Sourced<Value> => ({
    value,
    from: show(keys.map((key) => policy.origins.get(key)).find((origin) => origin !== undefined)),
  });
  const entries = (record: Readonly<Record<string, string>>, prefix: string): Record<string, Sourced<string>> =>
    Object.fromEntries(Object.keys(record).map((key) => [key, at(record[key] ?? "", `${prefix}/${key}`, prefix)]));
  const images = (list: readonly ImagePattern[]): object[] =>
    list.map(({ text, place }) => ({ image: text, from: show(place) }));
  const { bases, registries } = policy;
  return {
    file: policy.file && shown(policy.file, folder),
    outer: policy.outer,
    context: at(policy.context && shown(policy.context, folder), "context"),
    builder: at(policy.builder, "builder"),
    bases: {
      golden: bases.golden.map((each) => golden(each, show)),
      allow: Object.fromEntries(
        Object.entries(bases.allow).map(([role, tiers]) => [role, at(tiers, `bases/allow/${role}`)]),
      ),
      verified: images(bases.verified),
      deny: images(bases.deny),
    },
    registries: {
      allow: at(registries.allow, "registries/allow"),
      insecure: at(registries.insecure, "registries/insecure"),
      mirrors: entries(registries.mirrors, "registries/mirrors"),
    },
    pinning: policy.pinning.map(({ pattern, require, digest }) => ({
      image: pattern.text,
      require,
      digest,
      from: pattern.place ? show(pattern.place) : "preset",
    })),
    args: entries(policy.args, "args"),
    contexts: entries(policy.contexts, "contexts"),
    exemptions: policy.exemptions.map((each) => exemption(each, show)),
    rules: Object.fromEntries(
      Object.keys(policy.rules)
        .sort()
        .map((name) => [name, rule(policy, name, show)]),
    ),
  };
}

function golden({ pattern, replaces, tags }: GoldenImage, show: Show): object {
  return {
    image: pattern.text,
    replaces: replaces.map(({ text }) => text),
    ...(tags && { tags }),
    from: show(pattern.place),
  };
}

function exemption({ rule: name, image, globs, until, reason, place }: Exemption, show: Show): object {
  return {
    rule: name,
    ...(image && { image: image.text }),
    ...(globs && { files: globs }),
    ...(until !== null && { until }),
    reason,
    from: show(place),
  };
}

/** One rule as the policy has it, with where that stands as seen from `folder` (absolute). */
export function printableRule(policy: Policy, name: string, folder: string): PrintedRule {
  return rule(policy, name, (origin) => describe(origin, folder));
}

export interface PrintedRule {
  readonly severity: "off" | "warn" | "error";
  /** As written; left out where there are none. */
  readonly options?: readonly unknown[];
  readonly from: string;
  /** Where it is locked; left out where it is not. */
  readonly locked?: string;
}

function rule({ rules, locked, origins }: Policy, name: string, show: Show): PrintedRule {
  const { severity = 0, options = [] } = rules[name] ?? {};
  return {
    severity: severityWord(severity),
    ...(options.length > 0 && { options }),
    from: show(origins.get(`rules/${name}`)),
    ...(locked.has(name) && { locked: show(origins.get(`locked/${name}`)) }),
  };
}

function describe(origin: Origin | null | undefined, folder: string): string {
  if (origin === undefined || origin === null) return "default";
  return typeof origin === "string" ? origin : placeText(origin, folder);
}

function placeText({ file, line, column }: PolicyPlace, folder: string): string {
  return `${shown(file, folder)}:${line}:${column}`;
}

function shown(path: string, folder: string): string {
  return relative(folder, path).replaceAll("\\", "/") || ".";
}
