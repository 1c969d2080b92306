/** All modelled commands. */
import { NOTHING, uniteEffects, UNKNOWN_EFFECTS } from "../../effects/effects.js";
import { once } from "../../../once.js";
import type { Command } from "../command.js";
import { buildCommands } from "./builds.js";
import { curl, git, tar, unzip, wget } from "./downloads.js";
import { fileCommands, redirectPaths } from "./files.js";
import { filterCommands } from "./filters.js";
import { languageInstalls } from "./installs.js";
import { onFiles, type Model, type Modelled, type Surroundings } from "./model.js";
import { systemPackages } from "./system-packages.js";
import { TOOL_COMMANDS, tools } from "./tools.js";
import { USER_COMMANDS, users } from "./users.js";

const DOWNLOADS: ReadonlyMap<string, Model> = new Map([
  ["curl", curl],
  ["wget", wget],
  ["tar", tar],
  ["unzip", unzip],
  ["git", git],
]);

const USERS: ReadonlySet<string> = new Set(USER_COMMANDS);
const TOOLS: ReadonlySet<string> = new Set(TOOL_COMMANDS);

/** A command that nothing is known of: it reads and writes everything, and what it costs is not known, either. */
const UNKNOWN_COMMAND: Modelled = { effects: UNKNOWN_EFFECTS, cost: 2, volatility: 7, inputs: null };

/** What is known of a command, its redirections included; `UNKNOWN_COMMAND` when nothing is. */
export function modelCommand(command: Command, around: Surroundings): Modelled {
  if (around.programs.length > 0 || around.home !== null) return model(command, around);
  let found = MODELS.get(command);
  if (!found) MODELS.set(command, (found = model(command, around)));
  return found;
}

/** Where nothing is known of the surroundings: worked out once for a command, since several rules ask, too. */
const MODELS = new WeakMap<Command, Modelled>();

function model(command: Command, around: Surroundings): Modelled {
  const modelled = command.name === "" ? WITHOUT_NAME : byName(command, around);
  const redirects = redirectPaths(command);
  if (modelled === null) return fileCommands().has(command.name) ? { ...UNKNOWN_COMMAND, cost: 1 } : UNKNOWN_COMMAND;
  if (redirects === null) return { ...modelled, effects: UNKNOWN_EFFECTS };
  // A variable for this command alone can change which program runs, and how.
  const changesProgram = [...command.env.keys()].some((name) => /^(?:PATH|LD_|BASH_ENV$|ENV$|IFS$)/.test(name));
  if (changesProgram) return { ...modelled, effects: UNKNOWN_EFFECTS };
  if (redirects.reads.length + redirects.writes.length === 0) return modelled;
  const effects = uniteEffects([modelled.effects, onFiles(redirects.reads, redirects.writes)]);
  const inputs = modelled.inputs && [...modelled.inputs, ...redirects.reads];
  return { ...modelled, effects, inputs };
}

const WITHOUT_NAME: Modelled = { effects: { reads: NOTHING, writes: NOTHING }, cost: 1, volatility: 3, inputs: [] };

function byName(command: Command, around: Surroundings): Modelled | null {
  const { name } = command;
  // `./apt-get` and `/app/rm` are not the programs of those names; of `./mvnw` and `./gradlew` that is known.
  const isOwn = command.path.includes("/") && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(command.path);
  if (isOwn && !/^(?:mvnw|gradlew|configure|pip3?|python3?|poetry|uv|composer\.phar)$/.test(name)) return null;
  const system = systemPackages(command, around);
  if (system) return system;
  if (USERS.has(name)) return users(command, around);
  const file = fileCommands().get(name) ?? filterCommands().get(name) ?? DOWNLOADS.get(name);
  if (file) return file(command, around);
  const installed = languageInstalls(command, around);
  if (installed) return installed;
  if (TOOLS.has(name)) return tools(command, around);
  return buildCommands().get(name)?.(command, around) ?? null;
}

/** What a RUN does with all of its commands; `complete` as in the reading of it. */
export function modelCommands(commands: readonly Command[], complete: boolean, around: Surroundings): Modelled {
  const all = commands.map((command) => modelCommand(command, around));
  if (!complete) all.push(UNKNOWN_COMMAND);
  const effects = once(() => uniteEffects(all.map((one) => one.effects)));
  const inputs = all.some((one) => one.inputs === null) ? null : all.flatMap((one) => one.inputs ?? []);
  return {
    get effects() {
      return effects();
    },
    cost: all.reduce<Modelled["cost"]>((most, { cost }) => (cost > most ? cost : most), 0),
    volatility: all.reduce<Modelled["volatility"]>(
      (most, { volatility }) => (volatility > most ? volatility : most),
      0,
    ),
    inputs,
  };
}
