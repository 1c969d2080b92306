/** Users and groups. */
import { commandLine, optionValue } from "../command-line.js";
import { onFiles, pathOf, programFolders, type Model } from "./model.js";
import { FILE_VARIABLES } from "./variables.js";

const DATABASES = ["passwd", "shadow", "group", "gshadow", "subuid", "subgid"].flatMap((name) => [
  `/etc/${name}`,
  `/etc/${name}-`,
]);

const VALUED = new Set([
  ...[
    "-u",
    "--uid",
    "-g",
    "--gid",
    "-G",
    "--groups",
    "-s",
    "--shell",
    "-c",
    "--comment",
    "-d",
    "--home",
    "--home-dir",
    "-h",
    "-k",
  ],
  ...[
    "--ingroup",
    "--gecos",
    "-e",
    "-f",
    "-p",
    "--password",
    "-K",
    "-b",
    "--base-dir",
    "-R",
    "-P",
    "--prefix",
    "--root",
    "-l",
    "-L",
  ],
]);

/** useradd, adduser, groupadd, addgroup, usermod, …: they number what they add, so their order among one another counts. */
export const users: Model = (command, around) => {
  const line = commandLine(command, VALUED);
  if (["-R", "--root", "-P", "--prefix"].some((option) => line.options.has(option) && !command.name.startsWith("add")))
    return null;
  const home = optionValue(line, "-d", "--home", "--home-dir", ...(command.name === "adduser" ? ["-h"] : []));
  const folder = home === null ? "/home" : pathOf(home, command.cwd);
  if (folder === null) return null;
  const writes = [...DATABASES, folder, "/home", "/var/mail", "/var/spool/mail", "/var/log"];
  const effects = onFiles([...programFolders(around), "/etc", folder, "/home"], writes, FILE_VARIABLES);
  return { effects, cost: 1, volatility: 3, inputs: [] };
};

export const USER_COMMANDS = [
  "useradd",
  "adduser",
  "usermod",
  "userdel",
  "deluser",
  "groupadd",
  "addgroup",
  "groupmod",
  "groupdel",
  "delgroup",
];
