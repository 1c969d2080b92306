/** What each kind of instruction does: cost, volatility, reads and writes. */
import type { CommandInstruction, Instruction } from "../../syntax/nodes.js";
import { installOf } from "../ecosystems/install.js";
import { NOTHING, uniteEffects, UNKNOWN_EFFECTS, type Access, type Effects, type Setting } from "../effects/effects.js";
import { ALL_NAMES, matchesName, names, NO_NAMES, type NameSet } from "../effects/names.js";
import { ALL_PATHS, coversPaths, folderMarks, NO_PATHS, pathSet, type PathSet } from "../effects/paths.js";
import { once } from "../../once.js";
import type { Command } from "../shell/command.js";
import { modelCommands } from "../shell/commands/commands.js";
import { pathOf, type Surroundings, type Volatility } from "../shell/commands/model.js";
import { BUILD_METADATA } from "../shell/commands/variables.js";
import { DEFAULT_SHELL } from "../shell/dialect.js";
import { readRun } from "../shell/run.js";
import { entryOf } from "./environment.js";
import { volatilityOf } from "./exposure.js";
import type { Mount } from "./mounted.js";
import { enter, knownWorkdir, namesIn, textOf, type State } from "./state.js";
import type { Step, Work } from "./step.js";
import type { LayerInputs } from "./steps.js";

const NO_WORK: Omit<Work, "effects" | "volatility" | "cost"> = { inputs: [], script: null, installs: [] };

/** Where names of users are looked up. */
const ACCOUNTS = ["/etc/passwd", "/etc/group"];

export function workOf(step: Omit<Step, "work">, mounts: readonly Mount[], inputs: LayerInputs): Work {
  const { instruction, state } = step;
  if (instruction.type === "Run") return runWork(instruction, state, mounts, inputs);
  // Most of what is asked of the others is whether they have commands.
  let known: Work | null = null;
  const all = (): Work => (known ??= otherWork(step, inputs.source.escape));
  return {
    ...NO_WORK,
    get cost() {
      return all().cost;
    },
    get volatility() {
      return all().volatility;
    },
    get effects() {
      return all().effects;
    },
  };
}

function otherWork(step: Omit<Step, "work">, escape: string): Work {
  const { instruction, state } = step;
  switch (instruction.type) {
    case "Copy":
    case "Add":
      return copyWork(step);
    case "From": {
      const all: Access = { paths: ALL_PATHS, env: ALL_NAMES, settings: ["user", "workdir", "shell", "metadata"] };
      return { ...NO_WORK, cost: 0, volatility: 0, effects: { reads: all, writes: all } };
    }
    case "Arg":
    case "Env": {
      const written = instruction.pairs.map(({ name }) => name.text);
      const isMetadata = written.some((name) => BUILD_METADATA.some((pattern) => matchesName(pattern, name)));
      const isVolatile = isMetadata && instruction.type === "Arg";
      const env = written.some((name) => name.includes("$")) ? ALL_NAMES : names(...written);
      const effects = { reads: reading(instruction), writes: { ...NOTHING, env } };
      return { ...NO_WORK, cost: 0, volatility: isVolatile ? 8 : 2, effects };
    }
    case "User":
      return { ...NO_WORK, cost: 0, volatility: 3, effects: setting(instruction, "user") };
    case "Shell":
      return { ...NO_WORK, cost: 0, volatility: 2, effects: setting(instruction, "shell") };
    case "Workdir":
      return workdirWork(instruction, state, escape);
    default: {
      const reads = reading(
        instruction,
        instruction.type === "Cmd" || instruction.type === "Entrypoint" ? ["shell"] : [],
      );
      return { ...NO_WORK, cost: 0, volatility: 6, effects: { reads, writes: { ...NOTHING, settings: ["metadata"] } } };
    }
  }
}

/** The variables that an instruction's words use. */
function reading(instruction: Instruction, settings: readonly Setting[] = []): Access {
  return { paths: NO_PATHS, env: names(...namesIn(instruction.args?.text ?? "")), settings };
}

function setting(instruction: Instruction, one: Setting): Effects {
  return { reads: reading(instruction), writes: { ...NOTHING, settings: [one] } };
}

function workdirWork(instruction: Instruction, state: State, escape: string): Work {
  const text = instruction.args ? textOf(instruction.args, state, escape) : null;
  const folder = text ? enter(state.workdir, text) : state.workdir;
  const isKnown = folder.known && !state.windows;
  const isRelative = text?.text?.startsWith("/") !== true;
  const marks = isKnown && folder.path !== "/" ? [`${folder.path}/.`, ...folderMarks([folder.path])] : [];
  const made: PathSet = isKnown ? pathSet([], marks) : ALL_PATHS;
  const reads: Access = {
    paths: isKnown ? pathSet(state.user === null || isRoot(state.user) ? [] : ACCOUNTS, marks) : ALL_PATHS,
    env: names(...namesIn(instruction.args?.text ?? "")),
    settings: isRelative ? ["user", "workdir"] : ["user"],
  };
  const effects = { reads, writes: { ...NOTHING, paths: made, settings: ["workdir"] as const } };
  return { ...NO_WORK, cost: folder.path === "/" ? 0 : 1, volatility: 3, effects };
}

