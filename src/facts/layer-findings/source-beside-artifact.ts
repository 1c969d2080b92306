/** Copies of the source into an exported stage that gets the compiled program from another one. */
import { normalPath } from "../effects/paths.js";
import type { Facts } from "../facts.js";
import { contextCopy, type ContextCopy } from "./context-copies.js";
import type { Layers } from "../layers/layers.js";
import { isAround } from "./source-copies.js";
import { needsSeen } from "./source-needed.js";
import type { Step } from "../layers/step.js";
import type { Stage } from "../stages.js";

/** Programs and base images of languages that run from source. */
const INTERPRETED =
  /(?:^|[/\s"'[=_-])(?:node|nodejs|npm|npx|yarn|pnpm|bun|deno|python[\d.]*|pip[\d.]*|gunicorn|uvicorn|flask|django|ruby|rails|bundle|puma|php|php-fpm|composer|apache2?|httpd|nginx|caddy|perl|lua|elixir|erlang|mix|rscript|r-base|bash|jupyter|pytorch|tensorflow)(?:$|[-/:\s"'\],.\d])/i;

const COMPILERS: ReadonlySet<string> = new Set(["go", "cargo", "maven", "gradle", "dotnet"]);

export interface SourceBesideArtifact {
  readonly copy: ContextCopy;
  /** The COPY --from of what was compiled. */
  readonly artifact: Step;
  /** What compiled it. */
  readonly builder: Step;
  /** True when nothing in the image is known to need the source. */
  readonly removable: boolean;
}

/** More copies of the whole context than these in a stage are not looked at. */
const MOST_COPIES = 16;

/** The first such copy of each exported stage. */
export function sourceBesideArtifact(
  layers: Layers,
  { stages, files }: Pick<Facts, "stages" | "files">,
): readonly SourceBesideArtifact[] {
  const isNeeded = needsSeen(layers, files);
  const compiling = compilingSteps(layers);
  return stages.flatMap((stage) => {
    const steps = layers.byStage[stage.index] ?? [];
    const copies = stage.exported ? wholeCopies(steps) : [];
    if (copies.length === 0 || isInterpreted(steps)) return [];
    for (const artifact of steps) {
      if (artifact.triggered) continue;
      for (const { from, paths } of artifact.content) {
        if (from.kind !== "stage" || artifact.instruction.type === "Run" || paths.includes("/")) continue;
        const builder = compiling(from.stage);
        const to = artifact.copied?.destination ?? null;
        if (!builder || to === null) continue;
        // Elsewhere it is there for its own sake.
        const copy = copies.find(({ place }) => isAround(place, normalPath("/", to)));
        if (copy && !copy.step.triggered) {
          return [{ copy, artifact, builder, removable: !isNeeded(copy, artifactsIn(steps)) }];
        }
      }
    }
    return [];
  });
}

/** The first copies of the whole context. */
function wholeCopies(steps: readonly Step[]): readonly ContextCopy[] {
  const found: ContextCopy[] = [];
  for (const step of steps) {
    const copy = found.length < MOST_COPIES ? contextCopy(step) : null;
    if (copy?.sources.includes("") === true) found.push(copy);
  }
  return found;
}

/** Where the steps put what they take from other stages: the destinations, and in folders the names that they keep. */
function artifactsIn(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ copied, content }) => {
    const to = copied?.destination ?? null;
    const taken = content.flatMap(({ from, paths }) => (from.kind === "stage" ? paths : []));
    if (to === null || taken.length === 0) return [];
    const places = taken.map((path) => normalPath(to, path.slice(path.lastIndexOf("/") + 1)));
    return [normalPath("/", to), ...places];
  });
}

/**
 * The step of a stage that compiles, where that stage has the same source: not what was made of something else. Asked
 * of many copies, worked out once for a stage.
 */
function compilingSteps({ byStage }: Layers): (stage: Stage) => Step | null {
  const known = new Map<Stage, Step | null>();
  const find = (stage: Stage): Step | null => {
    const steps = byStage[stage.index] ?? [];
    if (wholeCopies(steps).length === 0) return null;
    const compiles = ({ work }: Step): boolean =>
      work.installs.some(({ kind, ecosystem }) => kind === "build" && COMPILERS.has(ecosystem.name));
    return steps.find(compiles) ?? null;
  };
  return (stage) => {
    let found = known.get(stage);
    if (found === undefined) known.set(stage, (found = find(stage)));
    return found;
  };
}

/** True when the stage may run something from source: its base, its tools or its command say so. */
function isInterpreted(steps: readonly Step[]): boolean {
  return steps.some(({ instruction, work, stage }) => {
    if (instruction.type === "From") return stage.base !== null || INTERPRETED.test(stage.expansion?.text ?? "$");
    if (instruction.type === "Run")
      return work.script?.kind !== "commands" || INTERPRETED.test(instruction.args?.text ?? "") || work.volatility >= 6;
    return (
      (instruction.type === "Cmd" || instruction.type === "Entrypoint") &&
      INTERPRETED.test(instruction.args?.text ?? "")
    );
  });
}
