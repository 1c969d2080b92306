/** Whether the Dockerfile's own folder is its build context, where nobody said so. */
import { isAnyManifestSource } from "../ecosystems/manifests.js";
import type { Facts } from "../facts.js";
import type { ProjectFiles } from "../project-files.js";
import { contextCopy } from "./context-copies.js";

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
  return !isElsewhere && files.list("").some((name) => isAnyManifestSource(name));
}
