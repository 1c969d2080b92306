/** `fromlint test-policy [POLICY]`: a policy held against its own examples. */
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { rules } from "../../../rules/index.js";
import { openCatalog } from "../../catalog.js";
import { lintText } from "../../lint.js";
import { discoverPolicy } from "../../policy/discover.js";
import { examplesFile, readExamples, type PolicyExample } from "../../policy/examples.js";
import { loadPolicyFile } from "../../policy/load.js";
import type { Policy } from "../../policy/policy.js";
import { resolvePolicy } from "../../policy/resolve.js";
import { relativePath } from "../../report/path.js";
import { safe } from "../../report/safe.js";
import type { LintMessage } from "../../result.js";
import type { Arguments } from "../arguments/arguments.js";
import { policyProblems } from "../lint/policies.js";
import { RunError } from "../run-error.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";
import { utcDay } from "../../today.js";

/** A Dockerfile in which an image has a role. */
const DOCKERFILES: Readonly<Record<PolicyExample["role"], (image: string) => string>> = {
  final: (image) => `FROM ${image}\n`,
  build: (image) => `FROM ${image} AS build\nFROM scratch\nCOPY --from=build / /\n`,
  copied: (image) => `FROM scratch\nCOPY --from=${image} / /\n`,
};

/** Prints every example that does not hold, and the counts. Returns 0 when all hold, else 1. Throws RunError. */
export async function testPolicyCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd } = streams;
  const file = policyFile(args, cwd);
  const { policy: loaded, errors } = loadPolicyFile(file);
  if (errors !== null) throw policyProblems(errors, cwd);
  const from = examplesFile(file);
  if (!existsSync(from)) throw new RunError(`${relativePath(from, cwd)}: the examples of the policy would stand here.`);
  const { examples, errors: problems } = readExamples(from, Object.keys(rules));
  if (problems !== null) throw policyProblems(problems, cwd);

  // What a policy ships holds everywhere, so a file of its own folder stands for all.
  const policy = resolvePolicy(loaded, join(dirname(file), "Dockerfile"));
  const today = args.date ?? utcDay();
  const lines = examples.flatMap((example) => {
    const problem = problemWith(example, errorsOf(example, policy, today));
    const { line, column } = example.place;
    return problem === null ? [] : [safe(`${relativePath(from, cwd)}:${line}:${column}: ${problem}`)];
  });
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    for (const line of lines) sink.write(`${line}\n`);
    sink.write(`${examples.length - lines.length} passed, ${lines.length} failed\n`);
    sink.end();
  }
  return lines.length > 0 ? 1 : 0;
}

/** The policy that is named, or the nearest one. */
function policyFile({ paths }: Arguments, cwd: string): string {
  const path = resolve(cwd, paths[0] ?? ".");
  if (!existsSync(path)) throw new RunError(`${relativePath(path, cwd)}: there is no such file.`);
  if (!statSync(path).isDirectory()) return path;
  const { file, error } = discoverPolicy(path, new Map());
  if (error !== null) throw policyProblems([error], cwd);
  if (file === null) throw new RunError("there is no fromlint.yaml here or above; name the policy.");
  return file;
}

/** Errors that stand on the image: the rest of the file is not what the example is about. */
function errorsOf({ image, role }: PolicyExample, policy: Policy, today: string): readonly LintMessage[] {
  const text = DOCKERFILES[role](image);
  const filePath = join(policy.folder ?? "", "Dockerfile");
  const { messages } = lintText(text, { filePath, rules, policies: [policy], catalog: openCatalog(), today }).result;
  const line = text.slice(0, text.indexOf(image)).split("\n").length;
  const column = (text.split("\n")[line - 1] ?? "").indexOf(image) + 1;
  return messages.filter((message) => {
    const isOnImage = message.column >= column && message.column < column + image.length;
    return message.severity === 2 && message.line === line && isOnImage;
  });
}

/** Null for an example that holds. */
function problemWith({ image, role, expected, rule }: PolicyExample, errors: readonly LintMessage[]): string | null {
  const named = `\`${image}\` as ${role}`;
  if (expected === "pass") {
    const [first] = errors;
    return first ? `${named} has to pass, and ${first.ruleId} reports it: ${first.message}` : null;
  }
  if (errors.some(({ ruleId }) => rule === null || ruleId === rule)) return null;
  const by = rule === null ? "" : ` by ${rule}`;
  const others = [...new Set(errors.map(({ ruleId }) => ruleId))].join(", ");
  return `${named} has to be reported${by}, and ${others === "" ? "passes" : `only ${others} reports it`}`;
}
