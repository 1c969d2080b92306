/** Which findings do not count: disable comments of the file, exemptions of the policy. */
import type { LintSource } from "./facts/facts.js";
import type { ImageUse } from "./facts/images.js";
import type { Waiver, Waivers } from "./facts/waivers.js";
import type { LintOptions } from "./lint.js";
import type { Exemption, Policy } from "./policy/policy.js";
import type { LintMessage, Suppression } from "./result.js";
import type { Report, Rule } from "./rule.js";
import { lowerBound } from "./syntax/search.js";

/** Line of a comment -> the names in it, as `fromlint:no-latest`, that silenced something so far. */
export type WaiverUse = Map<number, Set<string>>;

type WaiverOptions = Pick<LintOptions, "rules" | "today" | "filePath">;

const NEVER_WAIVED = "valid-syntax";

/** True for a rule that nothing silences, whatever the policy says: a file that is not read as it should be hides images. */
export function isNeverWaived(ruleId: string): boolean {
  return ruleId === NEVER_WAIVED;
}

const SCOPES = ["next-line", "stage", "file"] as const;

/** What silences `message`, an exemption before a comment; null when it counts. Notes what was used. */
export function waive(
  message: LintMessage,
  source: LintSource,
  policy: Policy,
  options: WaiverOptions,
  used: WaiverUse,
  usedExemptions: Set<Exemption>,
): Suppression | null {
  const exemption = exemptionFor(message, source, policy, options);
  if (exemption) {
    usedExemptions.add(exemption);
    return { kind: "exemption", justification: exemption.reason };
  }
  if (message.ruleId === NEVER_WAIVED || policy.locked.has(message.ruleId)) return null;
  const start = source.getIndexFromLoc(message);
  const index = waiverIndex(source.facts.waivers);
  const names = namesOf(message.ruleId, options.rules);
  for (const scope of SCOPES) {
    for (const name of names) {
      const waivers = index.get(`${scope} ${name}`) ?? [];
      const waiver = waivers[lowerBound(waivers, ({ covers }) => covers[1] > start)];
      if (!waiver || waiver.covers[0] > start) continue;
      const line = waiver.loc.start.line;
      used.set(line, (used.get(line) ?? new Set()).add(name));
      return { kind: "directive", justification: waiver.reason };
    }
  }
  return null;
}

/** Our comments that are in force and silenced nothing, for `valid-waiver`; one report a rule name. */
export function unusedWaivers(source: LintSource, used: WaiverUse, rules: Readonly<Record<string, Rule>>): Report[] {
  const { locked } = source.facts.inputs.policy;
  return SCOPES.flatMap((scope) => source.facts.waivers[scope]).flatMap((waiver) => {
    if (waiver.tool !== "fromlint" || waiver.expired || waiver.problem) return [];
    return waiver.rules
      .filter(({ name }) => Object.hasOwn(rules, name) && name !== NEVER_WAIVED && !locked.has(name))
      .filter(({ name }) => !used.get(waiver.loc.start.line)?.has(`fromlint:${name}`))
      .map(({ name, loc }) => ({ loc, messageId: "unused", data: { rule: name } }));
  });
}

/** What a rule is called in comments, with the tool whose name it is: `fromlint:no-latest`, `hadolint:DL3007`. */
function namesOf(ruleId: string, rules: Readonly<Record<string, Rule>>): readonly string[] {
  const related = rules[ruleId]?.meta.docs.related ?? [];
  const all = related.some((code) => code.startsWith("buildkit:")) ? ["buildkit:all"] : [];
  return [`fromlint:${ruleId}`, ...related, ...all];
}

/** Scope and name -> the comments in force, in order: a file of many comments and many findings stays cheap. */
function waiverIndex(waivers: Waivers): ReadonlyMap<string, readonly Waiver[]> {
  const known = indexes.get(waivers);
  if (known) return known;
  const index = new Map<string, Waiver[]>();
  for (const scope of SCOPES) {
    for (const waiver of waivers[scope]) {
      if (waiver.expired || waiver.problem) continue;
      for (const { name } of waiver.rules) {
        const key = `${scope} ${waiver.tool}:${name}`;
        const list = index.get(key) ?? [];
        list.push(waiver);
        index.set(key, list);
      }
    }
  }
  indexes.set(waivers, index);
  return index;
}

const indexes = new WeakMap<Waivers, ReadonlyMap<string, readonly Waiver[]>>();

function exemptionFor(
  message: LintMessage,
  source: LintSource,
  policy: Policy,
  options: WaiverOptions,
): Exemption | undefined {
  const named = policy.exemptions.filter(({ rule }) => rule === message.ruleId);
  if (named.length === 0) return undefined;
  const use = imageAt(source, message);
  return named.find(({ image, files, until }) => {
    if (until !== null && until < options.today) return false;
    if (files && !files(options.filePath)) return false;
    return image === null || (use?.reference ? image.matches(use.reference) : false);
  });
}

/** The image use that a message stands on, or the image of the FROM that it stands in: at a flag, at a name. */
export function imageAt(source: LintSource, message: LintMessage): ImageUse | undefined {
  const start = source.getIndexFromLoc(message);
  const { images } = source.facts;
  const at = lowerBound(images, ({ range }) => range[1] >= start);
  const use = images[at];
  if (use && use.range[0] <= start) return use;
  return [use, images[at - 1]].find((near) => {
    return near?.kind === "from" && near.node.range[0] <= start && start < near.node.range[1];
  });
}
