/** Swapping what may be swapped changes nothing that any step sees, nor what comes out. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { canSwap } from "../../../src/facts/layers/swap.js";
import { built } from "./layers-of.js";
import {
  around,
  at,
  makeFolder,
  newWorld,
  parent,
  remove,
  tree,
  write,
  type ToyStep,
  type World,
} from "./simulator.js";

const PATHS = [
  ...[
    "/app",
    "/app/a",
    "/app/a/b",
    "/data",
    "/data/x",
    "/etc/x",
    "/etc/apt",
    "/usr/bin/t",
    "/tmp/x",
    "/home/u",
    "/new/deep/x",
  ],
  ...["a", "a/b", "x"],
];
/** Few paths, in folders that nobody has made yet. */
const NEW_PATHS = ["/new", "/new/a", "/new/a/b", "/new/c", "/new/d/e"];
const name = fc.constantFrom("A", "B", "GIT_SHA", "TZ", "DEBIAN_FRONTEND", "http_proxy", "PATH", "LC_ALL");
const word = fc.constantFrom("1", "2", "/app/bin");
const SYSTEM = ["PATH", "TZ", "DEBIAN_FRONTEND", "http_proxy", "LC_ALL"];

/** A RUN that sees user, folder, shell, these variables, and what `act` sees. */
function run(line: string, act: (world: World) => string, names: readonly string[] = ["PATH"]): ToyStep {
  return { line: `RUN ${line}`, run: (world) => around(world, names) + act(world) };
}

function copyFile(world: World, target: string, content: string): string {
  const seen = world.files.get(target) ?? "nothing";
  const file = seen.startsWith("folder") ? `${target}/file` : target;
  makeFolder(world.files, parent(file), "root");
  world.files.set(file, content);
  return seen;
}

/** Which of them are about files alone: WORKDIR, COPY, mkdir, touch, rm, cp, mv, chown. */
const FILE_STEPS: ReadonlySet<number> = new Set([6, 7, 10, 11, 12, 13, 14, 16]);

/** Steps on these paths. */
function stepsOn(paths: readonly string[]): readonly fc.Arbitrary<ToyStep>[] {
  const path = fc.constantFrom(...paths);
  return [
    fc
      .tuple(name, word)
      .map(([key, value]) => ({ line: `ENV ${key}=${value}`, run: ({ env }) => (env.set(key, value), "") })),
    fc
      .tuple(name, word)
      .map(([key, value]) => ({ line: `ARG ${key}=${value}`, run: ({ env }) => (env.set(key, value), "") })),
    fc.tuple(name, name).map(([key, other]) => ({
      line: `ENV ${key}=x$${other}`,
      run: ({ env }) => {
        const value = env.get(other) ?? "";
        env.set(key, `x${value}`);
        return value;
      },
    })),
    fc.constantFrom("root", "app").map((user) => ({ line: `USER ${user}`, run: (world) => ((world.user = user), "") })),
    fc
      .constantFrom("/bin/sh", "/bin/bash")
      .map((shell) => ({ line: `SHELL ["${shell}", "-c"]`, run: (world) => ((world.shell = shell), "") })),
    fc.constantFrom("k", "l").map((key) => ({ line: `LABEL ${key}=$A`, run: ({ env }) => env.get("A") ?? "" })),
    path.map((to) => ({
      line: `WORKDIR ${to}`,
      run: (world) => {
        const seen = JSON.stringify([at(world, to), world.user]);
        world.cwd = at(world, to);
        makeFolder(world.files, world.cwd, world.user);
        return seen;
      },
    })),
    fc.tuple(path, word).map(([to, content]) => ({
      line: `COPY f${content.replaceAll("/", "_")} ${to}`,
      run: (world) => copyFile(world, at(world, to), `file ${content}`) + at(world, to),
    })),
    path.map((to) => ({
      line: `COPY --chown=app f ${to}`,
      run: (world) => copyFile(world, at(world, to), `file of ${world.files.get("/etc/passwd") ?? ""}`) + at(world, to),
    })),
    path.map((to) => ({
      line: `COPY f ${to}/$A/`,
      run: (world) => {
        const target = `${at(world, to)}/${world.env.get("A") ?? ""}`;
        makeFolder(world.files, target, "root");
        return target + copyFile(world, `${target}/f`, "f");
      },
    })),
    path.map((to) =>
      run(`mkdir -p ${to}`, (world) => {
        makeFolder(world.files, at(world, to), world.user);
        return at(world, to);
      }),
    ),
    path.map((to) => run(`touch ${to}`, (world) => write(world, at(world, to), "touched"))),
    path.map((to) =>
      run(`rm -rf ${to}`, (world) => {
        remove(world, at(world, to));
        return "";
      }),
    ),
    fc.tuple(path, path).map(([from, to]) =>
      run(`cp ${from} ${to}`, (world) => {
        const seen = tree(world, at(world, from));
        return seen + write(world, at(world, to), seen);
      }),
    ),
    fc.tuple(path, path).map(([from, to]) =>
      run(`mv ${from} ${to}`, (world) => {
        const seen = tree(world, at(world, from));
        remove(world, at(world, from));
        return seen + write(world, at(world, to), seen);
      }),
    ),
    path.map((to) =>
      run(`chown -R app ${to}`, (world) => own(world, at(world, to), world.files.get("/etc/passwd") ?? "")),
    ),
    path.map((to) => run(`chown -R 1000:1000 ${to}`, (world) => own(world, at(world, to), "1000"))),
    fc
      .tuple(name, path)
      .map(([key, to]) =>
        run(`echo $${key} > ${to}`, (world) => write(world, at(world, to), world.env.get(key) ?? ""), ["PATH", key]),
      ),
    fc
      .tuple(path, path)
      .map(([dir, to]) =>
        run(`cd ${dir} && touch ./${to.replace(/^\//, "")}`, (world) =>
          write(world, `${at(world, dir)}/${to.replace(/^\//, "")}`, "touched"),
        ),
      ),
    path.map((to) =>
      run(`sed -i s/a/b/ ${to}`, (world) => {
        const seen = tree(world, at(world, to));
        return seen + write(world, at(world, to), `sed ${seen}`);
      }),
    ),
    path.map((to) =>
      run(`curl -fsSL -o ${to} https://example.com/x`, (world) => write(world, at(world, to), "download"), [
        "PATH",
        "TZ",
        "http_proxy",
        "LC_ALL",
      ]),
    ),
    fc.constantFrom("app", "db").map((user) => run(`useradd -m ${user}`, (world) => account(world, user))),
    fc
      .constantFrom("curl", "git")
      .map((tool) => run(`apt-get update && apt-get install -y ${tool}`, (world) => install(world, tool), SYSTEM)),
    fc.constant(run("npm ci", (world) => project(world), [...SYSTEM, "A", "B"])),
    fc.constant(
      run(
        "make",
        (world) => {
          const seen = tree(world, "/");
          return seen + write(world, at(world, "out"), seen);
        },
        [...SYSTEM, "A", "B", "GIT_SHA"],
      ),
    ),
  ];
}

