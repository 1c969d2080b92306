/** New names for stages and ARGs, where nothing else would change with them. */
import { isPredefined, variablesOf, type Declaration, type Edit, type Range, type Stage } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { referencesAt, stageAt, symbolAt } from "./definition.js";

/** `problem` says in one line why not. */
export type Renamed =
  { readonly edits: readonly Edit[]; readonly problem: null } | { readonly edits: null; readonly problem: string };

/** What would be renamed at `offset`: the range of the name under the cursor; null for what cannot be. */
export function renameRangeAt(source: LintSource, offset: number): Range | null {
  const stage = stageAt(source, offset);
  if (stage) return stage.stage.name === null || /^\d+$/.test(textAt(source, stage.origin)) ? null : stage.origin;
  const symbol = symbolAt(source, offset);
  return symbol?.declaration?.kind === "arg" ? symbol.origin : null;
}

/** The edits that give the stage or ARG under the cursor another name everywhere in the file. */
export function renameEditsAt(source: LintSource, offset: number, name: string): Renamed {
  const stage = stageAt(source, offset);
  const symbol = stage ? null : symbolAt(source, offset);
  if (!stage && !symbol?.declaration) return refused("there is no stage and no ARG here");
  const problem = stage
    ? stageProblem(stage.stage, name, source)
    : symbol?.declaration && argumentProblem(symbol.declaration, name, source);
  if (problem) return refused(problem);
  const ranges = referencesAt(source, offset, true).filter((range) => !/^\d+$/.test(textAt(source, range)));
  return { edits: ranges.map((range) => ({ range, text: name })), problem: null };
}

/** BuildKit's stage names (instructions/parse.go), in lower case, as FROM has to name them. */
const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;

function stageProblem(stage: Stage, name: string, { facts }: LintSource): string | null {
  const { images, stages, inputs } = facts;
  const old = stage.name;
  if (old === null) return "this stage has no name; give it one with AS";
  if (!STAGE_NAME.test(name))
    return `${name} is no name of a stage: lower-case letters, digits, - _ . and a letter first`;
  if (name === "scratch" || name === "context") return `the name ${name} is reserved`;
  if (stages.some((other) => other.name === name)) return `there is a stage ${name} already`;
  if (stages.filter((other) => other.name === old).length > 1) return `several stages are named ${old}`;
  if (images.some(({ text, raw }) => (text ?? raw).toLowerCase() === name)) return `${name} is an image in this file`;
  const contexts = [...Object.keys(inputs.policy.contexts), ...Object.keys(inputs.contexts)];
  if (contexts.includes(old) || contexts.includes(name)) return "a build context has that name";
  if (inputs.target?.toLowerCase() === old) return `the build asks for the target ${old}`;
  const isHidden = images.some(
    ({ target, raw }) => target === stage && raw.toLowerCase() !== old && !/^\d+$/.test(raw),
  );
  return isHidden || stages.some(({ otherBases }) => otherBases.includes(stage))
    ? `a variable makes up the name ${old}`
    : null;
}

const VARIABLE_NAME = /^[A-Za-z_]\w*$/;

function argumentProblem(declaration: Declaration, name: string, source: LintSource): string | null {
  const { facts, text } = source;
  const { buildArgs, policy } = facts.inputs;
  const old = declaration.name;
  const { declarations, uses, unread, sameAs, inScope } = variablesOf(source);
  if (declaration.kind === "env") return `${old} is an ENV: programs in the image read it by that name`;
  if (!VARIABLE_NAME.test(old)) return `${old} is no plain name`;
  if (!VARIABLE_NAME.test(name)) return `${name} is no name of a variable: letters, digits and _`;
  for (const each of [old, name]) if (isPredefined(each)) return `BuildKit knows ${each} and sets it itself`;
  if (Object.hasOwn(policy.args, old)) return `the policy gives ${old} a value under args`;
  if (Object.hasOwn(buildArgs, old)) return `the build gives ${old} a value`;
  if (declarations.some((each) => each.name === name) || uses.some((each) => each.name === name)) {
    return `${name} is a variable of this file already`;
  }
  const group = new Set(sameAs(declaration));
  const own = uses.filter((use) => use.declaration && group.has(use.declaration));
  if (own.some(({ range }) => text.slice(...range) !== old)) return `a line break stands in the name ${old}`;
  const isSeen = (instruction: Declaration["instruction"]): boolean =>
    group.has(inScope(instruction).get(old) ?? NOBODY);
  const mentioned = new RegExp(`(?<!\\w)${old}(?!\\w)`, "g");
  const known = new Set(own.map(({ range }) => range[0]));
  for (const instruction of facts.stages.flatMap(({ instructions }) => instructions)) {
    const inner = instruction.type === "Onbuild" ? (instruction.instruction ?? instruction) : instruction;
    if (inner.type !== "Run" && inner.type !== "Onbuild") continue;
    const at = [...text.slice(...inner.range).matchAll(mentioned)].map(({ index }) => inner.range[0] + index);
    if (at.length === 0 || !isSeen(inner)) continue;
    const line = `line ${String(inner.loc.start.line)}`;
    if (unread.includes(inner)) return `what the shell of ${line} does with ${old} is not known`;
    if (at.some((start) => !known.has(start))) return `${line} names ${old} in a way that may be the variable`;
  }
  return null;
}

const NOBODY = {} as Declaration;

function textAt({ text }: LintSource, [from, to]: Range): string {
  return text.slice(from, to);
}

function refused(problem: string): Renamed {
  return { edits: null, problem };
}
