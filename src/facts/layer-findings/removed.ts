/** What the commands of a RUN remove. */
import { fits } from "../ecosystems/glob.js";
import { normalPath } from "../effects/paths.js";
import type { Argument, Command } from "../shell/command.js";
import { commandLine } from "../shell/command-line.js";
import { packageUse } from "../shell/commands/system-packages.js";
import type { Step } from "../layers/step.js";

export interface Removal {
  readonly command: Command;
  /** An absolute path, all of whose content goes; null where the words are names. */
  readonly path: string | null;
  /** With `*` in its last part: what fits there goes. */
  readonly pattern: string | null;
  /** `apk .build-deps`, `npm cache`: a thing that a program knows by its name. */
  readonly thing: string | null;
}

/** What a RUN removes for certain, in order. */
export function removedBy({ work: { script } }: Step): readonly Removal[] {
  if (script?.kind !== "commands") return [];
  return script.commands.flatMap((command) => (command.conditional ? [] : removals(command)));
}

/** True when the removal takes away all of what is at `path`, or the thing of that name. */
export function removes({ path, pattern, thing }: Removal, made: string): boolean {
  if (thing !== null) return thing === made;
  if (path === null || !made.startsWith("/")) return false;
  if (pattern === null) return path === "/" || made === path || made.startsWith(`${path}/`);
  const depth = pattern.split("/").length;
  return fits(pattern, made.split("/").slice(0, depth).join("/"));
}

function removals(command: Command): readonly Removal[] {
  if (command.name === "rm" || command.name === "rmdir") {
    return commandLine(command, new Set()).operands.flatMap((word) => fileRemoval(command, word) ?? []);
  }
  return things(command).map((thing) => ({ command, path: null, pattern: null, thing }));
}

function fileRemoval(command: Command, { text, pattern }: Argument): Removal | null {
  const { cwd } = command;
  if (text === null || text === "" || (cwd === null && !text.startsWith("/"))) return null;
  const whole = normalPath(cwd ?? "/", text);
  if (!pattern) return { command, path: whole, pattern: null, thing: null };
  // `/a/*` empties the folder.
  const path = whole.endsWith("/*") && !/[*?[{]/.test(whole.slice(0, -1)) ? whole.slice(0, -2) : whole;
  return { command, path, pattern: whole, thing: null };
}

function things(command: Command): readonly string[] {
  const use = packageUse(command);
  const words = command.args.map(({ text }) => text);
  if (use?.kind === "other") {
    const [verb] = use.line.operands;
    if (/^(?:remove|purge|del|erase|rm)$/.test(verb?.text ?? "")) {
      return use.packages.flatMap((name) => (name === null ? [] : [`${use.manager.name} ${name}`]));
    }
    if (use.manager.name === "dnf" && verb?.text === "clean") return ["dnf cache"];
    if (use.manager.name === "zypper" && /^(?:clean|cc)$/.test(verb?.text ?? "")) return ["zypper cache"];
  }
  const isCache = words.includes("cache") && (words.includes("clean") || words.includes("purge"));
  return isCache && /^(?:npm|yarn|pip3?)$/.test(command.name) ? [`${command.name.replace(/3$/, "")} cache`] : [];
}
