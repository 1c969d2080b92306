/** `fromlint init [DIR]`: writes a first policy from what the Dockerfiles there use today. */
import { lstatSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { reasonOf } from "../../files/reason.js";
import { relativePath } from "../../report/path.js";
import { colorsFor } from "../../report/colors.js";
import { initText, ruleCounter } from "../../report/init.js";
import { safe } from "../../report/safe.js";
import type { Arguments } from "../arguments/arguments.js";
import { isColored } from "../output/color.js";
import { readProject, type Project } from "./init-project.js";
import { isThere } from "../lock/locks.js";
import { RunError } from "../run-error.js";
import type { Streams } from "../output/streams.js";
import { writeWhole } from "../output/write.js";

const NAME = "fromlint.yaml";

/**
 * Returns the exit code: 0, 1 when the policy rests on less than all Dockerfiles because some could not be read, which
 * is said on the standard error. What the policy still reports is told and fails nothing here. Throws RunError, also
 * for a policy that is there already.
 */
export async function initCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd, env, stdout, stderr } = streams;
  const note = (text: string): void => stderr.write(`fromlint: ${safe(text)}\n`);
  const folder = folderOf(args, cwd);
  const file = join(folder, NAME);
  if (!args.toStdout) refuseToReplace(folder, args.force, cwd);

  const project = await readProject(folder, args, streams);
  for (const text of project.notes) note(text);
  if (args.toStdout) stdout.write(project.policy);
  else write(file, project.policy, cwd);

  // The policy alone goes where it can be piped on.
  const output = args.toStdout ? stderr : stdout;
  const colors = await colorsFor(isColored(args.color, output, env));
  const width = output.isTerminal ? output.columns : Infinity;
  const written = args.toStdout ? null : relativePath(file, cwd);
  const counts = await countFindings(project);
  output.write(await initText({ written, files: project.count, counts }, { width, colors }));
  return project.isWhole ? 0 : 1;
}

async function countFindings(project: Project): Promise<ReturnType<ReturnType<typeof ruleCounter>["counts"]>> {
  const counter = ruleCounter();
  await project.lint(counter.add);
  return counter.counts();
}

function folderOf({ paths }: Arguments, cwd: string): string {
  const [path = "."] = paths;
  const folder = resolve(cwd, path);
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (!stats) throw new RunError(`${path}: there is no such folder.`);
  if (!stats.isDirectory()) throw new RunError(`${path} is a file; \`fromlint init\` takes the folder of a project.`);
  return folder;
}

function refuseToReplace(folder: string, isForced: boolean, cwd: string): void {
  const shown = (name: string): string => relativePath(join(folder, name), cwd);
  for (const name of ["fromlint.json", "fromlint.yml"]) {
    if (!isThere(join(folder, name))) continue;
    throw new RunError(`${shown(name)} is there, and a folder has one policy: delete it first, or use --stdout.`);
  }
  const found = lstatSync(join(folder, NAME), { throwIfNoEntry: false });
  if (!found) return;
  if (!isForced) {
    throw new RunError(
      `${shown(NAME)} is there already. --stdout prints what would be written, --force writes it in its place.`,
    );
  }
  // A link may lead out of the project.
  if (!found.isFile()) throw new RunError(`${shown(NAME)} is no ordinary file, so it is not replaced.`);
}

function write(file: string, text: string, cwd: string): void {
  try {
    writeWhole(file, text);
  } catch (error) {
    throw new RunError(`${relativePath(file, cwd)} cannot be written (${reasonOf(error)}).`);
  }
}
