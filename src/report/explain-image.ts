/** `fromlint explain IMAGE`: what is known of an image, and what the rules say of it here, as text or as JSON. */
import { abridged } from "../digests.js";
import type { ImageProfile, MetPattern } from "../facts/image-profile.js";
import type { LintMessage, SuppressedLintMessage } from "../result.js";
import type { Colors } from "./colors.js";
import { labelled } from "./explain-rule.js";
import { factLines, policyLines, type ImageLine, type Wording } from "./image-words.js";
import { shownPath } from "./path.js";
import { inert, safe, safeJson } from "./safe.js";
import { wrapped } from "./wrap.js";

export interface ExplainedImage {
  readonly profile: ImageProfile;
  /** The policy files that hold here (absolute), the outer one first; empty where only the preset does. */
  readonly policies: readonly string[];
  /** What the rules say of `FROM IMAGE`. */
  readonly messages: readonly LintMessage[];
  readonly suppressedMessages: readonly SuppressedLintMessage[];
}

export interface ExplainImageOptions {
  /** Absolute; paths are shown relative to it. */
  readonly cwd: string;
  /** In columns. */
  readonly width: number;
  readonly colors: Colors;
  /** Whether its registry was asked. */
  readonly isOnline: boolean;
}

/** What the topics are called before their first line. */
const LABELS: Readonly<Record<ImageLine["topic"], string>> = {
  tier: "Tier",
  pinning: "Tag",
  end: "End of life",
  policy: "Policy",
};

/** Of more aliases the first ones and a count. */
const MOST_NAMES = 6;

/** Lines with their line ends. */
export function imageText(image: ExplainedImage, { cwd, width, colors, isOnline }: ExplainImageOptions): string {
  const { profile, messages, suppressedMessages } = image;
  const words = wordingIn(cwd);
  const lines = [...factLines(profile, words), heldBy(image, cwd), ...policyLines(profile, null, words)];
  const { asOf, name } = profile;
  const findings = messages.flatMap((message) => findingLines(message, width, colors));
  const silent = suppressedMessages.map(({ ruleId, suppressions: [{ kind, justification } = NO_REASON] }) => {
    return `  ${colors.dim(safe(`${ruleId}: silenced by the ${kind}${justification === "" ? "" : `, ${justification}`}`))}\n`;
  });
  const isTagKnown = profile.aliases.length > 0 || profile.exactTag !== null || profile.level === "digest";
  const footer =
    `Catalog: tags of ${asOf.tags}, end of life of ${asOf.endOfLife}, publishers of ${asOf.publishers}.` +
    (isTagKnown || isOnline ? "" : ` It does not know this tag; fromlint explain ${name} --online asks its registry.`);
  const full = name === profile.reference || profile.level === "digest" ? "" : `  ${profile.reference}`;
  const text = [
    `${colors.bold(safe(name))}${colors.dim(safe(full))}\n\n`,
    ...lines.flatMap((line, index) => rowOf(line, lines[index - 1]?.topic !== line.topic, width, colors)),
    `\n${colors.bold(safe(`What the rules say of \`FROM ${abridged(name)}\` here`))}\n`,
    ...(findings.length + silent.length === 0 ? [colors.green("  nothing: it may stand there as it is\n")] : []),
    ...findings,
    ...silent,
    "\n",
    ...wrapped(safe(footer), width).map((line) => `${colors.dim(line)}\n`),
  ];
  return inert(text.join(""));
}

/** One object; places read `fromlint.yaml:3:5`. `online` is what a registry said, where it was asked. */
export function imageJson(image: ExplainedImage, cwd: string, online: object | null): string {
  const { profile, policies, messages, suppressedMessages } = image;
  const shown = {
    ...profile,
    policies: policies.map((file) => shownPath(file, cwd)),
    findings: messages.map(({ ruleId, severity, message, suggestions = [] }) => {
      return { rule: ruleId, severity, message, suggestions: suggestions.map(({ desc }) => desc) };
    }),
    silenced: suppressedMessages.map(({ ruleId, message, suppressions }) => ({ rule: ruleId, message, suppressions })),
    ...(online && { online }),
  };
  const text = JSON.stringify(shown, (key, value: unknown) => {
    return key === "place" && value !== null ? placeText(value as Place, cwd) : value;
  });
  return `${safeJson(text)}\n`;
}

const NO_REASON = { kind: "policy", justification: "" } as const;

type Place = NonNullable<MetPattern["place"]>;

function placeText({ file, line, column }: Place, cwd: string): string {
  return `${shownPath(file, cwd)}:${line}:${column}`;
}

function wordingIn(cwd: string): Wording {
  const code = (text: string): string => `\`${safe(text)}\``;
  return {
    code,
    codes: (texts) => {
      const shown = texts.slice(0, MOST_NAMES).map(code);
      if (texts.length > MOST_NAMES) shown.push(`${texts.length - MOST_NAMES} more`);
      const last = shown.pop() ?? "";
      return shown.length > 0 ? `${shown.join(", ")} and ${last}` : last;
    },
    prose: safe,
    strong: (text) => text,
    place: (place) => placeText(place, cwd),
  };
}

function heldBy({ policies }: ExplainedImage, cwd: string): ImageLine {
  const files = policies.map((file) => shownPath(file, cwd));
  const text = files.length > 0 ? files.join(" and ") : "the preset recommended, as there is no fromlint.yaml here";
  return { topic: "policy", text, isWarning: false };
}

function rowOf({ topic, text, isWarning }: ImageLine, isFirst: boolean, width: number, colors: Colors): string[] {
  const rows = labelled(isFirst ? LABELS[topic] : "", isWarning ? `⚠ ${text}` : text, width, colors);
  return isWarning ? rows.map((row) => colors.yellow(row.trimEnd()) + "\n") : rows;
}

function findingLines(
  { ruleId, severity, message, suggestions = [] }: LintMessage,
  width: number,
  colors: Colors,
): string[] {
  const paint = severity === 2 ? colors.red : colors.yellow;
  const level = `${severity === 2 ? "error" : "warning"}[${safe(ruleId)}]`;
  const lines = wrapped(`${level} ${safe(message)}`, width - 4);
  return [
    ...lines.map((line, index) => (index === 0 ? `  ${paint(level)}${line.slice(level.length)}\n` : `    ${line}\n`)),
    ...suggestions.map(({ desc }) => `    ${colors.dim("help:")} ${safe(desc)}\n`),
  ];
}
