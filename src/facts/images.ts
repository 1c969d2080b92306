/** Every place where a Dockerfile names an image, resolved as BuildKit does. */
import type { Role } from "../policy/policy.js";
import type { Expansion } from "../syntax/expand.js";
import { mountFields } from "../syntax/mounts.js";
import type { Directive, Dockerfile, FlagValue, Instruction, Location, Pair, Range } from "../syntax/nodes.js";
import type { DockerfileSource } from "../syntax/source.js";
import { namedContexts } from "./contexts.js";
import type { FactInputs } from "./facts.js";
import type { Reference, ReferenceProblemCode } from "./reference.js";
import { resolveCopied, resolveFrom, resolveSyntax, type Resolution } from "./resolve.js";
import type { Variable } from "./scopes.js";
import type { Stage } from "./stages.js";

export type ImageKind = "from" | "copy-from" | "mount-from" | "syntax" | "onbuild-copy-from" | "onbuild-mount-from";

export type ImageStatus = "external" | "stage" | "context" | "scratch" | "unknown" | "invalid";

/** Where the value of a variable in the text came from. */
export interface Provenance {
  readonly variable: string;
  readonly value: string;
  readonly source: Variable["source"];
  /** The `NAME=value` that declares it; null for a value from outside without a declaration. */
  readonly pair: Pair | null;
}

/** What is wrong with a use besides its reference. */
type ResolutionProblemCode =
  | "substitution" // BuildKit refuses a `${…}`: { error }
  | "laterStageIsImage"
  | "nearStage" // a hint beside an external FROM: { name, line }
  | "stageIndex" // no stage has this number: { name, last }
  | "ownStage" // { name }
  | "laterStage" // { name, line }
  | "contextImage"; // a named context whose `docker-image://` is no reference: { name, value }

export type ImageProblemCode = ReferenceProblemCode | ResolutionProblemCode;

/**
 * Why a use is invalid, or a hint beside a valid one. `code` is a message id of `valid-reference`; `data.meant`
 * is the stage that was probably meant, where one is near.
 */
export interface ImageProblem {
  readonly code: ImageProblemCode;
  readonly data: Readonly<Record<string, string>>;
}

export interface ImageUse {
  readonly kind: ImageKind;
  readonly node: Instruction | Directive;
  /** The image's text in the source, quotes left out. */
  readonly range: Range;
  readonly loc: Location;
  /** As written. */
  readonly raw: string;
  /** How `raw` became `text`, piece by piece: what an edit needs to find the characters to change. */
  readonly expansion: Expansion<Variable>;
  /** With variables put in; null when that was not possible. */
  readonly text: string | null;
  readonly status: ImageStatus;
  /** The image that counts: for `external`, and for a context that is `docker-image://…`. Null otherwise. */
  readonly reference: Reference | null;
  /** The stage that the text names, for status `stage`. */
  readonly target: Stage | null;
  /** The named build context, for status `context`. */
  readonly context: string | null;
  /** The stage in which the use stands; null for `# syntax`. */
  readonly stage: Stage | null;
  readonly role: Role;
  /** Variables without a value, for status `unknown`. */
  readonly unresolved: readonly string[];
  readonly provenance: readonly Provenance[];
  readonly problem: ImageProblem | null;
}

/** A use whose image is known. */
export type KnownImageUse = ImageUse & { readonly reference: Reference };

