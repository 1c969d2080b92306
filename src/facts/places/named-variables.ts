/** Where an instruction names variables that have a value there: BuildKit's own, and those of the shell. */
import { mountFields } from "../../syntax/mounts.js";
import type { Mapped } from "../../syntax/mapped.js";
import { isOwnName } from "../../syntax/names.js";
import type { CommandInstruction, Heredoc, Instruction, Range } from "../../syntax/nodes.js";
import { variableUses } from "../../syntax/variable-uses.js";
import type { LintSource } from "../facts.js";
import type { State } from "../layers/state.js";
import { DEFAULT_SHELL } from "../shell/dialect.js";
import { shellText } from "../shell/run.js";
import { namedVariables } from "../shell/variables.js";

/** `range` is that of the name alone, without `$` and braces. */
export interface NameUse {
  readonly name: string;
  readonly range: Range;
}

export interface Uses {
  /** In the order of the text. */
  readonly uses: readonly NameUse[];
  /** True for a RUN whose script is not known to be read whole. */
  readonly unread: boolean;
}

/** Flags whose values BuildKit expands, by instruction. */
const EXPANDED_FLAGS: Readonly<Partial<Record<Instruction["type"], readonly string[]>>> = {
  From: ["platform"],
  Copy: ["chown", "chmod", "checksum", "exclude"],
  Add: ["chown", "chmod", "checksum", "exclude", "unpack", "keep-git-dir"],
};

/** `state` is what holds before the instruction; null where that is not known, as before the first FROM. */
export function usesInInstruction(instruction: Instruction, source: LintSource, state: State | null): Uses {
  const { escape } = source;
  const uses: NameUse[] = [];
  const add = (text: Mapped): void => {
    for (const use of usesInText(text, escape)) uses.push(use);
  };
  const flags = EXPANDED_FLAGS[instruction.type] ?? [];
  for (const { name, value } of instruction.flags) if (value && flags.includes(name)) add(value);
  let unread = false;
  switch (instruction.type) {
    case "From":
      if (instruction.image) add(instruction.image);
      break;
    case "Arg":
    case "Env":
    case "Label":
      for (const { name, value } of instruction.pairs) {
        add(name);
        if (value) add(value);
      }
      break;
    case "Copy":
    case "Add":
      instruction.words.forEach(add);
      for (const heredoc of instruction.heredocs) if (heredoc.expand) add(bodyOf(heredoc, source));
      break;
    case "Workdir":
    case "User":
    case "Expose":
    case "Volume":
    case "Stopsignal":
      instruction.words.forEach(add);
      break;
    case "Run":
      for (const { name, value } of instruction.flags) {
        if (!value || name !== "mount") continue;
        for (const use of usesInMount(value, escape)) uses.push(use);
      }
      unread = !addScript(instruction, source, state, uses);
      break;
    case "Cmd":
    case "Entrypoint":
    case "Healthcheck":
      // The shell puts them in when the container runs.
      if (instruction.exec === null && instruction.args) add(instruction.args);
      break;
  }
  return { uses: uses.sort((a, b) => a.range[0] - b.range[0]), unread };
}

function usesInText(text: Mapped, escape: string): NameUse[] {
  return variableUses(text.text, escape).flatMap(({ name, nameFrom, nameTo }): NameUse[] => {
    return isOwnName(name) ? [{ name, range: [text.offsetAt(nameFrom), text.offsetAt(nameTo - 1) + 1] }] : [];
  });
}

/** All fields but `from`, where BuildKit refuses variables. */
function usesInMount(value: Mapped & Parameters<typeof mountFields>[0], escape: string): NameUse[] {
  const from = mountFields(value).filter(({ key }) => key === "from");
  return usesInText(value, escape).filter(({ range }) => {
    return !from.some((field) => field.range[0] <= range[0] && range[1] <= field.range[1]);
  });
}

/** Adds what the shell of a RUN takes from its environment; false where the script cannot be read. */
function addScript(
  run: CommandInstruction,
  { text, escape, facts }: LintSource,
  state: State | null,
  uses: NameUse[],
): boolean {
  if (run.exec !== null || run.args === null) return true;
  const { shell: parser } = facts.inputs;
  const { shell = DEFAULT_SHELL, windows = escape === "`" } = state ?? {};
  const script = shellText(run, { text, shell, windows });
  const found = parser && script ? namedVariables(script, parser) : null;
  if (!found) return !run.args.text.includes("$") && run.heredocs.length === 0;
  for (const { name, nameRange: range } of found.uses) {
    if (isOwnName(name) && !found.settled.has(name)) uses.push({ name, range });
  }
  return true;
}

function bodyOf({ body }: Heredoc, { text }: LintSource): Mapped {
  return { text: text.slice(...body), offsetAt: (index) => body[0] + index };
}
