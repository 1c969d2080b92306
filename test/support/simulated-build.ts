/**
 * A toy of `docker build` for the Dockerfiles of the property tests: it reads the text on its own, without the parser
 * and the model under test, and tells what each command saw of the world.
 */
import { at, makeFolder, newWorld, parent } from "../facts/layers/simulator.js";
import { expand, normal, runScript, type Built } from "./simulated-commands.js";

/** The build context: path -> text. */
export type Context = Readonly<Record<string, string>>;

export interface BuildResult {
  /** Every instruction and command, in words of its own -> what it saw, as often as it ran. */
  readonly seen: ReadonlyMap<string, readonly string[]>;
  /** What the last stage holds at its end: files, variables, user, folder, shell, metadata. */
  readonly image: unknown;
}

interface Line {
  readonly keyword: string;
  readonly args: string;
  /** The text of its heredoc; null without one. */
  readonly body: string | null;
}

/** Builds the last stage of `text`, all stages before it first. `args` are build arguments. */
export function build(text: string, context: Context, args: Readonly<Record<string, string>> = {}): BuildResult {
  const seen = new Map<string, string[]>();
  const stages = new Map<string, Built>();
  const globals = new Map<string, string>();
  let world: Built | null = null;
  for (const line of linesOf(text)) {
    if (line.keyword === "FROM") {
      const [image = "", , name = String(stages.size)] = line.args.split(" ");
      world = startOf(image, stages);
      stages.set(name, world);
    } else if (world === null) {
      const [name = "", value] = line.args.split("=");
      const given = args[name] ?? value;
      if (given !== undefined) globals.set(name, given);
    } else {
      const note = (what: string, saw: string): void => void seen.set(what, [...(seen.get(what) ?? []), saw]);
      step(line, world, { note, context, stages, globals, args });
    }
  }
  if (!world) return { seen, image: null };
  const { files, env, user, cwd, shell, metadata } = world;
  return {
    seen,
    image: { files: [...files].sort(), env: [...env].sort(), user, cwd, shell, metadata: [...metadata].sort() },
  };
}

interface Surroundings {
  readonly note: (what: string, saw: string) => void;
  readonly context: Context;
  readonly stages: ReadonlyMap<string, Built>;
  readonly globals: ReadonlyMap<string, string>;
  readonly args: Readonly<Record<string, string>>;
}

/** Continuations joined, comments and blank lines gone. */
function linesOf(text: string): Line[] {
  const rest = text.split(/\r?\n/);
  const found: Line[] = [];
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    let whole = line.trim();
    while (whole.endsWith("\\")) {
      const next = rest.shift() ?? "";
      if (!/^\s*(?:#|$)/.test(next)) whole = `${whole.slice(0, -1).trim()} ${next.trim()}`;
      else if (next.trim() === "" && rest.length === 0) break;
    }
    const [, keyword = "", args = ""] = /^(\S+)\s*(.*)$/.exec(whole) ?? [];
    const [, end] = /<<(\w+)/.exec(args) ?? [];
    const body: string[] = [];
    for (let inner = end && rest.shift(); inner !== undefined && inner !== end; inner = rest.shift()) body.push(inner);
    found.push({ keyword, args, body: end === undefined ? null : body.join("\n") });
  }
  return found;
}

function startOf(image: string, stages: ReadonlyMap<string, Built>): Built {
  const base = stages.get(image);
  if (base) {
    return { ...base, files: new Map(base.files), env: new Map(base.env), metadata: new Map(base.metadata) };
  }
  const world = newWorld();
  makeFolder(world.files, "/usr/local/lib", "root");
  world.files.set("/etc/os-release", image);
  return { ...world, metadata: new Map() };
}

function step({ keyword, args, body }: Line, world: Built, around: Surroundings): void {
  const { env } = world;
  const text = body === null ? `${keyword} ${args}` : `${keyword} ${args}\n${body}`;
  const expanded = expand(args, env);
  switch (keyword) {
    case "ARG": {
      const [name = "", value] = args.split("=");
      const given = around.args[name] ?? (value === undefined ? around.globals.get(name) : expand(value, env));
      if (given !== undefined) env.set(name, given);
      break;
    }
    case "ENV":
      for (const pair of expanded.split(" ")) env.set(pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1));
      break;
    case "USER":
      world.user = expanded;
      break;
    case "SHELL":
      world.shell = args;
      break;
    case "WORKDIR": {
      world.cwd = normal(at(world, expanded));
      makeFolder(world.files, world.cwd, world.user);
      // By what it means: a folder may be named in several ways.
      around.note(`WORKDIR ${world.cwd}`, "");
      return;
    }
    case "COPY":
      around.note(text, copy(args, body, world, around));
      return;
    case "RUN":
      runScript(body ?? args, world, around.note);
      return;
    default: {
      // One label does not replace another, one CMD does.
      const key = keyword === "LABEL" ? `LABEL ${args.split("=")[0] ?? ""}` : keyword;
      const value = keyword === "EXPOSE" ? `${world.metadata.get(key) ?? ""} ${expanded}` : expanded;
      world.metadata.set(key, keyword === "CMD" ? `${value} by ${world.shell}` : value);
    }
  }
  around.note(text, expanded);
}

/** What it saw: where it goes, to whom, and what is there. */
function copy(args: string, body: string | null, world: Built, { context, stages }: Surroundings): string {
  const words = args.split(" ").filter((word) => word !== "");
  const flags = new Map(
    words.filter((word) => word.startsWith("--")).map((word) => word.slice(2).split("=") as [string, string]),
  );
  const [target = "", ...sources] = words.filter((word) => !word.startsWith("--")).reverse();
  const to = normal(at(world, expand(target, world.env)));
  const owner = flags.get("chown") ?? "0";
  const account = /^\d/.test(owner) ? owner : `${owner} of ${world.files.get("/etc/passwd") ?? ""}`;
  const there = world.files.get(to) ?? "nothing";
  const saw = JSON.stringify([to, account, there.startsWith("folder") || there === "nothing" ? "" : there]);
  const from = flags.get("from");
  const files = from === undefined ? sent(context) : new Map([...(stages.get(from)?.files ?? [])]);
  if (body !== null) {
    const content = expand(body, world.env);
    makeFolder(world.files, parent(to), "root");
    world.files.set(to, `${content} of ${account}`);
    return saw + content;
  }
  const isFolder = /(?:^|\/)\.?$/.test(target) || sources.length > 1 || there.startsWith("folder");
  for (const source of sources) {
    const start = from === undefined ? source.replace(/^\.(?:\/|$)/, "") : source;
    const pattern = new RegExp(`^${start.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")}$`);
    for (const [path, content] of files) {
      if (content.startsWith("folder")) continue;
      // `COPY src /x` brings what is in src, `COPY f /x/` the file itself.
      const inside = start === "" ? path : path.startsWith(`${start}/`) ? path.slice(start.length + 1) : null;
      const name = path.slice(path.lastIndexOf("/") + 1);
      const goes = inside !== null ? `${to}/${inside}` : !pattern.test(path) ? null : isFolder ? `${to}/${name}` : to;
      if (goes === null) continue;
      makeFolder(world.files, parent(normal(goes)), "root");
      world.files.set(normal(goes), `${content} of ${account}`);
    }
  }
  return saw;
}

/** What is sent to the builder: all but what .dockerignore names. */
function sent(context: Context): Map<string, string> {
  const ignored = (context[".dockerignore"] ?? "").split("\n").filter((name) => name !== "");
  return new Map(
    Object.entries(context).filter(([path]) => !ignored.some((name) => path === name || path.startsWith(`${name}/`))),
  );
}
