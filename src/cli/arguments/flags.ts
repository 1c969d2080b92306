/** Every flag of the command line: the only list of them. */

/** `help` and `version` take every flag and mind none. */
export type Command =
  | "lint"
  | "bases"
  | "explain"
  | "init"
  | "layers"
  | "lock"
  | "lsp"
  | "migrate"
  | "test-policy"
  | "print-config"
  | "list-rules"
  | "help"
  | "version";

/** The headings of `--help`, in their order. */
export const GROUPS = ["Files", "Policy", "Build", "Registries", "Fixes", "Output", "Editor", "Other"] as const;

export interface Flag {
  readonly group: (typeof GROUPS)[number];
  /** What its value is called in `--help`; null for a switch. */
  readonly value: string | null;
  readonly short?: string;
  /** Its value may be left out; one that is given stands behind `=`. */
  readonly optional?: true;
  /** May be given more than once; of other flags the last one holds. */
  readonly repeatable?: true;
  /** The commands that take it. */
  readonly commands: readonly Command[];
  /** One line of `--help`. */
  readonly help: string;
}

const FILES = ["lint", "bases", "layers", "lock"] as const;
const BUILD = [...FILES, "print-config"] as const;
const POLICY = [...BUILD, "explain"] as const;
const OUTPUT = [...POLICY, "migrate", "test-policy", "list-rules"] as const;
const EVERY = [...OUTPUT, "init"] as const;
const LINT = ["lint"] as const;
const LSP = ["lsp"] as const;
const LOCK = ["lock"] as const;
const ONLINE = ["lint", "bases", "explain"] as const;
const INIT = ["init"] as const;

export const FLAGS = {
  exclude: {
    group: "Files",
    value: "GLOB",
    repeatable: true,
    commands: [...FILES, "init"],
    help: "leave out what a .gitignore line GLOB would",
  },
  "no-ignore": {
    group: "Files",
    value: null,
    commands: [...FILES, "init"],
    help: "lint also what .gitignore or a policy ignores",
  },
  "stdin-filename": { group: "Files", value: "FILE", commands: FILES, help: "the name of what comes in with `-`" },

  changed: {
    group: "Files",
    value: "REF",
    optional: true,
    commands: LINT,
    help: "findings on lines changed since REF, or main",
  },
  shard: { group: "Files", value: "I/N", commands: LINT, help: "the I-th of N parts of the files" },

  config: {
    group: "Policy",
    value: "FILE",
    short: "c",
    commands: POLICY,
    help: "use this policy, not the nearest fromlint.yaml",
  },
  policy: { group: "Policy", value: "FILE", commands: POLICY, help: "an outer policy, too (or FROMLINT_POLICY)" },
  rule: {
    group: "Policy",
    value: "NAME=SEVERITY",
    repeatable: true,
    commands: ["lint", "layers", "print-config"],
    help: "set a rule to off, warn or error",
  },
  date: {
    group: "Policy",
    value: "YYYY-MM-DD",
    commands: [...POLICY, "init"],
    help: "today's date, for end of life and expiry",
  },
  "print-config": {
    group: "Policy",
    value: "FILE",
    commands: ["print-config"],
    help: "print the policy that holds for FILE",
  },
  "list-rules": { group: "Policy", value: null, commands: ["list-rules"], help: "list the rules" },

  force: { group: "Policy", value: null, commands: INIT, help: "init: in the place of a policy that is there" },
  stdout: { group: "Policy", value: null, commands: INIT, help: "init: print the policy, write nothing" },

  baseline: { group: "Policy", value: "FILE", commands: LINT, help: "only findings that are not in FILE count" },
  "update-baseline": { group: "Policy", value: null, commands: LINT, help: "write what is found now to the baseline" },
  prune: { group: "Policy", value: null, commands: LINT, help: "take what is gone out of the baseline" },

  "build-arg": {
    group: "Build",
    value: "NAME=VALUE",
    repeatable: true,
    commands: [...BUILD, "init"],
    help: "a build argument, as for docker build",
  },
  target: { group: "Build", value: "STAGE", commands: BUILD, help: "the stage that is built; else the last one" },
  "build-context": {
    group: "Build",
    value: "NAME=VALUE",
    repeatable: true,
    commands: BUILD,
    help: "a named build context",
  },
  context: { group: "Build", value: "DIR", commands: BUILD, help: "the build context" },
  change: {
    group: "Build",
    value: "WHAT",
    repeatable: true,
    commands: ["layers"],
    help: "source, lockfile, arg:NAME or line:N",
  },

  online: { group: "Registries", value: null, commands: ONLINE, help: "ask registries what has gone or is outdated" },
  refresh: {
    group: "Registries",
    value: null,
    commands: ONLINE,
    help: "with --online: past the ten-minute cache",
  },
  update: {
    group: "Registries",
    value: "IMAGE",
    optional: true,
    repeatable: true,
    commands: LOCK,
    help: "lock: take what the tags are now",
  },
  check: {
    group: "Registries",
    value: null,
    commands: LOCK,
    help: "lock: fail where it is not right",
  },

  fix: { group: "Fixes", value: null, commands: LINT, help: "correct what can be corrected, in the files" },
  apply: {
    group: "Fixes",
    value: "RULE[,RULE]",
    repeatable: true,
    commands: LINT,
    help: "apply these rules' first suggestions, too",
  },
  "fix-dry-run": { group: "Fixes", value: null, commands: LINT, help: "print the fixes as a diff, change nothing" },

  format: {
    group: "Output",
    value: "NAME[=FILE]",
    short: "f",
    repeatable: true,
    commands: [...FILES, "explain", "list-rules"],
    help: "one of those below; several, each in its FILE",
  },
  output: { group: "Output", value: "FILE", short: "o", commands: OUTPUT, help: "write the report to FILE" },
  quiet: { group: "Output", value: null, commands: LINT, help: "report errors only" },
  "max-warnings": { group: "Output", value: "N", commands: LINT, help: "fail over N warnings" },
  color: { group: "Output", value: null, commands: EVERY, help: "colour, also where there is no terminal" },
  "no-color": { group: "Output", value: null, commands: EVERY, help: "no colour (or NO_COLOR)" },

  stdio: { group: "Editor", value: null, commands: LSP, help: "talk over the standard streams (default)" },
  "node-ipc": { group: "Editor", value: null, commands: LSP, help: "talk over the channel of a Node parent" },
  clientProcessId: { group: "Editor", value: "PID", commands: LSP, help: "the editor's process: end with it" },

  cache: { group: "Other", value: null, commands: LINT, help: "lint again only what may have changed" },
  "cache-location": { group: "Other", value: "FILE", commands: LINT, help: "where --cache keeps results" },
  concurrency: { group: "Other", value: "N", commands: LINT, help: "threads for many files: a number, auto or off" },
  help: { group: "Other", value: null, short: "h", commands: EVERY, help: "print this help" },
  version: { group: "Other", value: null, short: "v", commands: EVERY, help: "print the version" },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof FLAGS;