function copyWork({ copied, state, content }: Omit<Step, "work">): Work {
  const destination = state.windows ? null : (copied?.destination ?? null);
  const paths = destination === null ? [] : [destination];
  const written =
    destination === null ? ALL_PATHS : pathSet(paths, folderMarks(paths.map((path) => path.replace(/(.)\/$/, "$1/x"))));
  const isNamed = !/^\d*(?::\d*)?$/.test(copied?.owner ?? "");
  const reads: Access = {
    paths:
      destination === null
        ? ALL_PATHS
        : pathSet(
            isNamed ? [...paths, ...ACCOUNTS] : paths,
            written.paths.filter((path) => path.endsWith("/.")),
          ),
    env: names(...(copied?.names ?? [])),
    settings: copied?.relative === true ? ["workdir"] : [],
  };
  const isRemote = content.some(({ from }) => from.kind === "url");
  const volatility = volatilityOfContent(copied?.sources ?? [], content, state);
  return { ...NO_WORK, cost: isRemote ? 3 : 1, volatility, effects: { reads, writes: { ...NOTHING, paths: written } } };
}

function volatilityOfContent(
  sources: readonly (string | null)[],
  content: Step["content"],
  { exposure }: State,
): Volatility {
  const kinds = new Set(content.map(({ from }) => from.kind));
  if (kinds.has("stage")) return Math.max(exposure, 6) as Volatility;
  const most = sources.reduce<number>(
    (so, source) => Math.max(so, source === null ? 7 : volatilityOf(source)),
    kinds.has("inline") ? 6 : 2,
  );
  return kinds.has("context") ? (most as Volatility) : kinds.has("inline") ? 6 : 2;
}

function runWork(
  run: CommandInstruction,
  state: State,
  mounts: readonly Mount[],
  { source, shell }: LayerInputs,
): Work {
  const { windows } = state;
  const home = homeOf(state);
  const lookup = (name: string): string | null | undefined => {
    const entry = entryOf(state.environment, name);
    if (!entry && name === "HOME") return home ?? undefined;
    return entry ? entry.value : undefined;
  };
  const script = readRun(
    run,
    { text: source.text, workdir: knownWorkdir(state), lookup, shell: state.shell, windows },
    shell,
  );
  const around: Surroundings = { programs: programsOf(state), home };
  const commands: readonly Command[] = script.kind === "foreign" ? [] : script.commands;
  const isComplete = (): boolean =>
    script.kind === "commands" && script.complete && !commands.some((command) => removesFolder(command, state));
  // Most rules ask for the commands alone.
  const modelled = once(() => modelCommands(commands, isComplete(), around));
  const effects = once(() => uniteEffects([modelled().effects, surroundingsOf(run, state, mounts)]));
  return {
    get cost() {
      return modelled().cost;
    },
    get volatility() {
      const { inputs, volatility } = modelled();
      // What reads anything changes with the most volatile thing that is there.
      return inputs === null && volatility === 7 ? (Math.min(state.exposure, 7) as Volatility) : volatility;
    },
    get effects() {
      return effects();
    },
    get inputs() {
      return modelled().inputs;
    },
    script,
    installs: commands.flatMap((command) => installOf(command) ?? []),
  };
}

/** What any RUN depends on besides its commands: user, folder, shell, and the variables in its text. */
function surroundingsOf(run: CommandInstruction, state: State, mounts: readonly Mount[]): Effects {
  const text = [run.args?.text ?? "", ...run.heredocs.map(({ content }) => content)].join("\n");
  // Arithmetic, tests and indirection name variables without a `$`.
  const isOpen = /\(\(|\[\[|\$\[|\$\{!|\bdeclare\b|\bprintenv\b/.test(text);
  const used: NameSet = isOpen ? ALL_NAMES : names(...namesIn(text), ...mounts.flatMap((mount) => mount.names));
  const paths: string[] = [];
  if (state.user !== null && !isRoot(state.user)) paths.push(...ACCOUNTS);
  const isDefault = run.exec !== null || state.shell[0] === DEFAULT_SHELL[0];
  if (!isDefault && state.shell[0]?.startsWith("/") === true) paths.push(state.shell[0]);
  const settings: Setting[] = run.exec === null ? ["user", "workdir", "shell"] : ["user", "workdir"];
  const isUnplaced = !isDefault && paths.length === 0;
  const reads = { paths: isUnplaced ? ALL_PATHS : pathSet(paths), env: used, settings };
  return state.windows ? UNKNOWN_EFFECTS : { reads, writes: { ...NOTHING, env: NO_NAMES } };
}

/** The folder that RUN starts in is made anew where it is gone, so who removes it has an effect on every other RUN. */
function removesFolder({ name, args, cwd }: Command, state: State): boolean {
  if (!/^(?:rm|rmdir|mv|find)$/.test(name)) return false;
  const folder = pathSet([state.workdir.path]);
  return args.some((arg) => {
    const path = arg.pattern || arg.prefix.startsWith("-") ? null : pathOf(arg, cwd);
    return path !== null && coversPaths(pathSet([path]), folder);
  });
}

/** The folders of PATH that this file names. */
function programsOf({ environment }: State): readonly string[] {
  const known = entryOf(environment, "PATH")?.known ?? "";
  return known.split(":").filter((folder) => folder.startsWith("/") && folder !== "/");
}

function homeOf({ environment, user }: State): string | null {
  const home = entryOf(environment, "HOME");
  if (home) return home.value;
  return user !== null && isRoot(user) ? "/root" : null;
}

function isRoot(user: string): boolean {
  return /^(?:root|0)(?::|$)/.test(user);
}
