/** What an image's text means: a stage, a build context, scratch, an image, or nothing at all. */
import type { Catalog } from "../catalog.js";
import type { Expansion } from "../syntax/expand.js";
import { expand } from "../syntax/expand.js";
import type { ImageProblem, ImageProblemCode, ImageStatus } from "./images.js";
import { nearest } from "../spelling.js";
import { contextName, type NamedContexts } from "./contexts.js";
import { parseReference, type Reference } from "./reference.js";
import { missingIn, type Variable } from "./scopes.js";
import type { Stage } from "./stages.js";

export interface Resolution {
  readonly text: string | null;
  readonly status: ImageStatus;
  readonly reference: Reference | null;
  readonly target: Stage | null;
  readonly context: string | null;
  readonly unresolved: readonly string[];
  readonly problem: ImageProblem | null;
}

type Names = ReadonlyMap<string, Stage>;

const MOST_NAMES = 50;

const BLANK = { reference: null, target: null, context: null, unresolved: [], problem: null } as const;

/** FROM: earlier stages by exact name (they are in `stage.base`), then scratch, contexts and images. */
export function resolveFrom(
  stage: Stage,
  expansion: Expansion<Variable>,
  names: Names,
  contexts: NamedContexts,
): Resolution {
  if (stage.context !== null) return inContext(expansion.text, stage.name ?? "", stage.context);
  const unresolved = missingIn(expansion);
  if (unresolved.length > 0) return { ...BLANK, text: null, status: "unknown", unresolved };
  const { text } = expansion;
  const error =
    expansion.error ?? expansion.used.find(({ variable }) => variable.error !== null)?.variable.error ?? null;
  if (error !== null) {
    return { ...BLANK, text: null, status: "invalid", problem: { code: "substitution", data: { error } } };
  }
  if (stage.base) return { ...BLANK, text, status: "stage", target: stage.base };
  const resolution = resolveImage(text, contexts);
  const namesake = names.get(text.toLowerCase());
  if (resolution.status === "external" && namesake && namesake.index > stage.index) {
    const line = String(namesake.from.loc.start.line);
    return { ...resolution, problem: { code: "laterStageIsImage", data: { name: text, line } } };
  }
  return withSpelling(resolution, text, stage, names);
}

/**
 * `COPY --from` and `RUN --mount=from=`: a stage of any case, for COPY also by number; then contexts and
 * images. Variables are not expanded there: BuildKit refuses them.
 */
export function resolveCopied(
  kind: "copy-from" | "mount-from" | "onbuild-copy-from" | "onbuild-mount-from",
  text: string,
  stage: Stage,
  stages: readonly Stage[],
  names: Names,
  contexts: NamedContexts,
  catalog: Pick<Catalog, "official">,
): Resolution {
  const unresolved = variablesIn(text);
  if (unresolved.length > 0) return { ...BLANK, text: null, status: "unknown", unresolved };
  const trigger = kind.startsWith("onbuild");
  if (kind.endsWith("copy-from") && /^[+-]?\d+$/.test(text)) {
    // The number of a trigger counts the stages of the Dockerfile that builds on this one.
    if (trigger) return { ...BLANK, text, status: "stage" };
    return copiedStage(text, stages[Number(text)], stage, stages.length);
  }
  const named = names.get(text.toLowerCase());
  if (named)
    return trigger
      ? { ...BLANK, text, status: "stage", target: named }
      : copiedStage(text, named, stage, stages.length);
  const resolution = withSpelling(resolveImage(text, contexts), text, stage, names);
  return catalog.official.has(text) ? resolution : withNearStage(resolution, text, stage, names);
}

/** The image of `# syntax`; BuildKit asks the named contexts for it, too (gateway/gateway.go). */
export function resolveSyntax(text: string, contexts: NamedContexts): Resolution {
  const resolution = resolveReference(text);
  return resolution.reference ? inPlaceOf(resolution.reference, resolution, contexts) : resolution;
}

function resolveReference(text: string): Resolution {
  const parsed = parseReference(text);
  if ("problem" in parsed) return { ...BLANK, text, status: "invalid", problem: parsed.problem };
  return { ...BLANK, text, status: "external", reference: parsed.reference };
}

function copiedStage(text: string, named: Stage | undefined, stage: Stage, count: number): Resolution {
  const invalid = (code: ImageProblemCode, data: Record<string, string>): Resolution => {
    return { ...BLANK, text, status: "invalid", problem: { code, data } };
  };
  if (!named) return invalid("stageIndex", { name: text, last: String(count - 1) });
  if (named.index === stage.index) return invalid("ownStage", { name: text });
  if (named.index > stage.index) return invalid("laterStage", { name: text, line: String(named.from.loc.start.line) });
  return { ...BLANK, text, status: "stage", target: named };
}

function resolveImage(text: string, contexts: NamedContexts): Resolution {
  if (text === "scratch") return { ...BLANK, text, status: "scratch" };
  const resolution = resolveReference(text);
  return resolution.reference ? inPlaceOf(resolution.reference, resolution, contexts) : resolution;
}

function inPlaceOf(reference: Reference, resolution: Resolution, contexts: NamedContexts): Resolution {
  const name = contextName(reference);
  const context = contexts.get(name);
  return context === undefined ? resolution : inContext(resolution.text ?? "", name, context);
}

function inContext(text: string, name: string, value: string): Resolution {
  const found: Resolution = { ...BLANK, text, status: "context", context: name };
  const image = /^docker-image:(?:\/\/)?(.*)$/s.exec(value)?.[1];
  if (image === undefined || image === "scratch") return found;
  const parsed = parseReference(image);
  if ("reference" in parsed) return { ...found, reference: parsed.reference };
  return { ...found, status: "invalid", problem: { code: "contextImage", data: { name, value } } };
}

/** The names that a text asks for, also those that a modifier covers: BuildKit refuses `${X:-a}` there, too. */
function variablesIn(text: string): readonly string[] {
  const names = new Set<string>();
  if (text.includes("$")) {
    const lookup = (name: string): null => {
      names.add(name);
      return null;
    };
    expand({ text, offsetAt: (index) => index }, lookup, "\\");
  }
  return [...names];
}

/** To an invalid reference adds the earlier stage that was probably meant. */
function withSpelling(resolution: Resolution, text: string, stage: Stage, names: Names): Resolution {
  const { status, problem } = resolution;
  if (status !== "invalid" || !problem) return resolution;
  const lower = text.toLowerCase();
  const named = names.get(lower);
  const meant = named && named.index < stage.index ? lower : nearest(text, earlierNames(stage, names));
  return meant === null ? resolution : { ...resolution, problem: { ...problem, data: { ...problem.data, meant } } };
}

/** To a bare name that is an image by accident adds the earlier stage that was probably meant. */
function withNearStage(resolution: Resolution, text: string, stage: Stage, names: Names): Resolution {
  if (resolution.status !== "external" || /[^\w-]/.test(text)) return resolution;
  const meant = nearest(text, earlierNames(stage, names));
  return meant === null ? resolution : { ...resolution, problem: { code: "nearStage", data: { name: text, meant } } };
}

/** Names of earlier stages, so few that many misspelt images in a file of many stages stay cheap. */
function* earlierNames(stage: Stage, names: Names): Iterable<string> {
  let left = MOST_NAMES;
  for (const [name, { index }] of names) {
    if (index < stage.index) yield name;
    if (--left === 0) return;
  }
}
