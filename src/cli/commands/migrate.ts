/** `fromlint migrate [FILE]`: the policy that a .hadolint.yaml stands for. */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { rules } from "../../../rules/index.js";
import { policyFromHadolint } from "../../migrate/hadolint.js";
import { readPolicyFile } from "../../policy/read.js";
import { relativePath } from "../../report/path.js";
import type { Arguments } from "../arguments/arguments.js";
import { policyProblems } from "../lint/policies.js";
import { RunError } from "../run-error.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";

const USUAL = [".hadolint.yaml", ".hadolint.yml"];

/** Prints it, or writes it to `--output`. Returns the exit code, 0. Throws RunError. */
export async function migrateCommand(args: Arguments, streams: Streams): Promise<number> {
  const source = sourceOf(args, streams.cwd);
  const { text, errors } = readPolicyFile(source);
  if (errors !== null) throw policyProblems(errors, streams.cwd);
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    sink.write(policyFromHadolint(text.data, rules));
    sink.end();
  }
  return 0;
}

/** The file that is named, or the usual one of the folder that is. */
function sourceOf({ paths }: Arguments, cwd: string): string {
  const path = resolve(cwd, paths[0] ?? ".");
  if (!existsSync(path)) throw new RunError(`${relativePath(path, cwd)}: there is no such file.`);
  if (!statSync(path).isDirectory()) return path;
  const found = USUAL.map((name) => join(path, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new RunError(`there is no ${USUAL.join(" or ")} in ${relativePath(path, cwd)} to migrate from.`);
}
