/** A toy of a container build: each step sees a state and leaves another, so that two orders can be compared. */

/** Path -> what is there, in words that differ where the content does. Folders are `folder of USER`. */
type Files = Map<string, string>;

export interface World {
  readonly files: Files;
  readonly env: Map<string, string>;
  user: string;
  cwd: string;
  shell: string;
}

/** A line of a Dockerfile, and what it does; `run` gives back all that the step saw of the world. */
export interface ToyStep {
  readonly line: string;
  readonly run: (world: World) => string;
}

export function newWorld(): World {
  const files: Files = new Map();
  for (const folder of ["/app", "/data", "/etc", "/usr/bin", "/tmp", "/home", "/root", "/var/lib/dpkg"])
    makeFolder(files, folder, "root");
  files.set("/etc/passwd", "root");
  files.set("/var/lib/dpkg/status", "none");
  return { files, env: new Map([["PATH", "/usr/bin"]]), user: "root", cwd: "/", shell: "sh" };
}

export function at(world: World, path: string): string {
  return path.startsWith("/") ? path : world.cwd === "/" ? `/${path}` : `${world.cwd}/${path}`;
}

/** All below a path, in a fixed order. */
export function tree({ files }: World, path: string): string {
  const inside = [...files].filter(([name]) => path === "/" || name === path || name.startsWith(`${path}/`));
  return JSON.stringify(inside.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function makeFolder(files: Files, path: string, owner: string): void {
  const parts = path.split("/").slice(1);
  for (let index = 1; index <= parts.length; index++) {
    const folder = `/${parts.slice(0, index).join("/")}`;
    if (!files.has(folder)) files.set(folder, `folder of ${owner}`);
  }
}

export function parent(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** Writes a file whose folder must be there; what was seen of that. */
export function write(world: World, path: string, content: string): string {
  const folder = world.files.get(parent(path)) ?? (parent(path) === "/" ? "folder of root" : "missing");
  const seen = `${path} in ${folder}, was ${world.files.get(path) ?? "not there"}`;
  if (folder.startsWith("folder")) world.files.set(path, content);
  return seen;
}

export function remove({ files }: World, path: string): void {
  for (const name of [...files.keys()]) if (name === path || name.startsWith(`${path}/`)) files.delete(name);
}

/** What any RUN sees. */
export function around({ env, user, cwd, shell, files }: World, names: readonly string[] = []): string {
  const account = user === "root" ? "" : (files.get("/etc/passwd") ?? "");
  return JSON.stringify([user, account, cwd, shell, names.map((name) => env.get(name) ?? null)]);
}
