/** What stands on the command line, flag by flag, before anything is made of it. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearest } from "../../spelling.js";
import { FLAGS, type Flag, type FlagName } from "./flags.js";
import { RunError } from "../run-error.js";

export const SUBCOMMANDS = ["bases", "explain", "init", "layers", "lock", "lsp", "migrate", "test-policy"] as const;
export type Subcommand = (typeof SUBCOMMANDS)[number];

export interface Given {
  /** Everything that is no flag, in order, without the subcommand. */
  readonly paths: readonly string[];
  readonly subcommand: Subcommand | null;
  /** The flags that are there, each once, in the order of their first appearance. */
  readonly names: readonly FlagName[];
  has: (name: FlagName) => boolean;
  /** Every value of a flag, in order. */
  all: (name: FlagName) => readonly string[];
  /** The last value; null where the flag is not given. */
  last: (name: FlagName) => string | null;
  /** Which of two switches comes last; null when neither is given. */
  lastOf: (one: FlagName, other: FlagName) => FlagName | null;
}

type Tokens = NonNullable<ReturnType<typeof parseArgs>["tokens"]>;

/** What `parseArgs` makes of `argv`; it is loaded when there is a flag, as it takes longer than reading a small file. */
function tokensOf(argv: readonly string[]): Tokens {
  if (!argv.some((word) => word.startsWith("-"))) {
    return argv.map((value, index) => ({ kind: "positional", value, index }));
  }
  const options: NonNullable<ParseArgsConfig["options"]> = Object.fromEntries(
    Object.entries<Flag>(FLAGS).map(([name, { value, short, optional }]) => [
      name,
      { type: value === null || optional ? ("boolean" as const) : ("string" as const), ...(short ? { short } : {}) },
    ]),
  );
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** Splits `argv`. Throws RunError for a flag that does not exist, lacks its value, or has one too many. */
export function readCommandLine(argv: readonly string[]): Given {
  const values = new Map<FlagName, string[]>();
  const order: FlagName[] = [];
  const paths: string[] = [];
  let subcommand: Subcommand | null = null;
  let isLiteral = false;
  for (const token of tokensOf(argv)) {
    if (token.kind === "option-terminator") isLiteral = true;
    else if (token.kind === "positional") {
      const isFirst: boolean = !isLiteral && subcommand === null && paths.length === 0;
      const found: Subcommand | undefined = isFirst ? SUBCOMMANDS.find((name) => name === token.value) : undefined;
      if (found) subcommand = found;
      else paths.push(token.value);
    } else {
      const name = known(token.name, token.rawName);
      order.push(name);
      values.set(name, [...(values.get(name) ?? []), valueOf(name, token.value, token.inlineValue)]);
    }
  }
  return {
    paths,
    subcommand,
    names: [...values.keys()],
    has: (name) => values.has(name),
    all: (name) => values.get(name) ?? [],
    last: (name) => values.get(name)?.at(-1) ?? null,
    lastOf: (one, other) => order.findLast((name) => name === one || name === other) ?? null,
  };
}

function known(name: string, raw: string): FlagName {
  if (Object.hasOwn(FLAGS, name)) return name as FlagName;
  const near = nearest(name, Object.keys(FLAGS));
  const hint = near ? ` Did you mean --${near}?` : " See fromlint --help.";
  throw new RunError(`There is no option ${raw}.${hint}`);
}

function valueOf(name: FlagName, value: string | undefined, isInline: boolean | undefined): string {
  const { value: placeholder, optional }: Flag = FLAGS[name];
  if (placeholder === null) {
    if (value !== undefined) throw new RunError(`--${name} takes no value.`);
    return "";
  }
  if (optional && value === undefined) return "";
  // `--output --fix`: the value was forgotten. A value that starts with a dash is written `--output=--fix`, unless
  // it is `-` or a number.
  if (value === undefined || (isInline === false && /^-\D/.test(value))) {
    throw new RunError(`--${name} needs a value: --${name} ${placeholder}.`);
  }
  if (value === "") throw new RunError(`The value of --${name} is empty.`);
  return value;
}
