/** Package managers of languages, from the tables of ecosystems. */
import { ALL_NAMES } from "../../effects/names.js";
import { ALL_PATHS } from "../../effects/paths.js";
import { installOf, type Install } from "../../ecosystems/install.js";
import { filesOf } from "../../ecosystems/manifests.js";
import { access, homeFolders, onFiles, programFolders, type Model, type Modelled, type Surroundings } from "./model.js";
import { SCRIPT_VARIABLES } from "./variables.js";

/** Tools whose build files read any variable as a setting. */
const READS_ALL_VARIABLES: ReadonlySet<string> = new Set(["dotnet", "gradle", "maven"]);

export const languageInstalls: Model = (command, around) => {
  const install = installOf(command);
  if (!install) return null;
  if (install.kind === "build") return building(install);
  return install.kind === "tool" ? installingTools(install, around) : installing(install, around);
};

/** Packages named on the command line: they land in the toolchain's own folders, or in the project that it stands in. */
function installingTools({ ecosystem, command }: Install, around: Surroundings): Modelled {
  const { cwd } = command;
  const places = [
    ...homeFolders(around),
    "/usr/local",
    "/usr/lib",
    "/usr/bin",
    "/usr/share",
    "/opt",
    "/go",
    ...around.programs,
  ];
  if (cwd === null) return unknownPlace(2);
  // Settings beside the command count (`.npmrc`), and so does a project: only these files of the folder are read.
  const own = [...ecosystem.manifests, ...ecosystem.lockfiles]
    .filter((path) => !/[*]/.test(path))
    .map((path) => `${cwd}/${path}`);
  const output = ecosystem.output.map((path) => `${cwd}/${path}`);
  const reads = [
    ...programFolders(around),
    ...homeFolders(around),
    ...own,
    ...output,
    ...(command.name.startsWith("python") ? [cwd] : []),
  ];
  const effects = onFiles(reads, [...places, ...own, ...output], SCRIPT_VARIABLES);
  return { effects, cost: 3, volatility: 2, inputs: [] };
}

/** What manifests name. Scripts of the project may run, so all of its folder counts as read and written. */
function installing(install: Install, around: Surroundings): Modelled {
  const inputs = install.readsSource ? null : filesOf(install);
  const { folder, ecosystem } = install;
  const cost = install.offline ? 2 : 3;
  if (folder === null) return { ...unknownPlace(5), inputs, cost };
  const places = [
    folder,
    ...homeFolders(around),
    "/usr/local",
    "/usr/lib",
    "/opt",
    "/go",
    "/tmp",
    "/var/cache",
    ...around.programs,
  ];
  const env = READS_ALL_VARIABLES.has(ecosystem.name) ? ALL_NAMES : SCRIPT_VARIABLES;
  const effects = onFiles([...programFolders(around), ...places], places, env);
  return { effects, cost, volatility: install.readsSource ? 7 : 5, inputs };
}

function building({ offline }: Install): Modelled {
  return { ...unknownPlace(7), inputs: null, cost: offline ? 2 : 3 };
}

/** Reads and writes any file. */
function unknownPlace(volatility: 2 | 5 | 7): Modelled {
  const effects = { reads: access(ALL_PATHS, ALL_NAMES), writes: access(ALL_PATHS) };
  return { effects, cost: 3, volatility, inputs: [] };
}
