/** Commands that read the whole project, or anything: not modelled in detail, but known to cost. */
import { once } from "../../../once.js";
import { UNKNOWN_EFFECTS } from "../../effects/effects.js";
import { commandLine } from "../command-line.js";
import type { Model, Modelled } from "./model.js";

const COMPILING: Modelled = { effects: UNKNOWN_EFFECTS, cost: 3, volatility: 7, inputs: null };

const COMPILERS = [
  ...[
    "make",
    "cmake",
    "ninja",
    "meson",
    "gcc",
    "g++",
    "cc",
    "c++",
    "clang",
    "clang++",
    "ld",
    "configure",
    "autoreconf",
  ],
  ...[
    "javac",
    "kotlinc",
    "scalac",
    "sbt",
    "ant",
    "bazel",
    "bazelisk",
    "swift",
    "swiftc",
    "ghc",
    "stack",
    "cabal",
    "rebar3",
  ],
  ...[
    "tsc",
    "webpack",
    "vite",
    "rollup",
    "esbuild",
    "ng",
    "next",
    "nuxt",
    "gulp",
    "grunt",
    "hugo",
    "jekyll",
    "rustc",
    "zig",
    "msbuild",
  ],
];

const compiling: Model = () => COMPILING;

/** `npm run build`, `yarn build`, `pnpm -r build`: a script of the project. */
const scripts: Model = (command) => {
  const { operands } = commandLine(
    command,
    new Set(["--prefix", "-C", "--filter", "-F", "--cwd", "-w", "--workspace"]),
  );
  return operands.some(({ text }) => /^(?:run|run-script|build|test|exec|pack|compile|start|lint)\b/.test(text ?? ""))
    ? COMPILING
    : null;
};

export const buildCommands = once(
  (): ReadonlyMap<string, Model> =>
    new Map<string, Model>([
      ...COMPILERS.map((name) => [name, compiling] as const),
      ...["npm", "yarn", "pnpm", "bun"].map((name) => [name, scripts] as const),
    ]),
);
