/** What the commands of the property tests do to a toy image, and what they see of it. */
import { around, at, makeFolder, remove, tree, write, type World } from "../facts/layers/simulator.js";

export interface Built extends World {
  readonly metadata: Map<string, string>;
}

/** Variables that package managers mind whatever they install. */
const SYSTEM = ["PATH", "TZ", "DEBIAN_FRONTEND", "HTTP_PROXY", "LC_ALL"];
/** Says which commit is built; no package manager reads it. */
const BUILD_METADATA = ["GIT_SHA", "BUILD_DATE"];

/** The commands of a RUN, one behind another; `cd` holds for those behind it. */
export function runScript(script: string, world: Built, note: (what: string, saw: string) => void): void {
  const { cwd } = world;
  for (const command of script.split(/\s*(?:&&|;|\n)\s*/)) {
    if (command.trim() === "") continue;
    note(`$ ${command}`, runCommand(command, world));
  }
  world.cwd = cwd;
}

function runCommand(command: string, world: Built): string {
  const words = command.split(/\s+/);
  const [name = ""] = words;
  const operands = words.slice(1).filter((word) => !word.startsWith("-"));
  const [first = "", second = ""] = operands;
  const place = (path: string): string => normal(at(world, expand(path, world.env)));
  const saw = around(world, SYSTEM);
  switch (name) {
    case "cd":
      world.cwd = place(first);
      return saw;
    case "mkdir":
      for (const path of operands) makeFolder(world.files, place(path), world.user);
      return saw;
    case "touch":
      return saw + write(world, place(first), "touched");
    case "rm":
      for (const path of operands) remove(world, place(path.replace(/\/\*$/, "")));
      return saw;
    case "chown": {
      const path = place(second);
      const owned = tree(world, path);
      for (const [file, content] of world.files)
        if (file === path || file.startsWith(`${path}/`)) world.files.set(file, `${content} of ${first}`);
      return saw + owned + (/^\d/.test(first) ? "" : (world.files.get("/etc/passwd") ?? ""));
    }
    case "useradd":
      world.files.set("/etc/passwd", `${world.files.get("/etc/passwd") ?? ""} ${first}`);
      makeFolder(world.files, `/home/${first}`, first);
      return saw + tree(world, "/etc");
    case "echo": {
      const content = expand(command.slice(0, command.indexOf(">")), world.env);
      return saw + content + write(world, place(words.at(-1) ?? ""), content);
    }
    case "curl":
      return saw + write(world, place(words[words.indexOf("-o") + 1] ?? ""), "download");
    case "apt-get":
    case "apk":
      return saw + systemPackages(first, operands.slice(1), world);
    case "npm":
      return saw + npm(first, world);
    case "pip":
      return saw + pip(words, operands.slice(1), world);
    default: {
      // `make` and all that nobody knows: sees everything, and leaves something that shows it.
      const everything = saw + others(world) + tree(world, "/");
      write(world, place(`out-of-${name.replace(/\W/g, "")}`), short(everything));
      return everything;
    }
  }
}

function systemPackages(verb: string, packages: readonly string[], world: Built): string {
  const saw = tree(world, "/etc") + tree(world, "/usr/bin") + tree(world, "/var/lib/dpkg");
  if (verb === "update") {
    makeFolder(world.files, "/var/lib/apt/lists", "root");
    world.files.set("/var/lib/apt/lists/index", "index");
    return saw;
  }
  for (const name of packages) world.files.set(`/usr/bin/${name}`, name);
  // Packages bring users along.
  const users = [world.files.get("/etc/passwd") ?? "", ...packages.map((name) => `_${name}`)];
  world.files.set("/etc/passwd", users.join(" "));
  world.files.set("/var/lib/dpkg/status", `${world.files.get("/var/lib/dpkg/status") ?? ""} ${packages.join(" ")}`);
  return saw + (world.files.get("/var/lib/apt/lists/index") ?? "");
}

/** `npm ci` and `npm install` read the manifests, and all of the project when its install scripts run. */
function npm(verb: string, world: Built): string {
  const manifests = ["package.json", "package-lock.json", ".npmrc"].map(
    (name) => world.files.get(at(world, name)) ?? null,
  );
  const isWhole = verb === "run" || /"(?:pre|post)?install"|"prepare"/.test(manifests[0] ?? "");
  const folder = at(world, "node_modules");
  const project = isWhole ? withoutModules(world) : JSON.stringify(manifests);
  const saw = project + tree(world, "/usr/bin") + others(world);
  if (verb === "run") {
    const all = saw + tree(world, folder);
    makeFolder(world.files, at(world, "dist"), world.user);
    world.files.set(at(world, "dist/main.js"), short(all));
    return all;
  }
  remove(world, folder);
  makeFolder(world.files, folder, world.user);
  world.files.set(`${folder}/installed`, short(saw));
  return saw;
}

function withoutModules(world: Built): string {
  const files = new Map([...world.files].filter(([path]) => !path.startsWith(at(world, "node_modules"))));
  return tree({ ...world, files }, world.cwd);
}

function pip(words: readonly string[], operands: readonly string[], world: Built): string {
  const list = !words.includes("-r") ? null : at(world, words[words.indexOf("-r") + 1] ?? "");
  const wanted = list === null ? operands.join(" ") : (world.files.get(list) ?? "missing");
  const site = "/usr/local/lib/python";
  const saw = JSON.stringify([wanted, tree(world, site), tree(world, "/usr/bin")]) + others(world);
  makeFolder(world.files, site, world.user);
  world.files.set(`${site}/installed`, short(saw));
  return saw;
}

/** All variables but those that only name the commit. */
function others({ env }: Built): string {
  return JSON.stringify([...env].filter(([name]) => !BUILD_METADATA.includes(name)).sort());
}

/** Differs where the text does, and does not grow from step to step. */
function short(text: string): string {
  let hash = 7;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return `made of ${String(hash)}`;
}

/** Variables put in. */
export function expand(text: string, env: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => env.get(name) ?? "");
}

/** Without `.` and `/` at the end. */
export function normal(path: string): string {
  return `/${path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")}`;
}
