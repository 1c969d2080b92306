/** Signs of a project of several packages, whose installs read the manifests of all of them. */
import type { Command } from "../shell/command.js";
import type { Layers } from "../layers/layers.js";

/** By program: the words that name one of several packages. */
const WORDS: Readonly<Record<string, RegExp>> = {
  npm: /^(?:-w|-ws|--workspaces?)(?:=|$)/,
  yarn: /^(?:workspaces?)$/,
  pnpm: /^(?:-r|--recursive|-F|--filter)(?:=|$)/,
  bun: /^(?:-F|--filter)(?:=|$)/,
};

const TOOLS = /^(?:turbo|lerna|nx)$/;

/** Asked for each install of a file, answered once. */
const KNOWN = new WeakMap<Layers, boolean>();

/** True when a command of the file works on one of several packages of npm, Yarn, pnpm or Bun. */
export function usesWorkspaces(layers: Layers): boolean {
  let known = KNOWN.get(layers);
  if (known === undefined) {
    known = layers.steps.some(({ work: { script } }) => script?.kind === "commands" && script.commands.some(isOfOne));
    KNOWN.set(layers, known);
  }
  return known;
}

function isOfOne({ name, args }: Command): boolean {
  const words = WORDS[name];
  if (words && args.some(({ text }) => text !== null && words.test(text))) return true;
  return TOOLS.test(name) || (/^(?:npx|yarn|pnpm|bunx?)$/.test(name) && TOOLS.test(args[0]?.text ?? ""));
}
