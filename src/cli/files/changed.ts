/** `--changed`: which lines of which files git calls changed. */
import { execFileSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { safe } from "../../report/safe.js";
import type { LintMessage } from "../../result.js";
import { lowerBound } from "../../syntax/search.js";
import { RunError } from "../run-error.js";

/** Lines, 1-based and inclusive, in order. */
type Lines = readonly (readonly [first: number, last: number])[];

/** True for a finding on a changed line, or one that a changed line explains: an ARG default, a COPY further up. */
export type IsChanged = (finding: LintMessage) => boolean;

export interface Changes {
  /** Null for a file (absolute path) in which nothing has changed. */
  readonly of: (filePath: string) => IsChanged | null;
}

/** What a default branch is called, where the remote does not say. */
const USUAL = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/** Output of git beyond this is not a diff of Dockerfiles. */
const MOST_BYTES = 1 << 28;

/**
 * What has changed in the work tree around `cwd` since it left `ref`: against the merge base of the two, commits, index,
 * work tree and files that git does not track yet taken together. `ref` null: the default branch. Throws RunError where
 * git cannot say.
 */
export function changesSince(ref: string | null, cwd: string): Changes {
  const top = git(["rev-parse", "--show-toplevel"], cwd, "this is no git work tree").trimEnd();
  const base = mergeBase(ref ?? defaultBranch(cwd), cwd);
  const names = (args: readonly string[]): string[] =>
    git([...args, "-z"], top)
      .split("\0")
      .filter(Boolean);
  const changed = new Set(names(["diff", "--name-only", "--no-renames", "--diff-filter=d", base]));
  const untracked = new Set(names(["ls-files", "--others", "--exclude-standard"]));
  return {
    of: (filePath) => {
      const name = nameIn(top, filePath);
      if (name === null) return null;
      if (untracked.has(name)) return () => true;
      if (!changed.has(name)) return null;
      // `top:` and `literal`: a name is a name, whatever characters it has.
      const options = ["--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text"];
      return touches(changedLines(git(["diff", ...options, base, "--", `:(top,literal)${name}`], top)));
    },
  };
}

/** The path of a file from the top folder of the work tree, with `/`; null outside. */
function nameIn(top: string, filePath: string): string | null {
  let real: string;
  try {
    // git names what a linked folder leads to.
    real = join(realpathSync(dirname(filePath)), basename(filePath));
  } catch {
    return null;
  }
  const root = `${realpathSync(top)}/`.replaceAll("\\", "/").replace("//", "/");
  const path = real.replaceAll("\\", "/");
  return path.startsWith(root) ? path.slice(root.length) : null;
}

/** The new lines of every `@@ -a,b +c,d @@`; where lines were only taken out, the two around the gap. */
function changedLines(diff: string): Lines {
  return [...diff.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].map(([, start, count]) => {
    const [first, length] = [Number(start), Number(count ?? 1)];
    return length === 0 ? [first, first + 1] : [first, first + length - 1];
  });
}

function touches(lines: Lines): IsChanged {
  const isTouched = (first: number, last: number): boolean => {
    const next = lines[lowerBound(lines, ([, end]) => end >= first)];
    return next !== undefined && next[0] <= last;
  };
  return ({ line, endLine, related = [] }) =>
    isTouched(line, endLine) || related.some(({ loc }) => isTouched(loc.start.line, loc.end.line));
}

function mergeBase(ref: string, cwd: string): string {
  if (ref.startsWith("-"))
    throw new RunError(`--changed does not take ${JSON.stringify(ref)}: it takes a branch, tag or commit.`);
  const commit = tryGit(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], cwd)?.trim();
  if (!commit) throw new RunError(`--changed: git knows no commit ${JSON.stringify(ref)}; in CI, fetch it first.`);
  const base = tryGit(["merge-base", "HEAD", commit], cwd)?.trim();
  if (base) return base;
  const hint = "fetch more of the history (fetch-depth: 0 in actions/checkout, GIT_DEPTH: 0 in GitLab)";
  throw new RunError(`--changed: git finds no commit that HEAD and ${ref} have in common; ${hint}.`);
}

function defaultBranch(cwd: string): string {
  const found = USUAL.find((name) => tryGit(["rev-parse", "--verify", "--quiet", `${name}^{commit}`], cwd) !== null);
  if (found !== undefined) return found;
  throw new RunError(
    "--changed: there is no main or master to compare with; name one, as in --changed=origin/develop.",
  );
}

/** Standard output; null when git fails. */
function tryGit(args: readonly string[], cwd: string): string | null {
  try {
    return git(args, cwd);
  } catch {
    return null;
  }
}

function git(args: readonly string[], cwd: string, otherwise = ""): string {
  try {
    return execFileSync("git", args, {
      cwd,
      encoding: "utf8",
      maxBuffer: MOST_BYTES,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") throw new RunError("--changed needs git, and there is none on the PATH.");
    const said = safe((stderr ?? "").split("\n")[0] ?? "").replace(/^fatal: /, "");
    throw new RunError(`--changed: ${otherwise || said || "git failed"}.`);
  }
}
