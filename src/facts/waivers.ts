/** Disable comments: which findings a Dockerfile itself asks not to hear about. */
import type { Comment, Directive, Dockerfile, Location, Range } from "../syntax/nodes.js";
import type { DockerfileSource } from "../syntax/source.js";
import { lowerBound } from "../syntax/search.js";
import { isDate } from "./dates.js";
import type { Stage } from "./stages.js";

/** One name in a disable comment. */
export interface WaivedRule {
  readonly name: string;
  /** Of the name where it is ours, else of the whole comment. */
  readonly range: Range;
  readonly loc: Location;
}

export interface Waiver {
  readonly scope: "next-line" | "stage" | "file";
  /** Whose comment it is; the names of `hadolint` and `buildkit` are that tool's codes. */
  readonly tool: "fromlint" | "hadolint" | "buildkit";
  readonly rules: readonly WaivedRule[];
  /** YYYY-MM-DD, inclusive; null when it does not end. */
  readonly until: string | null;
  /** True from the day after `until`, and for a date that is none. */
  readonly expired: boolean;
  readonly reason: string;
  readonly loc: Location;
  /** What it covers: findings that start in this range. */
  readonly covers: Range;
  /** What is wrong with the comment; null when nothing is. */
  readonly problem: { readonly code: string; readonly data: Readonly<Record<string, string>> } | null;
}

/** Also what is near: a comment that means to silence something and does not has to be heard of. */
const OURS = /^fromlint-((?:dis|en|ign)[\w-]*):?(?:\s+|$)/;
const SCOPES: Readonly<Record<string, Waiver["scope"]>> = {
  "disable-next-line": "next-line",
  "disable-stage": "stage",
  "disable-file": "file",
};
/** BuildKit's, in front of an instruction; of its value the first word counts (WithMergedConfigFromComments). */
const CHECK = /^check\s*=\s*(\S+)/i;
const HADOLINT = /^hadolint\s+(global\s+)?ignore\s*=\s*([\w\s,]+)/;

/** By scope, each list in the order of the file; so what they cover is in order, too. */
export type Waivers = Readonly<Record<Waiver["scope"], readonly Waiver[]>>;

/** All disable comments. `today` is YYYY-MM-DD. */
export function waiversOf(ast: Dockerfile, stages: readonly Stage[], today: string, source: DockerfileSource): Waivers {
  const waivers: Record<Waiver["scope"], Waiver[]> = { "next-line": [], stage: [], file: [] };
  const add = (waiver: Waiver): void => void waivers[waiver.scope].push(waiver);
  const place = (scope: Waiver["scope"], at: number): Range => coverage(scope, at, ast, stages);
  for (const comment of ast.comments) {
    const ours = OURS.exec(comment.text);
    const hadolint = HADOLINT.exec(comment.text);
    const check = CHECK.exec(comment.text);
    if (ours) add(readOurs(comment, ours, today, source, place));
    else if (hadolint) add(readHadolint(comment, hadolint, place));
    else if (check) readCheck(check[1] ?? "", comment, "next-line", place).forEach(add);
  }
  for (const directive of ast.directives) {
    if (directive.name === "check") readCheck(directive.value.text, directive, "file", place).forEach(add);
  }
  return waivers;
}

type Place = (scope: Waiver["scope"], at: number) => Range;

function readOurs(
  comment: Comment,
  match: RegExpExecArray,
  today: string,
  source: DockerfileSource,
  place: Place,
): Waiver {
  const kind = match[1] ?? "";
  const scope = Object.hasOwn(SCOPES, kind) ? SCOPES[kind] : undefined;
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(comment.text);
  const listed = comment.text.slice(match[0].length, dashes?.index);
  const reason = dashes ? comment.text.slice(dashes.index + dashes[0].length).trim() : "";
  const start = comment.textStart + match[0].length;
  const rules: WaivedRule[] = [];
  let until: string | null = null;
  for (const word of listed.matchAll(/[^\s,]+/g)) {
    if (word[0].startsWith("until=")) {
      until = word[0].slice("until=".length);
      continue;
    }
    const at = start + word.index;
    const range: Range = [at, at + word[0].length];
    rules.push({ name: word[0], range, loc: source.locationOf(range) });
  }
  const code =
    scope === undefined
      ? "unknownComment"
      : until !== null && !isDate(until)
        ? "badDate"
        : rules.length === 0
          ? "noRule"
          : null;
  return {
    scope: scope ?? "next-line",
    tool: "fromlint",
    rules: scope === undefined ? [] : rules,
    until,
    expired: until !== null && (!isDate(until) || until < today),
    reason,
    loc: comment.loc,
    covers: place(scope ?? "next-line", comment.range[1]),
    problem: code === null ? null : { code, data: { comment: `fromlint-${kind}`, date: until ?? "" } },
  };
}

function readHadolint(comment: Comment, match: RegExpExecArray, place: Place): Waiver {
  const names = (match[2] ?? "").split(/[\s,]+/).filter(Boolean);
  return foreign("hadolint", match[1] === undefined ? "next-line" : "file", names, comment, place);
}

/** `skip=A,B;error=true`: the rules that it skips, `all` among them (ParseLintOptions in linter/linter.go). */
function readCheck(value: string, at: Comment | Directive, scope: Waiver["scope"], place: Place): Waiver[] {
  const skip = value.split(";").find((option) => /^\s*skip\s*=/.test(option));
  if (skip === undefined) return [];
  const names = skip
    .slice(skip.indexOf("=") + 1)
    .split(",")
    .map((name) => name.trim());
  return [foreign("buildkit", scope, names, at, place)];
}

function foreign(
  tool: "hadolint" | "buildkit",
  scope: Waiver["scope"],
  names: readonly string[],
  { range, loc }: Comment | Directive,
  place: Place,
): Waiver {
  const rules = names.map((name) => ({ name, range, loc }));
  const covers = place(scope, range[1]);
  return { scope, tool, rules, until: null, expired: false, reason: "", loc, covers, problem: null };
}

/** The next instruction whole, the stage that `at` stands in with its FROM, or the file. */
function coverage(scope: Waiver["scope"], at: number, ast: Dockerfile, stages: readonly Stage[]): Range {
  if (scope === "file") return [0, Infinity];
  if (scope === "next-line") {
    const next = ast.instructions[lowerBound(ast.instructions, (instruction) => instruction.range[1] >= at)];
    return next ? next.range : [at, at];
  }
  const after = stages[lowerBound(stages, (stage) => stage.from.range[0] >= at)];
  const own = after ? stages[after.index - 1] : stages.at(-1);
  return own ? [own.from.range[0], after?.from.range[0] ?? Infinity] : [at, at];
}
