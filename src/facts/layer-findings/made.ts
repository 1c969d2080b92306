/** What a step leaves in its layer that somebody may want to be rid of later. */
import { normalPath, pathSet, sharedPath } from "../effects/paths.js";
import type { Argument, Command } from "../shell/command.js";
import { commandLine, hasOption, optionValue } from "../shell/command-line.js";
import { CURL, WGET } from "../shell/commands/downloads.js";
import { packageUse } from "../shell/commands/system-packages.js";
import { mountedPaths } from "../layers/mounts-of.js";
import { removedBy, removes } from "./removed.js";
import { isSmallFile } from "./small-files.js";
import type { Step } from "../layers/step.js";

export interface Made {
  /** An absolute path, or a thing by its name: `apk .build-deps`, `npm cache`. */
  readonly what: string;
  /** For messages: `` `/tmp/a.tgz` ``, `the package index`. */
  readonly shown: string;
  /** The command of a RUN; null for COPY and ADD. */
  readonly command: Command | null;
}

/**
 * What a step makes and does not remove itself, where that is worth removing: downloads, clones, indexes, packages,
 * caches, and what COPY --from and ADD bring. Small files and what only perhaps is made are left out. With `left` false
 * also what it removes itself.
 */
export function madeBy(step: Step, left = true): readonly Made[] {
  if (step.copied) return copied(step).filter(({ what }) => !isSmallFile(what));
  const { script } = step.work;
  if (script?.kind !== "commands") return [];
  const made = script.commands.flatMap((command) => (command.conditional ? [] : madeByCommand(command)));
  if (made.length === 0 || !left) return made;
  const gone = removedBy(step);
  const mounted = mountedPaths(step);
  return made.filter(({ what }) => {
    if (what.startsWith("/") && sharedPath(pathSet([what]), mounted) !== null) return false;
    return !gone.some((one) => removes(one, what));
  });
}

/** What comes from the build's own context is another rule's. */
function copied({ copied: found, content }: Step): readonly Made[] {
  const isOwn = content.some(({ from }) => from.kind === "context" || from.kind === "inline");
  if (!found || isOwn || found.destination === null) return [];
  const { destination } = found;
  if (!destination.endsWith("/")) return [{ what: destination, shown: `\`${destination}\``, command: null }];
  return content.flatMap(({ from, paths }) => {
    const [path = "/"] = from.kind === "url" ? [from.name.replace(/[?#].*$/, "")] : paths;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const what = normalPath(destination, name);
    return name === "" ? [] : [{ what, shown: `\`${what}\``, command: null }];
  });
}

function madeByCommand(command: Command): readonly Made[] {
  const things = [...packages(command), ...caches(command)].map((what) => ({ what, shown: shownThing(what), command }));
  const files = downloads(command).flatMap((word) => {
    const path = pathOf(word, command.cwd);
    return path === null || isSmallFile(path) ? [] : [{ what: path, shown: `\`${path}\``, command }];
  });
  return [...things, ...files];
}

function shownThing(what: string): string {
  if (what.startsWith("/")) return "the package index";
  const [manager, name = ""] = what.split(" ");
  return name === "cache" ? `the cache of ${manager ?? ""}` : `\`${name}\``;
}

function packages(command: Command): readonly string[] {
  const use = packageUse(command);
  if (!use) return [];
  const { manager, kind, line } = use;
  if (kind === "update" && manager.name === "apt") return ["/var/lib/apt/lists/index"];
  if (kind === "update" && manager.name === "apk") return ["/var/cache/apk/index"];
  if (kind !== "install") return [];
  const virtual = optionValue(line, "-t", "--virtual")?.text ?? null;
  const isVirtual = manager.name === "apk" && virtual !== null;
  const names = isVirtual ? [virtual] : use.packages.flatMap((name) => (name === null ? [] : [name]));
  const cache = manager.name === "dnf" || manager.name === "zypper" ? [`${manager.name} cache`] : [];
  return [...names.map((name) => `${manager.name} ${name.replace(/[=<>~].*$/, "")}`), ...cache];
}

function caches({ name, args }: Command): readonly string[] {
  const verb = args.find(({ prefix }) => !prefix.startsWith("-"))?.text ?? "";
  if (name === "npm" && /^(?:ci|install|i)$/.test(verb)) return ["npm cache"];
  return name === "yarn" && (verb === "install" || args.length === 0) ? ["yarn cache"] : [];
}

function downloads(command: Command): readonly Argument[] {
  switch (command.name) {
    case "curl": {
      const line = commandLine(command, CURL);
      const given = [...(line.options.get("-o") ?? []), ...(line.options.get("--output") ?? [])];
      const isNamed = hasOption(line, "-O", "--remote-name") && optionValue(line, "--output-dir") === null;
      return [...words(given), ...(isNamed ? line.operands.flatMap(nameInUrl) : []), ...redirected(command)];
    }
    case "wget": {
      const line = commandLine(command, WGET);
      const output = optionValue(line, "-O", "--output-document");
      if (output) return [output];
      return hasOption(line, "-P", "--directory-prefix") ? [] : line.operands.flatMap(nameInUrl);
    }
    case "git": {
      const line = commandLine(command, new Set(["-b", "--branch", "--depth", "-j", "--jobs", "-c"]));
      const [verb, url, folder] = line.operands;
      if (verb?.text !== "clone" || !url) return [];
      return folder
        ? [folder]
        : nameInUrl(url).map((word) => ({ ...word, text: word.text?.replace(/\.git$/, "") ?? null }));
    }
    default:
      return [];
  }
}

function redirected({ redirects }: Command): readonly Argument[] {
  return redirects.filter(({ kind }) => kind === "write").map(({ target }) => target);
}

function words(given: readonly (Argument | null)[]): readonly Argument[] {
  return given.filter((one) => one !== null);
}

/** `https://a/b/c.tgz?x` -> `c.tgz` */
function nameInUrl(word: Argument): readonly Argument[] {
  const path = word.text?.replace(/[?#].*$/, "").replace(/\/+$/, "") ?? "";
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name === "" || !path.includes("/") ? [] : [{ ...word, text: name, prefix: name }];
}

function pathOf({ text, pattern }: Argument, cwd: string | null): string | null {
  if (text === null || text === "" || text === "-" || pattern || (cwd === null && !text.startsWith("/"))) return null;
  const path = normalPath(cwd ?? "/", text);
  return path === "/" || path.startsWith("/dev/") ? null : path;
}
