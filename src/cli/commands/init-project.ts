/** A project as `fromlint init` reads it: what it uses, the policy for that, and what this policy reports. */
import { dirname, join, relative } from "node:path";
import { rules } from "../../../rules/index.js";
import { openCatalog } from "../../catalog.js";
import { contextOf } from "../../context/context-of.js";
import { withFacts } from "../../facts/facts.js";
import { loadShellParser } from "../../facts/shell/parser.js";
import { readBytes } from "../../files/read.js";
import { policyText } from "../../init/policy-text.js";
import { proposalOf } from "../../init/proposal.js";
import { initUses, type InitUse } from "../../init/uses.js";
import { inputsFor, lintText, sourceOf, type LintOptions } from "../../lint.js";
import { discoverPolicy, type Discovery } from "../../policy/discover.js";
import { loadPolicyText } from "../../policy/load.js";
import { presetPolicy } from "../../policy/presets.js";
import { resolvePolicy } from "../../policy/resolve.js";
import { isIP } from "node:net";
import { reachOf } from "../../registry/addresses.js";
import { apiHost, hostName, isMetadataName } from "../../registry/hosts.js";
import { relativePath } from "../../report/path.js";
import { counted } from "../../report/summary.js";
import type { LintMessage } from "../../result.js";
import { decode, inPlainText } from "../../syntax/decode.js";
import type { Arguments } from "../arguments/arguments.js";
import { discover } from "../files/discover.js";
import { isThere } from "../lock/locks.js";
import { progressOn } from "../output/progress.js";
import { repositoryOwner } from "../files/repository-owner.js";
import { RunError } from "../run-error.js";
import type { Streams } from "../output/streams.js";
import { utcDay } from "../../today.js";

export interface Project {
  /** The text of the policy. */
  readonly policy: string;
  /** How many Dockerfiles it will hold for. */
  readonly count: number;
  /** False where some of them could not be read. */
  readonly isWhole: boolean;
  /** What the user has to know, a sentence each. */
  readonly notes: readonly string[];
  /** Lints every Dockerfile under the policy; `add` gets each file as it is shown, and its findings. */
  readonly lint: (add: (file: string, messages: readonly LintMessage[]) => void) => Promise<void>;
}

/** Of files that cannot be read so many are named. */
const MOST_NOTES = 20;

/** Reads the Dockerfiles below `folder` (absolute), but for those with a policy of their own. Throws RunError. */
export async function readProject(folder: string, args: Arguments, { cwd, stderr }: Streams): Promise<Project> {
  const catalog = openCatalog();
  const preset = presetPolicy("recommended");
  const { files: found, unreadable } = await discover([folder], { cwd, ignore: args.ignore, exclude: args.exclude });
  const { files, elsewhere } = split(found, folder);
  const shared = { rules, catalog, today: args.date ?? utcDay(), buildArgs: args.buildArgs };
  const options = (filePath: string): LintOptions => ({ ...shared, filePath, policies: [preset] });

  const unread = unreadable.map(
    ({ path, reason }) => `${relativePath(path, cwd)}: this folder cannot be read (${reason}).`,
  );
  const readable: string[] = [];
  const uses: InitUse[] = [];
  for (const filePath of files) {
    const { bytes, problem } = readBytes(filePath);
    if (bytes === null) {
      unread.push(`${relativePath(filePath, cwd)}: this file cannot be read (${problem}).`);
      continue;
    }
    readable.push(filePath);
    const source = withFacts(sourceOf(decode(bytes).text), inputsFor(preset, options(filePath)));
    uses.push(...initUses(source, within(folder, filePath)));
  }
  const names = readable.map((filePath) => within(folder, filePath));
  const text = policyText(proposalOf(uses, { files: names, owner: repositoryOwner(folder), refusal }));
  const { policy, errors } = loadPolicyText(join(folder, "fromlint.yaml"), text);
  if (errors !== null) throw new RunError(...errors.map(({ message }) => `the policy came out wrong: ${message}`));

  return {
    policy: text,
    count: readable.length,
    isWhole: unread.length === 0,
    notes: [
      ...unread.slice(0, MOST_NOTES),
      ...(unread.length > MOST_NOTES ? [`${unread.length - MOST_NOTES} more cannot be read.`] : []),
      ...notesOn(folder, elsewhere, cwd),
      ...notesOnArguments(Object.keys(args.buildArgs)),
      ...(args.policy === null ? [] : [`${args.policy} (FROMLINT_POLICY) holds beside it, and is not counted here.`]),
    ],
    lint: async (add) => {
      const shell = await loadShellParser();
      const progress = progressOn(stderr);
      for (const [index, filePath] of readable.entries()) {
        progress.update(index, readable.length);
        const { bytes } = readBytes(filePath);
        if (bytes === null) continue;
        const { text: content, problem } = decode(bytes);
        const { result } = lintText(content, {
          ...options(filePath),
          policies: [resolvePolicy(policy, filePath)],
          problems: problem ? [inPlainText(problem, content)] : [],
          contextFor: contextOf(filePath),
          shell,
        });
        add(relativePath(filePath, cwd), result.messages);
      }
      progress.clear();
    },
  };
}

/** Files below a policy of their own are none of this one's. */
function split(found: readonly string[], folder: string): { files: string[]; elsewhere: string[] } {
  const cache = new Map<string, Discovery>();
  const files: string[] = [];
  const elsewhere: string[] = [];
  for (const filePath of found) {
    const { file, error } = discoverPolicy(dirname(filePath), cache);
    const place = file ?? error?.file ?? null;
    const isOwn = place !== null && within(folder, dirname(place)) !== "" && !within(folder, place).startsWith("../");
    (isOwn ? elsewhere : files).push(filePath);
  }
  return { files, elsewhere };
}

function notesOn(folder: string, elsewhere: readonly string[], cwd: string): string[] {
  const above = discoverPolicy(dirname(folder), new Map()).file;
  return [
    ...(elsewhere.length > 0
      ? [
          `${counted(elsewhere.length, "Dockerfile")} below ${elsewhere.length === 1 ? "has a policy of its own, and was" : "have policies of their own, and were"} left out.`,
        ]
      : []),
    ...(above === null
      ? []
      : [
          `${relativePath(above, cwd)} held here before; a policy in this folder takes its place, unless it \`extends\` that one.`,
        ]),
    ...[".hadolint.yaml", ".hadolint.yml"]
      .filter((name) => isThere(join(folder, name)))
      .map((name) => `${name} is there, too: \`fromlint migrate\` shows what it asks for as a policy.`),
  ];
}

/** Their names alone: a value may be a secret, so neither this nor the policy has it. */
function notesOnArguments(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const given = names.map((name) => `--build-arg ${name}`).join(" ");
  return [
    `the policy rests on ${given}: give linting the same, or write ${names.length === 1 ? "its value" : "their values"} under \`args\` in the policy.`,
  ];
}

/** With `/` between folders; empty for the folder itself. */
function within(folder: string, path: string): string {
  return relative(folder, path).replaceAll("\\", "/");
}

/** A policy that lists a registry lets runs connect to it, so what may be an address of something else is left out. */
function refusal(registry: string): string | null {
  const host = apiHost(registry);
  if (host === null) return "it is no plain host name";
  const name = hostName(host);
  const isForbidden = isMetadataName(name) || (isIP(name) !== 0 && reachOf(name) === "forbidden");
  return isForbidden ? "a cloud hands out a machine's credentials at such an address" : null;
}
