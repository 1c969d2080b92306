/** Installs, fetches and builds of a project, each with what its stage had got from the context before. */
import type { EcosystemName } from "../ecosystems/ecosystem.js";
import type { Install } from "../ecosystems/install.js";
import type { Command } from "../shell/command.js";
import { contextCopy, type ContextCopy } from "./context-copies.js";
import type { Layers } from "../layers/layers.js";
import { knownWorkdir } from "../layers/state.js";
import type { Step } from "../layers/step.js";

export interface PlacedInstall {
  readonly step: Step;
  readonly install: Install;
  /** The project's folder in the image; a WORKDIR of the base image is taken to be `/`. Null when it is not known. */
  readonly folder: string | null;
  /** What came from the context before it, in the stage and those that it is built FROM. */
  readonly copies: readonly ContextCopy[];
  /** The step before it, of the same family, that installed, fetched or built already. */
  readonly earlier: Step | null;
  /** True when a command before it may have made the project's manifests. */
  readonly mayBeMade: boolean;
}

/** More copies than these in a stage are not looked at. */
const MOST_COPIES = 64;

/** Package managers that read the same manifests. */
const FAMILIES: Readonly<Partial<Record<EcosystemName, string>>> = {
  ...{ npm: "js", yarn: "js", pnpm: "js", bun: "js" },
  ...{ pip: "python", poetry: "python", uv: "python", pipenv: "python" },
  ...{ maven: "jvm", gradle: "jvm" },
};

/** What a chain of stages has so far. */
interface Chain {
  readonly copies: readonly ContextCopy[];
  readonly earlier: ReadonlyMap<string, Step>;
  readonly mayBeMade: boolean;
}

/** Programs that make a new project, and the commands by which they do; also `create-vite` and the like. */
const GENERATORS: ReadonlySet<string> = new Set(
  "npm yarn pnpm bun cargo dotnet poetry uv composer bundle rails gradle mix npx ng django-admin".split(" "),
);
const GENERATES: ReadonlySet<string> = new Set(["init", "new", "create", "startproject", "phx.new"]);

const NOTHING_YET: Chain = { copies: [], earlier: new Map(), mayBeMade: false };

/** Worked out once for a file: several rules ask. */
const PLACED = new WeakMap<Layers, readonly PlacedInstall[]>();

/** All installs of the file but those of ONBUILD, in its order. */
export function placedInstalls(layers: Layers): readonly PlacedInstall[] {
  let found = PLACED.get(layers);
  if (!found) PLACED.set(layers, (found = placed(layers)));
  return found;
}

function placed({ byStage }: Layers): readonly PlacedInstall[] {
  const found: PlacedInstall[] = [];
  const ends: Chain[] = [];
  for (const steps of byStage) {
    const base = steps[0]?.stage.base;
    let chain = (base && ends[base.index]) ?? NOTHING_YET;
    for (const step of steps) {
      const copy = contextCopy(step);
      if (copy && chain.copies.length < MOST_COPIES) chain = { ...chain, copies: [...chain.copies, copy] };
      if (step.instruction.type === "Run") chain = run(step, chain, found);
    }
    ends.push(chain);
  }
  return found;
}

function run(step: Step, before: Chain, found: PlacedInstall[]): Chain {
  const { script, installs } = step.work;
  if (script?.kind !== "commands") return before;
  const byCommand = new Map(installs.map((install) => [install.command, install] as const));
  let chain = before;
  for (const command of script.commands) {
    const install = byCommand.get(command);
    if (fetchesModules(command) && !chain.earlier.has("go")) {
      chain = { ...chain, earlier: new Map(chain.earlier).set("go", step) };
    }
    if (makesProject(command)) chain = { ...chain, mayBeMade: true };
    if (!install || install.kind === "tool") continue;
    const { copies, mayBeMade } = chain;
    const family = FAMILIES[install.ecosystem.name] ?? install.ecosystem.name;
    const placed = { step, install, folder: folderOf(install, step), copies, mayBeMade };
    if (!step.triggered) found.push({ ...placed, earlier: chain.earlier.get(family) ?? null });
    if (!chain.earlier.has(family)) chain = { ...chain, earlier: new Map(chain.earlier).set(family, step) };
  }
  return chain;
}

/** Go fetches modules for these, too, but reads the source to know which. */
function fetchesModules({ name, args }: Command): boolean {
  const [first, second] = [args[0]?.text, args[1]?.text];
  return name === "go" && (first === "get" || (first === "mod" && (second === "tidy" || second === "vendor")));
}

/** Commands that write manifests: `npm init`, `go mod init`, `git clone`. */
function makesProject({ name, args, redirects }: Command): boolean {
  const first = args[0]?.text ?? "";
  const second = args[1]?.text ?? "";
  if (GENERATORS.has(name) && (GENERATES.has(first) || first.startsWith("create-"))) return true;
  if (name === "go" && first === "mod" && second === "init") return true;
  if (name === "git" && args.some(({ text }) => text === "clone")) return true;
  return redirects.some(
    ({ kind, target }) => kind === "write" && /(?:\.json|\.txt|\.toml|\.mod|\.lock|file)$/i.test(target.text ?? ""),
  );
}

function folderOf({ folder, ecosystem, command }: Install, { state, instruction }: Step): string | null {
  if (folder !== null || knownWorkdir(state) !== null || state.windows) return folder;
  const text = [instruction.args?.text ?? "", ...instruction.heredocs.map(({ content }) => content)].join("\n");
  const isElsewhere =
    /\b(?:cd|pushd)\b/.test(text) ||
    command.args.some(({ prefix }) => ecosystem.folder.some((one) => prefix.startsWith(one)));
  return isElsewhere ? null : state.workdir.path;
}
