/** Where a variable is being written: behind a `$` or `${`. */
import type { Mapped } from "../../syntax/mapped.js";
import type { Instruction, Range } from "../../syntax/nodes.js";
import { variableUses } from "../../syntax/variable-uses.js";
import type { LintSource } from "../facts.js";
import { innermost, instructionAt } from "./instruction-at.js";
import { isPlatformArgument } from "../platforms.js";
import { globalValue, valueOf } from "./variable-values.js";
import { variablesOf } from "./variables.js";

export interface VariablePlace {
  /** Of the name, as far as it is written; what stands behind the cursor included. */
  readonly range: Range;
  /** True behind `${` where neither `}` nor a modifier follows. */
  readonly isOpen: boolean;
  readonly instruction: Instruction;
}

/** Null where no variable is being written, or none would be put in: behind an escape, in single quotes, in `COPY --from`. */
export function variablePlaceAt(source: LintSource, offset: number): VariablePlace | null {
  const outer = instructionAt(source, offset);
  if (!outer) return null;
  const instruction = innermost(outer, offset);
  for (const text of textsOf(instruction, source)) {
    const index = indexAt(text, offset);
    if (index === null) continue;
    const use = variableUses(text.text, source.escape).find(({ from, nameTo }) => from < index && index <= nameTo);
    if (!use || index < use.nameFrom) continue;
    const end = text.offsetAt(use.nameTo);
    const isOpen = use.nameFrom - use.from === 2 && !/[}:/#%+?-]/.test(source.text.charAt(end));
    return { range: [text.offsetAt(use.nameFrom), end], isOpen, instruction };
  }
  return null;
}

/** What is expanded in an instruction, by the builder or a shell. */
function textsOf(instruction: Instruction, source: LintSource): readonly Mapped[] {
  const { type, flags, args, heredocs } = instruction;
  const values = flags.flatMap(({ name, value }) => (value && !(type === "Copy" && name === "from") ? [value] : []));
  const bodies = heredocs.filter(({ expand }) => expand || type === "Run");
  const texts = bodies.map(({ body }): Mapped => {
    return { text: source.text.slice(...body), offsetAt: (index) => body[0] + index };
  });
  return [...values, ...(args ? [args] : []), ...texts];
}

/** The index in a mapped text that stands at an offset; null where none does. */
function indexAt({ text, offsetAt }: Mapped, offset: number): number | null {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsetAt(middle) >= offset) high = middle;
    else low = middle + 1;
  }
  return offsetAt(low) === offset ? low : null;
}

export interface VariableCandidate {
  readonly name: string;
  readonly kind: "arg" | "env" | "platform" | "predefined";
  /** Null where it is not known before the build. */
  readonly value: string | null;
}

/** Build arguments that every RUN has without an ARG (Dockerfile reference, "Predefined ARGs"). */
const PREDEFINED = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];

/** True for a name that BuildKit gives a meaning of its own. */
export function isPredefined(name: string): boolean {
  const upper = name.toUpperCase();
  return (
    PREDEFINED.includes(upper) ||
    isPlatformArgument(name) ||
    /^(?:TARGETSTAGE|SOURCE_DATE_EPOCH|BUILDKIT_\w+)$/.test(name)
  );
}

/** A file that declares more is not offered all of them. */
const MOST = 500;

/** The variables that an instruction sees: those declared last come first, what BuildKit sets by itself at the end. */
export function variableCandidates(instruction: Instruction, source: LintSource): readonly VariableCandidate[] {
  const { type } = instruction;
  const isRuntime = type === "Cmd" || type === "Entrypoint" || type === "Healthcheck";
  const declared = [...variablesOf(source).inScope(instruction).values()].reverse();
  const found = declared
    .filter(({ kind }) => kind === "env" || !isRuntime)
    .slice(0, MOST)
    .map((each): VariableCandidate => ({ name: each.name, kind: each.kind, value: valueOf(each, source).value }));
  const known = new Set(found.map(({ name }) => name));
  const more: VariableCandidate[] = [];
  if (type === "From" || isGlobal(instruction, source)) {
    for (const [name, variable] of source.facts.globals.variables) {
      if (variable.source === "platform") more.push({ name, kind: "platform", value: globalValue(name, source).value });
    }
  } else if (type === "Run") {
    more.push(...PREDEFINED.map((name) => ({ name, kind: "predefined", value: null }) as const));
  }
  return [...found, ...more.filter(({ name }) => !known.has(name))];
}

function isGlobal({ range }: Instruction, { facts }: LintSource): boolean {
  const first = facts.stages[0];
  return !first || range[0] < first.from.range[0];
}

/** What `ARG` in a stage can make visible there: global ARGs and platform arguments that are not declared yet. */
export function argumentCandidates(instruction: Instruction, source: LintSource): readonly VariableCandidate[] {
  if (isGlobal(instruction, source)) return [];
  const { globals } = source.facts;
  const inScope = variablesOf(source).inScope(instruction);
  const declared = [...globals.declared.keys()]
    .slice(0, MOST)
    .map((name): VariableCandidate => ({ name, kind: "arg", value: globalValue(name, source).value }));
  const platform = [...globals.variables]
    .filter(([name, variable]) => variable.source === "platform" && !globals.declared.has(name))
    .map(([name, { value }]): VariableCandidate => ({ name, kind: "platform", value }));
  return [...declared, ...platform].filter(({ name }) => !inScope.has(name));
}
