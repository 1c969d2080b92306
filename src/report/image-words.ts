/** What is known of an image, in sentences: a hover and `fromlint explain` say it in the same words. */
import type { ImageProfile, MetPattern } from "../facts/image-profile.js";

type Role = ImageProfile["asked"]["roles"][number];

/** How names and foreign text are written where the sentences go: in Markdown, or on a terminal. */
export interface Wording {
  /** A name of an image, a tag, a pattern. */
  readonly code: (text: string) => string;
  /** `a`, `b` and `c`. */
  readonly codes: (texts: readonly string[]) => string;
  readonly prose: (text: string) => string;
  /** The word that matters. */
  readonly strong: (text: string) => string;
  readonly place: (place: NonNullable<MetPattern["place"]>) => string;
}

/** One line, without a full stop. */
export interface ImageLine {
  readonly topic: "tier" | "pinning" | "end" | "policy";
  readonly text: string;
  /** True for what needs somebody's care. */
  readonly isWarning: boolean;
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  final: "a base of the exported image",
  build: "a base of another stage",
  copied: "a source of files",
};

/** Whose it is and why, how tightly it is pinned, its most exact tag, its aliases, until when it lives. */
export function factLines(profile: ImageProfile, words: Wording): ImageLine[] {
  return [
    ...tierLines(profile, words).map((text) => line("tier", text)),
    ...pinningLines(profile, words).map((text) => line("pinning", text)),
    ...endLines(profile, words),
  ];
}

/**
 * What the policy says of it where it stands in `role`, for which `allowed` are the tiers; without a role where it may
 * stand.
 */
export function policyLines(
  profile: ImageProfile,
  place: { readonly role: Role; readonly allowed: readonly string[] } | null,
  words: Wording,
): ImageLine[] {
  const { asked, tier, replacements } = profile;
  const { denied, roles, registry } = asked;
  const { code } = words;
  const lines: ImageLine[] = [];
  if (denied) lines.push(line("policy", `denied by the policy: ${metText(denied, words)}`, true));
  else if (place === null) lines.push(standing(roles, tier));
  else if (!roles.includes(place.role)) {
    const allowed = place.allowed.join(", ") || "nothing";
    const text = `may not stand here: the policy allows ${allowed} as ${ROLE_WORDS[place.role]}, not ${tier}`;
    lines.push(line("policy", text, true));
  }
  for (const { image, sameTag } of replacements) {
    const nearest = sameTag ? "" : ", the nearest tag that it has";
    lines.push(line("policy", `golden image for it: ${code(image)}${nearest}`));
  }
  if (!registry.allowed)
    lines.push(line("policy", `the policy does not allow the registry ${code(registry.name)}`, true));
  if (registry.mirror !== null) lines.push(line("policy", `behind the mirror: ${code(registry.mirror)}`));
  return lines;
}

function standing(roles: readonly Role[], tier: string): ImageLine {
  if (roles.length === 0)
    return line("policy", `may stand nowhere: the policy has no place for images of the tier ${tier}`, true);
  const others = (Object.keys(ROLE_WORDS) as Role[]).filter((role) => !roles.includes(role));
  const not = others.length === 0 ? "" : `, not ${either(others)}`;
  return line("policy", `may be ${either(roles)}${not}`, others.length > 0);
}

function either(roles: readonly Role[]): string {
  const words = roles.map((role) => ROLE_WORDS[role]);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

function tierLines({ tier, why, tierFrom, origin }: ImageProfile, { strong, prose, code, place }: Wording): string[] {
  const from = tierFrom?.place ? ` (${place(tierFrom.place)})` : "";
  return [`${strong(tier)}: ${prose(why)}${from}`, ...(origin === null ? [] : [`stands for ${code(origin)}`])];
}

function pinningLines(profile: ImageProfile, words: Wording): string[] {
  const { level, moves, aliases, exactTag, lockedDigest, name, asked } = profile;
  const { code, codes } = words;
  const own = name.slice(name.lastIndexOf(":") + 1);
  const what =
    level === "none"
      ? "not pinned: whatever `latest` is"
      : level === "digest"
        ? "pinned by digest"
        : `pinned at ${level} level`;
  const moving = moves === null ? "" : `, moves with every ${code(moves)} release`;
  const { pinning } = asked;
  const wanted =
    pinning && !pinning.met
      ? `; the policy asks for ${pinning.require} level${pinning.digest === "forbid" ? " without a digest" : ""} (${metText(pinning, words)})`
      : "";
  const lines = [`${what}${moving}${wanted}`];
  if (exactTag !== null && exactTag !== own && level !== "digest") lines.push(`most exact tag: ${code(exactTag)}`);
  if (lockedDigest !== null) lines.push(`in fromlint.lock: ${code(lockedDigest)}`);
  if (aliases.length > 0 && level !== "digest") lines.push(`the same image as ${codes(aliases)}`);
  return lines;
}

function endLines({ ends }: ImageProfile, { prose, code }: Wording): ImageLine[] {
  return ends.map(({ kind, of, date, past, tag, nearest }) => {
    if (kind === "retired") {
      return line("end", `${prose(of)} left the Docker Official Images on ${date ?? "an unknown day"}`, true);
    }
    const when =
      date === null ? (past ? "has ended" : "has no end of life yet") : past ? `ended on ${date}` : `ends on ${date}`;
    const instead = tag ?? nearest;
    const living = instead === null ? "" : `; the nearest that lives: ${code(instead)}`;
    return line("end", `${prose(of)} ${when}${living}`, past);
  });
}

function metText({ pattern, place }: MetPattern, words: Wording): string {
  return place ? `${words.code(pattern)}, ${words.place(place)}` : words.code(pattern);
}

function line(topic: ImageLine["topic"], text: string, isWarning = false): ImageLine {
  return { topic, text, isWarning };
}
