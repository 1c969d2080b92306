/** How a compiled project's dependencies are fetched by themselves: from which files, with which command. */
import type { ProjectFiles } from "../project-files.js";
import type { Argument } from "../shell/command.js";
import { dotnetProject } from "./dotnet-project.js";
import { needsOf } from "./project-needs.js";
import type { SourceBeforeBuild } from "./source-before-build.js";
import { USUAL } from "../ecosystems/usual.js";

export interface Fetch {
  /** Files and, with `/` at the end, folders, seen from the project's folder. The first is the manifest. */
  readonly names: readonly string[];
  readonly command: string;
  /** True when the command runs in the project's folder, wherever the build ran. */
  readonly inFolder: boolean;
}

type Written = (argument: Argument) => string;

/**
 * What to copy and to run; null where fetching needs more than that, or nobody can tell. `root` is the project's folder
 * in the context, null where its files are in the image already. `top` is the folder that is copied: nothing above it
 * gets into the image. Gradle has no task that only downloads (`dependencies` resolves, without the archives), and
 * Cargo wants a target to be there.
 */
export function fetchOf(
  found: SourceBeforeBuild,
  root: string | null,
  top: string,
  files: ProjectFiles | null,
  written: Written,
): Fetch | null {
  switch (found.install.ecosystem.name) {
    case "go":
      return goFetch(found, root, files);
    case "maven":
      return mavenFetch(found, root, files, written);
    case "dotnet":
      return dotnetFetch(found, root, top, files, written);
    default:
      return null;
  }
}

function goFetch({ install }: SourceBeforeBuild, root: string | null, files: ProjectFiles | null): Fetch | null {
  const { command } = install;
  if (command.args.some(({ prefix }) => /^-?-modfile\b/.test(prefix))) return null;
  // Which platform it is built for does not matter to what is downloaded.
  if ([...command.env.keys()].some((name) => !/^(?:CGO_ENABLED|GO(?:OS|ARCH|ARM|AMD64|111MODULE))$/.test(name)))
    return null;
  const fetch = { command: `${command.path} mod download`, inFolder: true };
  if (!files || root === null) return { ...fetch, names: USUAL.go.sources };
  const needs = needsOf({ ...install, readsSource: false }, root, files);
  return needs.kind === "files" ? { ...fetch, names: needs.names } : null;
}

/** Options that pick modules, and those about tests, which are not run. */
const MODULES = /^-(?:pl|am|amd|rf)$|^--(?:projects|also-make|resume-from)/;
const TESTS = /^-D(?:skip\w*|maven\.test\.\w+)(?:=|$)/;
const MAVEN_VALUED = /^(?:-[fsPTl]|-gs|--(?:file|settings|global-settings|activate-profiles|threads|log-file))$/;

function mavenFetch(
  { install }: SourceBeforeBuild,
  root: string | null,
  files: ProjectFiles | null,
  written: Written,
): Fetch | null {
  const { command } = install;
  if (command.env.size > 0 || command.args.some(({ prefix }) => MODULES.test(prefix))) return null;
  const kept: string[] = [];
  let pom = "pom.xml";
  for (let index = 0; index < command.args.length; index++) {
    const arg = command.args[index];
    if (!arg?.prefix.startsWith("-") || TESTS.test(arg.prefix)) continue;
    kept.push(written(arg));
    const value = MAVEN_VALUED.test(arg.prefix) ? command.args[++index] : undefined;
    if (value) kept.push(written(value));
    // Settings of the project would have to be copied, too; those of the image are there.
    if (/^(?:-s|-gs|--settings|--global-settings)/.test(arg.prefix) && value?.text?.startsWith("/usr/") !== true)
      return null;
    if (/^(?:-f|--file)$/.test(arg.prefix) && value?.text?.endsWith(".xml") === true)
      pom = value.text.slice(value.text.lastIndexOf("/") + 1);
  }
  const fetch = { command: [command.path, ...kept, "dependency:go-offline"].join(" "), inFolder: false };
  const wrapper = command.name === "mvnw" ? ["mvnw", ".mvn/"] : [];
  if (!files || root === null) return { ...fetch, names: [pom, ...wrapper] };
  const at = (name: string): string => (root === "" ? name : `${root}/${name}`);
  const text = files.read(at(pom)) ?? "";
  // Modules that need each other are not to be had before they are built; a parent beside it has to be there.
  const isAlone = !/<modules?>|<systemPath>|file:\/\//.test(text);
  const hasParent = text.includes("<parent>") && root !== "" && files.has(`${root.replace(/[^/]*$/, "")}pom.xml`);
  if (text === "" || !isAlone || hasParent) return null;
  const more = [...new Set([...wrapper, ".mvn/"])].filter((name) => files.has(at(name.replace(/\/$/, ""))));
  return { ...fetch, names: [pom, ...more] };
}

/** Options that `restore` has, too, and that decide what it brings; MSBuild's properties may. */
const RESTORED = /^(?:-r|--runtime|-a|--arch|--os|-s|--source|--packages)$/;
const PROPERTY = /^[-/]p(?:roperty)?:/;
/** Values of switches that may stand without one, and MSBuild's switches in the form of Windows. */
const NO_PROJECT = /^(?:true|false)$|^\/\w+(?::|$)/;

function dotnetFetch(
  { install }: SourceBeforeBuild,
  root: string | null,
  top: string,
  files: ProjectFiles | null,
  written: Written,
): Fetch | null {
  const { command } = install;
  if (command.env.size > 0 || command.args.some(({ prefix }) => /^(?:--configfile|@)/.test(prefix))) return null;
  const kept: string[] = [];
  command.args.forEach((arg, index) => {
    const [name = ""] = arg.prefix.split("=", 1);
    if (PROPERTY.test(arg.prefix)) kept.push(written(arg));
    if (!RESTORED.test(name)) return;
    kept.push(written(arg));
    const value = arg.prefix.includes("=") ? undefined : command.args[index + 1];
    if (value) kept.push(written(value));
  });
  const operands = install.operands.filter(({ prefix }) => !NO_PROJECT.test(prefix));
  const [operand] = operands;
  if (operands.length > 1 || operand?.text === null || operand?.pattern === true) return null;
  const words = [command.path, "restore", ...(operand ? [written(operand)] : []), ...kept];
  const fetch = { command: words.join(" "), inFolder: false };
  const project = operand?.text ?? "";
  if (files && root !== null) {
    const names = dotnetProject(project, root, top, files);
    return names && { ...fetch, names };
  }
  const isFile = /\.\w+proj$/.test(project);
  if (/\.slnx?$|^\//.test(project) || project.includes("..") || !(isFile || /^\.?$|\//.test(project))) return null;
  return { ...fetch, names: [isFile ? project : `${project === "" ? "" : `${project.replace(/\/+$/, "")}/`}*.csproj`] };
}
