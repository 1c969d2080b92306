/** npm, Yarn, pnpm and Bun. */
import type { Ecosystem } from "./ecosystem.js";

const MANIFESTS = ["package.json", "**/package.json", ".npmrc", "patches/"];

const NPM: Ecosystem = {
  name: "npm",
  title: "npm",
  programs: ["npm"],
  valued: [
    "--prefix",
    "-C",
    "--registry",
    "--workspace",
    "-w",
    "--loglevel",
    "--cache",
    "--userconfig",
    "--omit",
    "--include",
  ],
  folder: ["--prefix", "-C"],
  listed: [],
  manifests: MANIFESTS,
  lockfiles: ["package-lock.json", "npm-shrinkwrap.json"],
  forms: [
    // `npm i -g .` makes links to the programs of the project.
    { words: ["install|i|add"], needs: ["-g", "--global"], when: "path", kind: "build", operands: "ignored" },
    { words: ["install|i|add|in|ins|isntall"], needs: ["-g", "--global", "--location"], kind: "tool" },
    {
      words: ["ci|clean-install|ic|install-clean|install-ci-test|cit"],
      kind: "install",
      operands: "ignored",
      frozen: true,
    },
    { words: ["install|i|in|ins|isntall"], kind: "install", operands: "tool", frozenForm: "npm ci" },
  ],
  offline: ["--offline"],
  caches: ["/root/.npm"],
  runsScripts: true,
  withoutScripts: ["--ignore-scripts"],
  output: ["node_modules"],
};

const YARN: Ecosystem = {
  name: "yarn",
  title: "Yarn",
  programs: ["yarn", "yarnpkg"],
  valued: ["--cwd", "--registry", "--cache-folder", "--modules-folder", "--mutex", "--network-timeout", "--mode"],
  folder: ["--cwd"],
  listed: [],
  manifests: [...MANIFESTS, ".yarnrc", ".yarnrc.yml", ".yarn/"],
  lockfiles: ["yarn.lock"],
  forms: [
    { words: ["global", "add"], kind: "tool" },
    {
      words: ["install"],
      kind: "install",
      frozen: ["--frozen-lockfile", "--immutable"],
      frozenForm: "--frozen-lockfile",
    },
    { words: [], kind: "install", frozen: ["--frozen-lockfile", "--immutable"], frozenForm: "--frozen-lockfile" },
    { words: ["add"], kind: "tool" },
    { words: ["workspaces", "focus"], kind: "install", operands: "ignored" },
  ],
  offline: ["--offline"],
  caches: ["/usr/local/share/.cache/yarn", "/root/.yarn", "/root/.cache/yarn"],
  runsScripts: true,
  withoutScripts: ["--ignore-scripts"],
  output: ["node_modules", ".yarn", ".pnp.cjs", ".pnp.loader.mjs"],
};

const PNPM: Ecosystem = {
  name: "pnpm",
  title: "pnpm",
  programs: ["pnpm"],
  valued: ["--dir", "-C", "--filter", "-F", "--registry", "--store-dir", "--reporter", "--loglevel"],
  folder: ["--dir", "-C"],
  listed: [],
  manifests: [...MANIFESTS, "pnpm-workspace.yaml", ".pnpmfile.cjs"],
  lockfiles: ["pnpm-lock.yaml"],
  forms: [
    { words: ["add|install|i"], needs: ["-g", "--global"], kind: "tool" },
    { words: ["fetch"], kind: "fetch", frozen: true },
    // In CI pnpm does it by itself, but a Docker build does not look like CI.
    {
      words: ["install|i"],
      kind: "install",
      operands: "tool",
      frozen: ["--frozen-lockfile"],
      frozenForm: "--frozen-lockfile",
    },
    { words: ["add"], kind: "tool" },
  ],
  offline: ["--offline"],
  caches: ["/pnpm/store", "/root/.local/share/pnpm/store"],
  runsScripts: true,
  withoutScripts: ["--ignore-scripts"],
  output: ["node_modules", ".pnp.cjs"],
};

const BUN: Ecosystem = {
  name: "bun",
  title: "Bun",
  programs: ["bun"],
  valued: ["--cwd", "--config", "-c", "--cache-dir", "--backend", "--registry"],
  folder: ["--cwd"],
  listed: [],
  manifests: [...MANIFESTS, "bunfig.toml"],
  lockfiles: ["bun.lock", "bun.lockb"],
  forms: [
    { words: ["install|i|add|a"], needs: ["-g", "--global"], kind: "tool" },
    { words: ["ci"], kind: "install", frozen: true },
    {
      words: ["install|i"],
      kind: "install",
      operands: "tool",
      frozen: ["--frozen-lockfile"],
      frozenForm: "--frozen-lockfile",
    },
    { words: ["add|a"], kind: "tool" },
  ],
  offline: ["--offline"],
  caches: ["/root/.bun/install/cache"],
  runsScripts: true,
  withoutScripts: ["--ignore-scripts"],
  output: ["node_modules"],
};

export const JAVASCRIPT: readonly Ecosystem[] = [NPM, YARN, PNPM, BUN];
