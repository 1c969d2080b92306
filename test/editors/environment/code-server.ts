/**
 * code-server: VS Code's workbench in a browser, with its real extension host. It comes from npm with a Node of its
 * own, and stays in a cache folder outside the tree: FROMLINT_TEST_CACHE, else fromlint-tests in the user's cache.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { succeed } from "../processes.js";
import { COMPILERS, provide } from "./system-packages.js";

/** code-server 4.139 holds VS Code 1.139 and runs on Node 24 only. */
const CODE_SERVER = "4.139.1";
const NODE = "24.21.0";

export interface CodeServer {
  /** The Node that it runs on. */
  readonly node: string;
  /** code-server's command. */
  readonly entry: string;
  /** VS Code's own server inside it, which takes the switches of VS Code's tests. */
  readonly vscodeServer: string;
}

/**
 * Installs what is not in the cache yet, which takes some minutes.
 *
 * @throws Error when a package cannot be had or does not compile
 */
export async function provideCodeServer(): Promise<CodeServer> {
  const nodeFolder = await installed(`node-${NODE}`, `node-linux-${process.arch}@${NODE}`, process.env);
  const nodeHome = join(nodeFolder, `node-linux-${process.arch}`);
  const folder = await installed(`code-server-${CODE_SERVER}`, `code-server@${CODE_SERVER}`, {
    ...process.env,
    PATH: `${join(nodeHome, "bin")}:${process.env.PATH ?? ""}`,
    // The headers that came with that Node; nothing is downloaded beside npm packages.
    npm_config_nodedir: nodeHome,
    npm_config_build_from_source: "true",
    // Set by the npm that runs this script, and it names another Node.
    npm_config_user_agent: undefined,
  });
  const home = join(folder, "code-server");
  return {
    node: join(nodeHome, "bin/node"),
    entry: join(home, "out/node/entry.js"),
    vscodeServer: join(home, "lib/vscode/out/server-main.js"),
  };
}

/** node_modules of the folder `name` of the cache, with the package in it. It appears there only when it is whole. */
async function installed(name: string, spec: string, env: NodeJS.ProcessEnv): Promise<string> {
  const target = join(cacheFolder(), name);
  const modules = join(target, "node_modules");
  if (existsSync(target)) return modules;
  if (name.startsWith("code-server")) await provide(COMPILERS);
  console.log(`installing ${spec} into ${target}`);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(`${target}.`);
  try {
    writeFileSync(join(draft, "package.json"), JSON.stringify({ name: "editor", private: true }));
    await succeed("npm", ["install", "--no-audit", "--no-fund", spec], { cwd: draft, env, seconds: 1800 });
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another run may have been faster.
    if (!existsSync(target)) throw error;
  }
  return modules;
}

function cacheFolder(): string {
  const { FROMLINT_TEST_CACHE: own, XDG_CACHE_HOME: caches } = process.env;
  return own ?? join(caches ?? join(homedir(), ".cache"), "fromlint-tests");
}
