/** What is in the cache key of a step, in words. */
import type { Instruction } from "../../syntax/nodes.js";
import { DEFAULT_SHELL } from "../shell/dialect.js";
import type { ContentEdge } from "./copied.js";
import { entriesOf, entryOf } from "./environment.js";
import type { Step } from "./step.js";

/** More variables than these are not listed one by one. */
export const MOST_VARIABLES = 100;

/**
 * The parts that decide whether a step is reused: `line 4` (the step that it stands on), `text`, `ARG GIT_SHA`,
 * `user node`, `folder /app`, `build context: package*.json` (its content). Empty for what is in no key. `declared` are the ARGs that stand above:
 * one without a value is told, too, as the value that a build gives it is in the key.
 */
export function keyParts(step: Step, declared: readonly string[]): readonly string[] {
  const { kind, instruction } = step;
  if (kind === "base") return [baseOf(step)];
  if (kind === "setting" || kind === "metadata") return [];
  const below = step.parent && kind !== "link" ? [`line ${lineOf(step.parent)}`] : [];
  return [...below, ...ownParts(step, instruction, declared)];
}

/** What a step takes from the build context, stages, images and the network: `stage build: /app/dist`. */
export function contentParts({ content }: Pick<Step, "content">): readonly string[] {
  return [...new Set(content.flatMap(contentNames))];
}

function ownParts(step: Step, instruction: Instruction, declared: readonly string[]): readonly string[] {
  const { state, copied } = step;
  const user = state.user === null ? [] : [`user ${state.user}`];
  switch (instruction.type) {
    case "Run": {
      const shell = state.shell.join(" ");
      const isDefault = instruction.exec !== null || shell === DEFAULT_SHELL.join(" ");
      return [
        ...["text", ...variables(step, declared)],
        ...[...user, `folder ${state.workdir.path}`],
        ...(isDefault ? [] : [`shell ${shell}`]),
        ...contentParts(step),
      ];
    }
    case "Copy":
    case "Add": {
      const flags = instruction.flags.filter(({ name }) => name !== "from" && name !== "link");
      return [
        ...contentParts(step),
        `destination ${copied?.destination ?? instruction.words.at(-1)?.text ?? ""}`,
        ...flags.map(({ name, value }) => `--${name}${value ? `=${value.text}` : ""}`),
      ];
    }
    default:
      return ["text", ...user];
  }
}

function baseOf({ stage }: Step): string {
  if (stage.context !== null) return `build context ${stage.context}`;
  if (stage.base) return `stage ${String(stage.base.name ?? stage.base.index)}`;
  const image = stage.expansion?.text ?? "";
  return image === "scratch" ? image : `image ${image}`;
}

function variables({ state: { environment } }: Step, declared: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const { name, source } of entriesOf(environment)) {
    if (found.length === MOST_VARIABLES) return [...found, "more variables"];
    found.push(`${source === "arg" ? "ARG" : "ENV"} ${name}`);
  }
  const unset = declared.filter((name) => entryOf(environment, name) === null);
  return [...found, ...unset.map((name) => `ARG ${name} (without a value)`)];
}

function contentNames({ from, paths }: ContentEdge): string[] {
  switch (from.kind) {
    case "context":
      // Paths start at the root of the context; as people write them, they do not.
      return paths.map((path) => `build context: ${path === "/" ? "." : path.slice(1)}`);
    case "stage":
      return paths.map((path) => `stage ${String(from.stage.name ?? from.stage.index)}: ${path}`);
    case "image":
      return paths.map((path) => `image ${from.name}: ${path}`);
    case "url":
      return [from.name];
    case "inline":
      return [`heredoc ${from.name}`];
  }
}

function lineOf({ instruction }: Step): number {
  return instruction.loc.start.line;
}