function own(world: World, path: string, owner: string): string {
  const seen = tree(world, path);
  for (const [file, content] of world.files)
    if (file === path || file.startsWith(`${path}/`)) world.files.set(file, `${content} owned by ${owner}`);
  return seen + owner;
}

function account(world: World, user: string): string {
  const seen = tree(world, "/etc") + tree(world, "/usr/bin") + tree(world, "/home");
  world.files.set("/etc/passwd", `${world.files.get("/etc/passwd") ?? ""} ${user}`);
  world.files.set(`/home/${user}`, `folder of ${user}`);
  return seen;
}

function install(world: World, tool: string): string {
  const seen = tree(world, "/etc") + tree(world, "/usr/bin") + tree(world, "/var/lib/dpkg");
  world.files.set(`/usr/bin/${tool}`, tool);
  world.files.set("/var/lib/dpkg/status", `${world.files.get("/var/lib/dpkg/status") ?? ""} ${tool}`);
  world.files.set("/etc/passwd", `${world.files.get("/etc/passwd") ?? ""} _${tool}`);
  return seen;
}

function project(world: World): string {
  const seen = tree(world, world.cwd) + tree(world, "/usr/bin");
  return seen + write(world, at(world, "node_modules"), seen);
}

/** What each step saw, by step, and the world at the end; files and settings in an order of their own. */
function build(order: readonly ToyStep[]): unknown {
  const world = newWorld();
  const seen = new Map(order.map((step) => [step, step.run(world)]));
  const { env, user, cwd, shell } = world;
  return {
    seen: [...seen].sort(([a], [b]) => (a.line < b.line ? -1 : 1)).map(([step, what]) => [step.line, what]),
    files: tree(world, "/"),
    env: [...env].sort(),
    user,
    cwd,
    shell,
  };
}

it.each<[title: string, steps: readonly fc.Arbitrary<ToyStep>[], least: number]>([
  ["all kinds of steps", stepsOn(PATHS), 300],
  ["files in folders that are made on the way", stepsOn(NEW_PATHS).filter((_, index) => FILE_STEPS.has(index)), 100],
])(
  "swapping what may be swapped keeps what every step sees: %s",
  (_title, steps, least) => {
    let swapped = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(...steps), { minLength: 2, maxLength: 7 }), fc.nat(), (list, seed) => {
        // Each step an object of its own, also where two have the same line.
        const all = list.map((step) => ({ ...step }));
        const index = seed % (all.length - 1);
        const layers = built(`FROM scratch\n${all.map(({ line }) => line).join("\n")}\n`);
        const [first, second] = [layers.steps[index + 1]!, layers.steps[index + 2]!];
        if (!canSwap(first, second).ok) return;
        swapped++;
        const other = [...all];
        [other[index], other[index + 1]] = [all[index + 1]!, all[index]!];
        expect(build(other)).toEqual(build(all));
      }),
      { numRuns: 4000 },
    );
    expect(swapped).toBeGreaterThan(least);
  },
  120_000,
);
