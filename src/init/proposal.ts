/** What a repository uses today -> the policy that would hold for it, as data. */
import { isLoopback } from "../facts/mirrors.js";
import { atLeast, LEVELS, type Level } from "../facts/pinning.js";
import { familiarName } from "../facts/reference.js";
import { registryProblem } from "../policy/hosts.js";
import { compileImage } from "../policy/match.js";
import { ROLES, TIERS, type Role, type Tier } from "../policy/policy.js";
import { goldenCandidates, type GoldenCandidate } from "./golden.js";
import type { InitUse } from "./uses.js";

export interface Counted {
  readonly name: string;
  readonly uses: number;
}

export interface Proposal {
  /** Dockerfiles that were read. */
  readonly files: number;
  readonly uses: number;
  readonly golden: readonly GoldenCandidate[];
  /** Images that may be golden, and of which only the team knows; not listed. */
  readonly perhapsGolden: readonly GoldenCandidate[];
  /** Images by no known publisher that are none of these either, by name. */
  readonly others: readonly Counted[];
  /** The tiers to allow in each role, and how many uses of each tier there are now. */
  readonly roles: Readonly<Record<Role, { readonly allow: readonly Tier[]; readonly now: readonly Counted[] }>>;
  readonly registries: readonly Counted[];
  /** Those of them that are this machine: plain HTTP is spoken with them. */
  readonly insecure: readonly string[];
  /** Registries that are in use and are not listed, with the reason. */
  readonly unlisted: readonly { readonly name: string; readonly why: string }[];
  readonly pinning: {
    readonly require: Level;
    /** How many of `of` uses pin as tightly: of those that have a tag other than `latest`, or a digest. */
    readonly reached: number;
    readonly of: number;
    /** The next tighter level, and how many uses do not reach it; null where there is none. */
    readonly next: { readonly level: Level; readonly failing: number } | null;
  };
}

export interface Surroundings {
  /** Every Dockerfile, relative with `/`. */
  readonly files: readonly string[];
  /** Who owns the repository on its code host; null where not known. */
  readonly owner: string | null;
  /** Why a registry is one that no policy should list by itself (an address of cloud metadata); null where it may be. */
  readonly refusal: (registry: string) => string | null;
}

/** What `recommended` asks for. */
const USUAL_LEVEL: Level = "minor";
/** Tiers for a role that nothing has yet. */
const USUAL_TIERS: Readonly<Record<Role, readonly Tier[]>> = {
  final: ["golden", "official", "verified"],
  build: ["golden", "official", "verified"],
  copied: ["golden", "official", "verified"],
};

/** Equal for the same uses, in whatever order they were found. */
export function proposalOf(uses: readonly InitUse[], { files, owner, refusal }: Surroundings): Proposal {
  const hosts = counts(uses.map(({ reference }) => reference.registry));
  const problems = new Map(hosts.map(({ name }) => [name, registryProblem(name) ?? refusal(name)] as const));
  const isListed = ({ reference }: InitUse): boolean => problems.get(reference.registry) === null;
  // Naming an image as golden lets its registry be asked, too.
  const { likely, asked } = goldenCandidates(uses.filter(isListed), files, owner);
  const golden = patternsOf(likely);
  const perhaps = patternsOf(asked);
  const tierNow = (use: InitUse): Tier => (golden.holds(use) ? "golden" : use.tier);
  const tiered = uses.map((use) => ({ use, role: use.role, tier: tierNow(use) }));
  const hasGolden = golden.candidates.length > 0 || perhaps.candidates.length > 0;
  const registries = hosts.filter(({ name }) => problems.get(name) === null);
  return {
    files: files.length,
    uses: uses.length,
    golden: golden.candidates,
    perhapsGolden: perhaps.candidates,
    others: counts(
      tiered.flatMap(({ tier, use }) => (tier === "other" && !perhaps.holds(use) ? familiarName(use.reference) : [])),
    ),
    roles: Object.fromEntries(
      ROLES.map((role) => {
        const tiers = tiered.flatMap((use) => (use.role === role ? use.tier : []));
        return [role, { allow: allowedTiers(role, tiers, hasGolden), now: byStrength(counts(tiers)) }];
      }),
    ) as Proposal["roles"],
    registries,
    insecure: registries.flatMap(({ name }) => (isLoopback(name) ? name : [])),
    unlisted: hosts.flatMap(({ name }) => {
      const why = problems.get(name) ?? null;
      return why === null ? [] : [{ name, why }];
    }),
    pinning: pinningOf(uses.filter(({ isPinnable }) => isPinnable).map(({ level }) => level)),
  };
}

/** The tiers that are in use, the strongest first; never `other`, which is what a policy is there to keep out. */
function allowedTiers(role: Role, now: readonly Tier[], hasGolden: boolean): readonly Tier[] {
  const used = TIERS.filter((tier) => tier !== "other" && (now.includes(tier) || (hasGolden && tier === "golden")));
  return now.some((tier) => tier !== "other") ? used : USUAL_TIERS[role];
}

function pinningOf(levels: readonly Level[]): Proposal["pinning"] {
  const reaching = (level: Level): number => levels.filter((own) => atLeast(own, level)).length;
  const strict = LEVELS.filter((level) => level !== "none");
  const require =
    levels.length === 0 ? USUAL_LEVEL : (strict.findLast((level) => reaching(level) * 2 > levels.length) ?? "tag");
  const tighter = LEVELS[LEVELS.indexOf(require) + 1];
  return {
    require,
    reached: reaching(require),
    of: levels.length,
    next: tighter === undefined ? null : { level: tighter, failing: levels.length - reaching(tighter) },
  };
}

/** Those that a policy can name, and whether a use is one of theirs. */
function patternsOf(found: readonly GoldenCandidate[]): {
  readonly candidates: readonly GoldenCandidate[];
  readonly holds: (use: InitUse) => boolean;
} {
  const compiled = found.flatMap((candidate) => {
    const { value, problem } = compileImage(candidate.image, null);
    return problem === null ? [{ candidate, pattern: value }] : [];
  });
  return {
    candidates: compiled.map(({ candidate }) => candidate),
    holds: ({ reference }) => compiled.some(({ pattern }) => pattern.matches(reference)),
  };
}

/** By name. */
function counts(names: readonly string[]): Counted[] {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return [...found].map(([name, uses]) => ({ name, uses })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function byStrength(tiers: readonly Counted[]): readonly Counted[] {
  return TIERS.flatMap((tier) => tiers.filter(({ name }) => name === tier));
}
