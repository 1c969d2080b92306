/** What the result of a file rests on, so that it can be told later whether it would be the same: for `--cache`. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { diskTree } from "../../context/disk.js";
import type { Tree } from "../../context/tree.js";
import type { Answer, Hear } from "../../context/watched.js";
import type { Exemption, Policy } from "../../policy/policy.js";
import type { ProblemDraft } from "../../syntax/parse.js";
import type { Arguments } from "../arguments/arguments.js";
import { version } from "../commands/version.js";
import type { Targets } from "./targets.js";

export interface Trace {
  /** Stands for the text, the policies, the lock, the day, the command line, and this fromlint. */
  readonly key: string;
  /** What was looked at in the project: folder, question, path, digest of the answer. */
  readonly asked: readonly (readonly [root: string, about: keyof Tree, path: string, answer: string])[];
  /** Exemptions that silenced something: which policy of the file, which of its exemptions. */
  readonly exemptions: readonly (readonly [policy: number, exemption: number])[];
  readonly target: Parameters<Targets["seen"]>[1];
}

export interface Tracer {
  readonly keyOf: (filePath: string, text: string, problem: ProblemDraft | null) => string;
  /** What is heard from now on belongs to this key. */
  readonly begin: (key: string) => void;
  readonly hear: Hear;
  readonly end: (policies: readonly Policy[], used: ReadonlySet<Exemption>, target: Trace["target"]) => void;
  /** What the last file that was linted rests on; null when none was since this was last asked for. */
  readonly take: () => Trace | null;
}

/** `filesOf` names the policy files and the lock file of a Dockerfile (absolute paths). */
export function openTracer(
  args: Arguments,
  cwd: string,
  today: string,
  filesOf: (filePath: string) => readonly string[],
): Tracer {
  const digests = new Map<string, string>();
  const digestOfFile = (file: string): string => {
    const known = digests.get(file) ?? contentDigest(file);
    digests.set(file, known);
    return known;
  };
  const { rules, target, buildArgs, buildContexts, context, ignore, config, policy } = args;
  const run = [
    version,
    builtAt(),
    today,
    cwd,
    rules,
    target,
    buildArgs,
    buildContexts,
    context,
    ignore,
    config,
    policy,
  ];
  const runKey = digest(JSON.stringify(run));
  let key = "";
  let asked = new Map<string, Trace["asked"][number]>();
  let last: Trace | null = null;
  return {
    keyOf: (filePath, text, problem) => {
      const files = filesOf(filePath).map((file) => [file, digestOfFile(file)]);
      return digest(JSON.stringify([runKey, filePath, files, problem, text]));
    },
    begin: (next) => {
      key = next;
      asked = new Map();
      last = null;
    },
    hear: (root, about, path, answer) => {
      asked.set(`${about}\0${root}\0${path}`, [root, about, path, answerDigest(answer)]);
    },
    end: (policies, used, found) => {
      const exemptions = policies.flatMap((each, policyAt) =>
        each.exemptions.flatMap((one, at) => (used.has(one) ? [[policyAt, at] as const] : [])),
      );
      last = { key, asked: [...asked.values()], exemptions, target: found };
    },
    take: () => {
      const taken = last;
      last = null;
      return taken;
    },
  };
}

/** True when the project answers as it did. */
export function answersAsBefore(asked: Trace["asked"]): boolean {
  const trees = new Map<string, Tree>();
  return asked.every(([root, about, path, answer]) => {
    const tree = trees.get(root) ?? diskTree(root);
    trees.set(root, tree);
    return answerDigest(tree[about](path)) === answer;
  });
}

/** Short answers stand for themselves; names come in any order. */
function answerDigest(answer: Answer): string {
  if (answer === null) return "-";
  if (typeof answer !== "string") return digest(JSON.stringify(answer.toSorted()));
  return answer.length < 40 ? `=${answer}` : digest(answer);
}

export function digest(text: string | Uint8Array): string {
  return createHash("sha1").update(text).digest("base64url");
}

function contentDigest(file: string): string {
  try {
    return digest(readFileSync(file));
  } catch {
    return "-";
  }
}

/** Another text for another build of the same version. */
function builtAt(): string {
  const { mtimeMs, size } = statSync(import.meta.filename);
  return `${mtimeMs} ${size}`;
}
