/** Whether anything in an image works with the source that a COPY brought, besides being there. */
import { normalPath, pathSet, sharedPath, type PathSet } from "../effects/paths.js";
import type { ProjectFiles } from "../project-files.js";
import { modelCommand } from "../shell/commands/commands.js";
import type { Layers } from "../layers/layers.js";
import type { Step } from "../layers/step.js";
import { basesOf } from "../stages.js";
import { belowFolder, type ContextCopy } from "./context-copies.js";

const NO_PLACES = { programs: [], home: null };

/** They take what is there, and are as content with less. */
const CONTENT_WITH_LESS: ReadonlySet<string> = new Set(["chown", "chgrp", "chmod", "mkdir"]);

/** What a compiler leaves: a name with another end is the project's own file. */
const COMPILED = /\.(?:dll|exe|jar|war|ear|so|dylib|wasm)$/i;

/** Steps that are looked at in one file. */
const MOST_STEPS = 20_000;

/**
 * Whether a step behind a copy may read what that brought, another stage takes it, or the image's command names a file
 * of it that is not among `artifacts`, the places that get what was compiled. What a program opens while it runs nobody
 * can see here.
 */
export function needsSeen(
  { steps }: Layers,
  files: ProjectFiles | null,
): (copy: ContextCopy, artifacts: readonly string[]) => boolean {
  let left = MOST_STEPS;
  return (copy, artifacts) => {
    left -= steps.length;
    if (left < 0) return true;
    const place = pathSet([copy.place]);
    const heirs = new Set([copy.step.stage]);
    return steps.some((step) => {
      if (basesOf(step.stage).some((base) => heirs.has(base))) heirs.add(step.stage);
      if (step.content.some(({ from, paths }) => from.kind === "stage" && heirs.has(from.stage) && meets(paths, place)))
        return true;
      if (step.index <= copy.step.index || !heirs.has(step.stage)) return false;
      if (step.instruction.type === "Run") return runReads(step, copy.place);
      return wordsOf(step).some((word) => isOwnFile(word, step, copy, artifacts, files));
    });
  };
}

function meets(paths: readonly string[], place: PathSet): boolean {
  return sharedPath(pathSet(paths), place) !== null;
}

function runReads({ work: { script }, instruction }: Step, place: string): boolean {
  if (script?.kind !== "commands" || !script.complete) return true;
  if (instruction.flags.some(({ name }) => name === "mount")) return true;
  return script.commands.some((command) => {
    if (!CONTENT_WITH_LESS.has(command.name))
      return sharedPath(modelCommand(command, NO_PLACES).effects.reads.paths, pathSet([place])) !== null;
    if (command.name === "mkdir") return false;
    // Behind the owner or the mode.
    const [, ...operands] = command.args.filter(({ prefix }) => !prefix.startsWith("-"));
    return operands.some(({ text }) => {
      if (text === null || (command.cwd === null && !text.startsWith("/"))) return true;
      const rest = belowFolder(normalPath(command.cwd ?? "/", text), place);
      return rest !== null && rest !== "";
    });
  });
}

/** The words of CMD, ENTRYPOINT and HEALTHCHECK. */
function wordsOf({ instruction }: Step): readonly string[] {
  if (instruction.type !== "Cmd" && instruction.type !== "Entrypoint" && instruction.type !== "Healthcheck") return [];
  if (instruction.exec) return instruction.exec.map(({ text }) => text);
  return (instruction.args?.text ?? "").split(/[\s"'`;&|()<>]+/);
}

/** True for the name of a file below the copied folder that nobody compiled. */
function isOwnFile(
  word: string,
  { state }: Step,
  copy: ContextCopy,
  artifacts: readonly string[],
  files: ProjectFiles | null,
): boolean {
  const name = word.slice(word.lastIndexOf("=") + 1);
  if (name === "" || name.startsWith("-") || name.includes("://")) return false;
  if (name.includes("$")) return name.includes("/");
  const path = normalPath(state.workdir.path, name);
  const rest = belowFolder(path, copy.place);
  if (rest === null || rest === "" || artifacts.includes(path)) return false;
  if (files?.has(rest) === true) return true;
  const isCompiled = artifacts.some((artifact) => belowFolder(path, artifact) !== null);
  return isCompiled ? /\.\w+$/.test(name) && !COMPILED.test(name) : /\/|\.\w+$/.test(name);
}
