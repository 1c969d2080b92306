/** Whether the Dockerfile's own folder is its build context, where nobody said so. */
import { isAnyManifestSource } from "../ecosystems/manifests.js";
import { normalPath } from "../effects/paths.js";
import type { Facts } from "../facts.js";
import type { ProjectFiles } from "../project-files.js";
import type { Command } from "../shell/command.js";
import { belowFolder, contextCopy, type ContextCopy } from "./context-copies.js";
import type { ContentEdge } from "../layers/copied.js";
import type { Step } from "../layers/step.js";

/** `./src/app`, and not `/src/app` or `../app`. */
const FOLDER = /^(?:\.\/)?[\w-][^/]*\/./;
const PROJECT_FILE = /\/[^/]+\.(?:csproj|fsproj|vbproj|slnx?)$/;

/**
 * True when the context is certain; else when a COPY names something that is there, or a manifest lies there. `.`
 * alone would be there in any folder.
 */
export function isLikelyContext({ inputs, layers }: Pick<Facts, "inputs" | "layers">, files: ProjectFiles): boolean {
  if (inputs.context?.()?.certain === true) return true;
  const { steps } = layers;
  const isNamed = steps.some((step) => contextCopy(step)?.sources.some((source) => source !== "" && files.has(source)));
  if (isNamed) return true;
  // `dotnet publish src/app/app.csproj`, or `dotnet restore ./src/app`, in that folder: the context is further up.
  const isElsewhere = steps.some(({ work }) =>
    work.installs.some(({ operands, ecosystem }) =>
      operands.some(({ text }) => {
        const isPath = text !== null && (PROJECT_FILE.test(text) || (ecosystem.name === "dotnet" && FOLDER.test(text)));
        return isPath && !files.has(normalPath("/", text).slice(1));
      }),
    ),
  );
  return (
    !isElsewhere &&
    !startsWhatIsElsewhere(steps, files) &&
    !worksElsewhere(steps, files) &&
    files.list("").some((name) => isAnyManifestSource(name))
  );
}

/** `COPY . .` and `RUN cd shop && …`, where the Dockerfile's folder has no `shop`: the context is further up. */
function worksElsewhere(steps: readonly Step[], files: ProjectFiles): boolean {
  let whole: ContextCopy | null = null;
  /** Words of commands so far: who names a folder may have made it. */
  const named = new Set<string>();
  for (const step of steps) {
    if (step.kind === "base") whole = null;
    const copy = contextCopy(step);
    if (copy?.sources.includes("") === true) whole = copy;
    for (const { name, cwd, conditional, args } of commandsOf(step)) {
      const [first = ""] =
        cwd === null || conditional || !whole ? [] : (belowFolder(cwd, whole.place) ?? "").split("/");
      if (first !== "" && !named.has(first) && !files.has(first)) return true;
      if (name !== "cd") for (const { text } of args) for (const part of (text ?? "").split("/")) named.add(part);
    }
  }
  return false;
}

function commandsOf({ work: { script } }: Step): readonly Command[] {
  return script?.kind === "commands" ? script.commands : [];
}

const PROGRAM = /^[^/]+\.(?:dll|jar|war|exe)$/;

/** `COPY . .` alone, and a start of `app.dll`, which the folder does not hold: the context is where a build put it. */
function startsWhatIsElsewhere(steps: readonly Step[], files: ProjectFiles): boolean {
  const exported = steps.filter(({ stage }) => stage.exported);
  if (exported.some(({ instruction, content }) => instruction.type === "Run" || content.some(isOfImage))) return false;
  return exported.some(({ instruction }) => {
    if (instruction.type !== "Cmd" && instruction.type !== "Entrypoint") return false;
    return (instruction.exec ?? []).some(({ text }) => PROGRAM.test(text) && !files.has(text));
  });
}

function isOfImage({ from }: ContentEdge): boolean {
  return from.kind !== "context";
}
