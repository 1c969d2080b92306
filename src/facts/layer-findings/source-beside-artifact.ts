/** Copies of the source into an exported stage that gets the compiled program from another one. */
import { normalPath } from "../effects/paths.js";
import type { Facts } from "../facts.js";
import { contextCopy, type ContextCopy } from "./context-copies.js";
import type { Layers } from "../layers/layers.js";
import { isAround } from "./source-copies.js";
import type { Step } from "../layers/step.js";

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
}

/** The first such copy of each exported stage. */
export function sourceBesideArtifact(
  layers: Layers,
  { stages }: Pick<Facts, "stages">,
): readonly SourceBesideArtifact[] {
  return stages.flatMap((stage) => {
    const steps = layers.byStage[stage.index] ?? [];
    if (!stage.exported || isInterpreted(steps)) return [];
    for (const artifact of steps) {
      if (artifact.triggered) continue;
      for (const { from, paths } of artifact.content) {
        if (from.kind !== "stage" || artifact.instruction.type === "Run") continue;
        const builder = compilingStep(layers.byStage[from.stage.index] ?? [], paths);
        const to = artifact.copied?.destination ?? null;
        if (!builder || to === null) continue;
        // Elsewhere it is there for its own sake.
        const copy = steps
          .map(contextCopy)
          .find((one) => one?.sources.includes("") === true && isAround(one.place, normalPath("/", to)));
        // The same source that the program was compiled from.
        const isSame =
          copy && layers.byStage[from.stage.index]?.some((step) => contextCopy(step)?.sources.includes("") === true);
        if (copy && isSame === true && !copy.step.triggered) return [{ copy, artifact, builder }];
      }
    }
    return [];
  });
}

/** The step that compiles; not where the whole project is handed over, with all that runs from source. */
function compilingStep(steps: readonly Step[], paths: readonly string[]): Step | null {
  if (paths.includes("/")) return null;
  return (
    steps.find(({ work }) =>
      work.installs.some(({ kind, ecosystem }) => kind === "build" && COMPILERS.has(ecosystem.name)),
    ) ?? null
  );
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