/** All uses in the order of the file: `# syntax` first, then stage by stage. */
export function imagesOf(
  ast: Dockerfile,
  stages: readonly Stage[],
  inputs: FactInputs,
  source: DockerfileSource,
): readonly ImageUse[] {
  const uses: ImageUse[] = [];
  const add = (
    place: Pick<ImageUse, "kind" | "node" | "stage" | "role">,
    expansion: Expansion<Variable>,
    range: Range,
    resolution: Resolution,
  ): void => {
    // Written out: objects made of others are slow to make, and slower to read.
    const { kind, node, stage, role } = place;
    const { text, status, reference, target, context, unresolved, problem } = resolution;
    uses.push({
      kind,
      node,
      range,
      loc: source.locationOf(range),
      raw: source.text.slice(range[0], range[1]),
      expansion,
      text,
      status,
      reference,
      target,
      context,
      stage,
      role,
      unresolved,
      provenance: provenanceOf(expansion),
      problem,
    });
  };
  const names = new Map(stages.flatMap((stage) => (stage.name === null ? [] : [[stage.name, stage] as const])));
  const contexts = namedContexts(inputs);

  for (const directive of ast.directives) {
    if (directive.name !== "syntax") continue;
    const end = directive.value.text.indexOf(" ");
    const text = end < 0 ? directive.value.text : directive.value.text.slice(0, end);
    const range: Range = [directive.value.offsetAt(0), directive.value.offsetAt(text.length)];
    const place = { kind: "syntax", node: directive, stage: null, role: "copied" } as const;
    add(place, literal(text, range), range, resolveSyntax(text, contexts));
  }
  for (const stage of stages) {
    const { image } = stage.from;
    if (image && stage.expansion) {
      const place = { kind: "from", node: stage.from, stage, role: stage.exported ? "final" : "build" } as const;
      const range = withoutQuotes(image.text, image.range);
      add(place, stage.expansion, range, resolveFrom(stage, stage.expansion, names, contexts));
    }
    for (const instruction of stage.instructions) {
      for (const { kind, value, range, text } of copiedFrom(instruction)) {
        const resolution = resolveCopied(kind, text, stage, stages, names, contexts, inputs.catalog);
        add({ kind, node: instruction, stage, role: "copied" }, literal(text, range, value), range, resolution);
      }
    }
  }
  return uses;
}

interface CopiedFrom {
  readonly kind: Exclude<ImageKind, "from" | "syntax">;
  readonly text: string;
  readonly range: Range;
  /** The flag's value when it is the image as it stands. */
  readonly value: FlagValue | null;
}

function copiedFrom(instruction: Instruction): readonly CopiedFrom[] {
  if (instruction.type === "Onbuild") {
    const found = instruction.instruction ? copiedFrom(instruction.instruction) : [];
    return found.map((use) => ({
      ...use,
      kind: use.kind === "mount-from" ? "onbuild-mount-from" : "onbuild-copy-from",
    }));
  }
  const found: CopiedFrom[] = [];
  for (const { name, value } of instruction.flags) {
    if (!value) continue;
    if (instruction.type === "Copy" && name === "from") {
      found.push({ kind: "copy-from", text: value.text, range: value.range, value });
    } else if (instruction.type === "Run" && name === "mount") {
      // Of a repeated key BuildKit takes the last.
      const from = mountFields(value).findLast((field) => field.key === "from" && field.value !== null);
      if (!from?.value) continue;
      found.push({ kind: "mount-from", text: from.value, range: from.valueRange, value: null });
    }
  }
  return found;
}

/** The expansion of a text in which nothing is expanded. */
function literal(text: string, range: Range, value: FlagValue | null = null): Expansion<Variable> {
  const exact = value
    ? value.offsetAt(text.length) - value.offsetAt(0) === text.length
    : range[1] - range[0] === text.length;
  return { text, pieces: [{ text, range, variable: null, exact }], used: [], unresolved: [], error: null };
}

function withoutQuotes(text: string, range: Range): Range {
  const quote = text[0];
  const quoted = text.length > 1 && (quote === '"' || quote === "'") && text.indexOf(quote, 1) === text.length - 1;
  return quoted ? [range[0] + 1, range[1] - 1] : range;
}

/** Of a longer chain of defaults only the nearest are told: every use has a list of its own. */
const MOST_PROVENANCES = 16;

/** The links of a chain that are followed: one of a single name (`ARG A=$A`) can be as long as the file. */
const MOST_LINKS = 100;

/** The variables that the text uses, and the ones that their defaults use, each once. */
function provenanceOf(expansion: Expansion<Variable>): readonly Provenance[] {
  if (expansion.used.length === 0) return [];
  const found = new Map<string, Provenance>();
  const open = [expansion];
  const seen = new Set(open);
  let links = 0;
  for (let next = open.shift(); next; next = open.shift()) {
    for (const { name, variable } of next.used) {
      if (++links > MOST_LINKS || found.size >= MOST_PROVENANCES) return [...found.values()];
      if (!found.has(name)) {
        found.set(name, { variable: name, value: variable.value, source: variable.source, pair: variable.pair });
      }
      if (variable.expansion && !seen.has(variable.expansion)) {
        seen.add(variable.expansion);
        open.push(variable.expansion);
      }
    }
  }
  return [...found.values()];
}
