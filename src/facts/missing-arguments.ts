/** Why the image of a FROM cannot be told: the build arguments in it that have no value. */
import type { Edit } from "../rule.js";
import { nearest } from "../spelling.js";
import type { LintSource } from "./facts.js";
import type { ImageUse } from "./images.js";
import type { GlobalScope } from "./scopes.js";
import type { Stage } from "./stages.js";

interface MissingArgument {
  readonly name: string;
  /** `noDefault`: declared, without a value. `insideStage`: declared only where FROM does not look. */
  readonly why: "noDefault" | "insideStage" | "misspelt" | "notDeclared";
  /** `insideStage`: the line of the declaration, 1-based; else 0. */
  readonly line: number;
  /** `misspelt`: the declared name that is near, and the edits that write it; else "" and none. */
  readonly meant: string;
  readonly edits: readonly Edit[];
}

/** With more declared names than this, none is looked for that is near: hostile input must not buy quadratic work. */
const MOST_NAMES = 100;

const WORD = /^\w+$/;

/** Tells for a use with status `unknown` about each variable in it without a value. */
export function missingArguments({ facts, text }: LintSource): (use: ImageUse) => readonly MissingArgument[] {
  const { globals, stages } = facts;
  const inStages = linesOfArguments(stages);
  return (use) => {
    return use.unresolved.map((name): MissingArgument => {
      const none = { name, line: 0, meant: "", edits: [] };
      if (globals.declared.has(name)) return { ...none, why: "noDefault" };
      const line = inStages.get(name);
      if (line !== undefined) return { ...none, why: "insideStage", line };
      const meant = nearestName(name, globals);
      if (meant === null) return { ...none, why: "notDeclared" };
      return { ...none, why: "misspelt", meant, edits: renamed(use, name, meant, text) };
    });
  };
}

function nearestName(name: string, { declared, variables }: GlobalScope): string | null {
  // Special parameters such as `$*` are names to BuildKit, but nobody misspells an ARG like that; and a name that
  // `$` does not read whole (`ARG X-1`) cannot be what was meant.
  if (declared.size > MOST_NAMES || !WORD.test(name)) return null;
  const wordsOf = (names: Iterable<string>): string[] => [...names].filter((each) => WORD.test(each));
  return nearest(name, wordsOf(declared.keys())) ?? nearest(name, wordsOf(variables.keys()));
}

/** The line of the first ARG of each name that stands in a stage. */
function linesOfArguments(stages: readonly Stage[]): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const { instructions } of stages) {
    for (const instruction of instructions) {
      if (instruction.type !== "Arg") continue;
      for (const { name, loc } of instruction.pairs) if (!lines.has(name.text)) lines.set(name.text, loc.start.line);
    }
  }
  return lines;
}

/** `$NAME` and `${NAME` in the image's text and in the defaults that it rests on, with `meant` for the name. */
function renamed({ range, provenance }: ImageUse, name: string, meant: string, text: string): readonly Edit[] {
  const variable = new RegExp(`(?<=\\$\\{?)${name.replace(/\W/g, "\\$&")}(?!\\w)`, "g");
  const places = [range, ...provenance.flatMap(({ pair }) => (pair?.value ? [pair.value.range] : []))];
  return places.flatMap(([start, end]) => {
    return [...text.slice(start, end).matchAll(variable)].map(({ index }): Edit => {
      return { range: [start + index, start + index + name.length], text: meant };
    });
  });
}
