/** Image patterns and file globs, each compiled once. The only importer of minimatch. */
import { braceExpand, Minimatch } from "minimatch";
import type { Reference } from "../facts/reference.js";
import { quoted } from "./errors.js";
import { canonicalRegistry, isRegistry } from "./hosts.js";
import type { ImagePattern, PolicyPlace } from "./policy.js";

/** A compiled pattern, or what is wrong with its text. */
export type Compiled<Value> = { readonly value: Value; readonly problem: null } | Refusal;

interface Refusal {
  readonly value: null;
  readonly problem: string;
}

/** Longer patterns are refused. */
const MAX_LENGTH = 512;
/** So are patterns whose `{a,b}` stand for more alternatives. */
const MAX_ALTERNATIVES = 200;

/** Braces are expanded beforehand. minimatch matches each path part without backtracking, so none takes long. */
const OPTIONS = {
  dot: true,
  nobrace: true,
  nocomment: true,
  noext: true,
  nonegate: true,
  platform: "linux",
} as const;

type Test = (text: string) => boolean;

/** `*` stops at `/`, `**` does not. Compiled when it is first asked: most patterns of a policy never are. */
function glob(pattern: string): Test {
  if (pattern === "**") return () => true;
  if (!/[*?[]/.test(pattern)) return (text) => text === pattern;
  let compiled: Minimatch | undefined;
  return (text) => (compiled ??= new Minimatch(pattern, OPTIONS)).match(text);
}

/**
 * Compiles a file glob. The test takes a path relative to the policy's folder, with `/` between folders;
 * files whose names begin with a dot match like others, paths that lead out of the folder never do.
 */
export function compileGlob(text: string): Compiled<Test> {
  const parts = alternatives(text);
  if (parts.problem !== null) return parts;
  const tests: Test[] = [];
  for (const part of parts.value) {
    const pattern = part.replace(/^(?:\.\/)+/, "");
    const problem = pathProblem(pattern);
    if (problem !== null) return refusal(text, problem);
    tests.push(glob(pattern));
  }
  return compiled((path) => !path.startsWith("../") && tests.some((test) => test(path)));
}

function pathProblem(pattern: string): string | null {
  const folders = pattern.split("/");
  if (pattern === "" || pattern === ".") return "it names no file";
  if (pattern.startsWith("/")) return "it is relative to the policy's folder, so it cannot begin with `/`";
  if (pattern.endsWith("/")) return `no file's path ends in \`/\`; write ${quoted(`${pattern}**`)}`;
  if (folders.includes("..") || folders.includes(".")) return "it cannot hold the folders `.` and `..`";
  return null;
}

/** One alternative of an image pattern; null tests nothing. */
interface ImageTest {
  readonly name: Test;
  readonly tag: Test | null;
  readonly digest: Test | null;
}

/**
 * Compiles an image pattern. Names are qualified as those of references are (`golden/*` -> `docker.io/golden/*`)
 * unless they start with `**`. A reference without tag and digest counts as `latest`.
 */
export function compileImage(text: string, place: PolicyPlace | null): Compiled<ImagePattern> {
  const parts = alternatives(text);
  if (parts.problem !== null) return parts;
  const tests: ImageTest[] = [];
  for (const part of parts.value) {
    const { name, tag, digest } = splitImage(part);
    const problem = imageProblem(name, tag, digest);
    if (problem !== null) return refusal(text, problem);
    tests.push({
      name: glob(qualified(name)),
      tag: tag === null ? null : glob(tag),
      digest: digest === null ? null : glob(digest),
    });
  }
  return compiled({ text, place, matches: (reference) => tests.some((test) => matchesImage(test, reference)) });
}

function matchesImage({ name, tag, digest }: ImageTest, reference: Reference): boolean {
  const effective = reference.tag ?? (reference.digest === null ? "latest" : null);
  if (tag !== null && (effective === null || !tag(effective))) return false;
  if (digest !== null && (reference.digest === null || !digest(reference.digest))) return false;
  return name(`${reference.registry}/${reference.repository}`);
}

interface ImageParts {
  readonly name: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

/** Splits at the last `@`, and at the last `:` behind the last `/`; `[…]` is one piece. */
function splitImage(text: string): ImageParts {
  // What stands in brackets holds no separators: hide it while looking for them.
  const seen = text.replace(/\[[^\]]*\]/g, (piece) => "_".repeat(piece.length));
  const at = seen.lastIndexOf("@");
  const end = at === -1 ? text.length : at;
  const colon = seen.lastIndexOf(":", end - 1);
  const hasTag = colon > seen.lastIndexOf("/", end - 1) && end > 0;
  return {
    name: text.slice(0, hasTag ? colon : end),
    tag: hasTag ? text.slice(colon + 1, end) : null,
    digest: at === -1 ? null : text.slice(at + 1),
  };
}

function imageProblem(name: string, tag: string | null, digest: string | null): string | null {
  if (name.includes("//") && /^[a-z]+:\/\//.test(name)) return "write it without the scheme";
  if (name === "") return "it names no image";
  if (name.split("/").includes("")) return "a part between slashes is empty";
  if (tag === "") return "no tag stands behind `:`";
  if (digest === "") return "no digest stands behind `@`";
  const { registry, path } = splitRegistry(name);
  const odd = /[^a-z0-9._/*?[\]!^-]/u.exec(path) ?? /[^a-zA-Z0-9._:*?[\]!^-]/u.exec(registry ?? "");
  const oddEnd = /[^a-zA-Z0-9._*?[\]!^-]/u.exec(tag ?? "") ?? /[^a-zA-Z0-9._+:*?[\]!^=-]/u.exec(digest ?? "");
  const character = (odd ?? oddEnd)?.[0];
  if (character === undefined) return null;
  if (/[A-Z]/.test(character)) return "repository names are lower case";
  return `${quoted(character)} cannot stand in an image's name`;
}

function splitRegistry(name: string): { readonly registry: string | null; readonly path: string } {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  return isRegistry(first) ? { registry: first, path: name.slice(slash + 1) } : { registry: null, path: name };
}

/** The name pattern with registry and, on Docker Hub, `library/`; `**` stands for any depth and gets neither. */
function qualified(name: string): string {
  if (name.startsWith("**")) return name;
  const { registry, path } = splitRegistry(name);
  const host = canonicalRegistry(registry ?? "docker.io");
  const full = host === "docker.io" && !path.includes("/") && path !== "**" ? `library/${path}` : path;
  return `${escapedIpv6(host)}/${full}`;
}

/** `[::1]:5000` is an address, not a choice of characters. */
function escapedIpv6(host: string): string {
  return host.replace(/^\[([0-9a-fA-F.]*:[0-9a-fA-F:.]*)\]/, "[[]$1[]]");
}

/** The pattern with its `{a,b}` written out, or what is wrong with it whatever it is for. */
function alternatives(text: string): Compiled<readonly string[]> {
  const problem = textProblem(text);
  if (problem !== null) return refusal(text, problem);
  if (!text.includes("{")) return compiled([text]);
  const expanded = braceExpand(text, { braceExpandMax: MAX_ALTERNATIVES + 1 });
  if (expanded.length > MAX_ALTERNATIVES) {
    return refusal(text, `its braces stand for more than ${MAX_ALTERNATIVES} alternatives`);
  }
  if (expanded.some((each) => /[{}]/.test(each))) return refusal(text, "braces hold alternatives: `{a,b}`");
  return compiled(expanded);
}

function textProblem(text: string): string | null {
  if (text === "") return "it is empty";
  if (text.includes("$")) return "variables cannot stand in it";
  if (text.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  // The first test spares nearly every pattern the second, which takes long to compile.
  if (!/^[\x20-\x7e]*$/.test(text) && /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) {
    return "it holds a control character";
  }
  if (text.trim() !== text) return "it begins or ends with a space";
  if (text.includes("\\")) return "`\\` cannot stand in it; folders are separated by `/`, and `[*]` is a literal `*`";
  if (text.startsWith("!")) return "`!` does not negate; leave the pattern out, or say what is meant";
  if (/[?*+@!]\(/.test(text)) return "extended globs such as `@(a|b)` are not read; write `{a,b}`";
  if (/\*\*[^/:@,}]|[^/{,]\*\*/.test(text)) return "`**` stands alone between slashes, as in `a/**`";
  return bracketProblem(text);
}

function bracketProblem(text: string): string | null {
  let braces = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "{") braces += 1;
    else if (character === "}" && --braces < 0) return "a `}` has no `{` before it";
    else if (character === "]") return "a `]` has no `[` before it";
    else if (character === "[") {
      const negated = text[index + 1] === "!" || text[index + 1] === "^";
      const start = index + (negated ? 2 : 1);
      const end = text.indexOf("]", start);
      if (end === -1) return "a `[` is not closed";
      if (end === start) return "nothing stands between `[` and `]`";
      if (/[/{}]/.test(text.slice(start, end))) return "`/`, `{` and `}` cannot stand between `[` and `]`";
      index = end;
    }
  }
  return braces > 0 ? "a `{` is not closed" : null;
}

function compiled<Value>(value: Value): Compiled<Value> {
  return { value, problem: null };
}

function refusal(text: string, reason: string): Refusal {
  return { value: null, problem: `the pattern ${quoted(text)} cannot be read: ${reason}` };
}
