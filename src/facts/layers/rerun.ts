/** Which steps a change re-runs. */
import type { Instruction } from "../../syntax/nodes.js";
import { isAnyManifestSource } from "../ecosystems/manifests.js";
import { fits, isGlob } from "../ecosystems/glob.js";
import { ALL_PATHS, normalPath, NO_PATHS, sharedPath, unitePaths, pathSet, type PathSet } from "../effects/paths.js";
import { otherArgument, otherTexts, type Variation } from "./arguments.js";
import type { ContentEdge } from "./copied.js";
import { volatilityOf } from "./exposure.js";
import type { Step } from "./step.js";
import { stepsOf, type LayerInputs } from "./steps.js";

/** What changes between two builds. */
export type Change =
  /** Some file of the application, no manifest, no settings. */
  | { readonly kind: "source" }
  /** A manifest or lockfile, of any ecosystem. */
  | { readonly kind: "lockfile" }
  /** These files of the context, from its root. */
  | { readonly kind: "files"; readonly paths: readonly string[] }
  /** The value of a build argument. */
  | { readonly kind: "argument"; readonly name: string }
  /** The text of these instructions. */
  | { readonly kind: "texts"; readonly instructions: ReadonlySet<Instruction> }
  /** The content of an image, by what FROM says after expansion; every image with null. */
  | { readonly kind: "image"; readonly name: string | null };

export interface Rerun {
  readonly step: Step;
  /**
   * `own`: its own part of the key changes. `parent`: a step that it stands on is re-run. `content`: it takes files
   * from a stage that is re-run, and they may come out the same: then it and what stands on it is reused.
   */
  readonly why: "own" | "parent" | "content";
  /** False when it is re-run only if content from another stage differs. */
  readonly certain: boolean;
  /** The step whose change reaches it first: itself for `own`. */
  readonly cause: Step;
}

/** More written paths than these in a stage are not told apart. */
const MOST_WRITTEN = 64;

/** What is known of a stage while the steps are gone through. */
interface Touched {
  /** What its steps that are re-run may write. */
  writes: PathSet;
}

/** The steps that are re-run, in order; only layers, not settings and metadata. */
export function rerunBy(change: Change, steps: readonly Step[], inputs: LayerInputs): readonly Rerun[] {
  const changed = ownChanges(change, inputs);
  /** By step: how it is reached, also where it is no layer and only hands on. */
  const reached: (Rerun | null)[] = [];
  const touched: Touched[] = [];
  for (const step of steps) {
    const stage = (touched[step.stage.index] ??= {
      writes: step.parent ? (touched[step.parent.stage.index]?.writes ?? NO_PATHS) : NO_PATHS,
    });
    const above = step.parent ? (reached[step.parent.index] ?? null) : null;
    const rerun = reach(step, changed(step), above, touched);
    reached.push(rerun ?? (step.kind === "link" ? handOn(step, above) : null));
    if (rerun?.why === "own" && step.kind === "base") stage.writes = ALL_PATHS;
    else if (rerun && step.kind !== "base") {
      const writes = unitePaths([stage.writes, step.work.effects.writes.paths]);
      stage.writes = writes.paths.length > MOST_WRITTEN ? ALL_PATHS : writes;
    }
  }
  return reached.flatMap((rerun, index) => {
    const step = steps[index];
    return rerun && rerun.step === step && (step.kind === "layer" || (step.kind === "link" && rerun.why !== "parent"))
      ? [rerun]
      : [];
  });
}

function reach(step: Step, isChanged: boolean, above: Rerun | null, touched: readonly Touched[]): Rerun | null {
  if (isChanged) return { step, why: "own", certain: true, cause: step };
  if (step.kind === "setting" || step.kind === "metadata") return null;
  if (above?.certain === true && step.kind !== "link")
    return { step, why: "parent", certain: true, cause: above.cause };
  const isTaken = step.content.some(({ from, paths }) => {
    if (from.kind !== "stage") return false;
    const writes = touched[from.stage.index]?.writes ?? NO_PATHS;
    return sharedPath(writes, pathSet(paths.map(literalPart))) !== null;
  });
  if (isTaken) return { step, why: "content", certain: false, cause: step };
  if (above && step.kind !== "link") return { step, why: "parent", certain: false, cause: above.cause };
  return null;
}

/** A `COPY --link` is not re-run with what it stands on, but what stands on it is. */
function handOn(step: Step, above: Rerun | null): Rerun | null {
  return above && { ...above, step, why: "parent" };
}

/** Tells whether a step's own part of the key changes. */
function ownChanges(change: Change, inputs: LayerInputs): (step: Step) => boolean {
  switch (change.kind) {
    case "argument":
      return otherwise(otherArgument(change.name, inputs.facts.globals), inputs);
    case "texts":
      return otherwise(otherTexts(change.instructions), inputs);
    case "image":
      return (step) => fromImage(step, change.name);
    case "source":
      return (step) => fromContext(step, (path) => volatilityOf(path) === 7);
    case "lockfile":
      return (step) => fromContext(step, bringsManifests);
    case "files": {
      const paths = change.paths.map((path) => normalPath("/", path));
      return (step) => fromContext(step, (source) => paths.some((path) => brings(source, path)));
    }
  }
}

/** Steps whose own part is another in a build that differs in `other`. */
function otherwise(other: Variation, inputs: LayerInputs): (step: Step) => boolean {
  const varied = stepsOf(inputs, other);
  return ({ index, own }) => varied[index]?.own !== own;
}

function fromImage({ kind, parent, stage, content }: Step, name: string | null): boolean {
  const isBase = kind === "base" && parent === null && stage.expansion?.text !== "scratch";
  if (isBase && (name === null || stage.expansion?.text === name)) return true;
  return content.some(({ from }) => from.kind === "image" && (name === null || from.name === name));
}

function fromContext({ content, copied }: Step, test: (path: string) => boolean): boolean {
  if (copied && copied.sources.includes(null) && content.some(({ from }) => from.kind === "context")) return true;
  return content.some((edge: ContentEdge) => edge.from.kind === "context" && edge.paths.some(test));
}

function bringsManifests(path: string): boolean {
  return path === "/" || volatilityOf(path) === 7 || isAnyManifestSource(path);
}

/** True when a COPY of `source` brings the file at `path`, both from the root of the context. */
function brings(source: string, path: string): boolean {
  if (!isGlob(source)) return sharedPath(pathSet([source]), pathSet([path])) !== null;
  const depth = source.split("/").length;
  return fits(source, path.split("/").slice(0, depth).join("/"));
}

function literalPart(path: string): string {
  const glob = path.search(/[*?[]/);
  return glob < 0 ? path : path.slice(0, path.lastIndexOf("/", glob)) || "/";
}
