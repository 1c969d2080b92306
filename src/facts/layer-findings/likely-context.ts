/** Whether the Dockerfile's own folder is its build context, where nobody said so. */
import { isAnyManifestSource } from "../ecosystems/manifests.js";
import type { Facts } from "../facts.js";
import type { ProjectFiles } from "../project-files.js";
import { contextCopy } from "./context-copies.js";
import type { ContentEdge } from "../layers/copied.js";
import type { Step } from "../layers/step.js";

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
  // `dotnet publish src/app/app.csproj` in the folder of app.csproj: the context is further up.
  const isElsewhere = steps.some(({ work }) =>
    work.installs.some(({ operands }) =>
      operands.some(({ text }) => text !== null && PROJECT_FILE.test(text) && !files.has(text)),
    ),
  );
  return (
    !isElsewhere && !startsWhatIsElsewhere(steps, files) && files.list("").some((name) => isAnyManifestSource(name))
  );
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
