/** `chown -R` and `chmod -R` over what an earlier layer brought. */
import { coversPaths, normalPath, pathSet, sharedPath, type PathSet } from "../effects/paths.js";
import type { ProjectFiles } from "../project-files.js";
import type { Command } from "../shell/command.js";
import { commandLine, hasOption } from "../shell/command-line.js";
import { above } from "../layers/above.js";
import type { Layers } from "../layers/layers.js";
import { mountedPaths } from "../layers/mounts-of.js";
import { isSmallFile } from "./small-files.js";
import type { Step } from "../layers/step.js";

export interface RecursiveOwnership {
  readonly step: Step;
  readonly command: Command;
  /** The user, group or mode; null when it is not known. */
  readonly value: string | null;
  readonly path: string;
  /** The nearest step that brought files there. */
  readonly source: Step;
  /** True when `source` alone put something there, and no user was made behind it. */
  readonly only: boolean;
}

const COMMANDS: ReadonlySet<string> = new Set(["chown", "chgrp", "chmod"]);

/** More of them in one RUN nobody reads. */
const MOST_COMMANDS = 32;

/** The project's own files, looked at only where a command is found. */
type Context = () => ProjectFiles | null;

/** In the exported chain; of several paths of a command the first that counts. `files` tell how large a copy is. */
export function recursiveOwnership({ steps }: Pick<Layers, "steps">, files: Context): readonly RecursiveOwnership[] {
  return steps.flatMap((step) => {
    if (!step.stage.exported || step.triggered || step.instruction.type !== "Run") return [];
    const { script } = step.work;
    if (script?.kind !== "commands") return [];
    const commands = script.commands.filter(({ name }) => COMMANDS.has(name)).slice(0, MOST_COMMANDS);
    return commands.flatMap((command) => ownership(step, command, files) ?? []);
  });
}

function ownership(step: Step, command: Command, files: Context): RecursiveOwnership | null {
  if (command.conditional) return null;
  const line = commandLine(command, new Set());
  if (!hasOption(line, "-R", "--recursive") || hasOption(line, "--reference")) return null;
  const [value, ...paths] = line.operands;
  const mounted = mountedPaths(step);
  for (const { text, pattern } of paths) {
    if (text === null || pattern || (command.cwd === null && !text.startsWith("/"))) continue;
    const path = normalPath(command.cwd ?? "/", text);
    const place = pathSet([path]);
    if (sharedPath(place, mounted) !== null) continue;
    const writers = above(step).filter((one) => one.kind !== "base" && writesTo(one, place));
    const source = writers.find((one) => brings(one, place, files));
    if (source) {
      const isAlone = writers.every((one) => one === source || one.instruction.type === "Workdir");
      return { step, command, value: value?.text ?? null, path, source, only: isAlone && !makesUsers(step, source) };
    }
  }
  return null;
}

function writesTo({ work: { effects } }: Step, place: PathSet): boolean {
  return sharedPath(effects.writes.paths, place) !== null;
}

/** True when the step for certain puts more than a few small files below `place`. */
function brings(step: Step, place: PathSet, files: Context): boolean {
  const places = step.copied ? copiedTo(step, files) : installedTo(step);
  return places.length > 0 && coversPaths(place, pathSet(places.slice(0, 1)));
}

/** Where a COPY puts what is not little; settings and certificates are. */
function copiedTo({ copied }: Step, files: Context): readonly string[] {
  const destination = copied?.destination ?? null;
  if (!copied || destination === null || /^\/etc\/|\/ca-certificates\b/.test(destination)) return [];
  const isLarge = copied.content.some(({ from, paths }) => {
    const isScript = (path: string): boolean => from.kind === "context" && isShortText(path, files());
    return (from.kind === "url" ? [from.name] : paths).some((path) => mayBeLarge(path) && !isScript(path));
  });
  return isLarge ? [normalPath("/", destination)] : [];
}

const SHORT = 65_536;

/** True for a script without an ending, such as `docker-entrypoint`. */
function isShortText(path: string, files: ProjectFiles | null): boolean {
  const text = files && path !== "/" ? files.read(normalPath("/", path).slice(1)) : null;
  return text !== null && text.length <= SHORT;
}

const ARCHIVE = /\.(?:tar|t?gz|t?bz2|t?xz|zst|zip|jar|war|ear|whl|deb|rpm|apk|so|iso|img)$/i;

/** False for a single file with an ending, or a `Caddyfile`: that is text, and little. Archives and folders may be large. */
function mayBeLarge(source: string): boolean {
  const name = source.slice(source.lastIndexOf("/") + 1);
  return ARCHIVE.test(name) || !(isSmallFile(name) || /[^.].*\./.test(name));
}

/** The folders that installs of dependencies and `git clone` fill. */
function installedTo(step: Step): readonly string[] {
  const { installs } = step.work;
  const mounted = mountedPaths(step);
  return installs
    .flatMap(({ kind, folder, ecosystem }) =>
      kind === "install" && folder !== null ? ecosystem.output.map((name) => normalPath(folder, name)) : [],
    )
    .filter((path) => sharedPath(pathSet([path]), mounted) === null);
}

function makesUsers(step: Step, source: Step): boolean {
  return above(step)
    .filter((one) => one.index > source.index)
    .some((one) => one.work.script !== null);
}
