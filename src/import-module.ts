/** Modules that are not ours, whose names are known only when the command runs. */
import { createRequire } from "node:module";

type ImportModule = (url: string) => Promise<{ readonly default?: unknown }>;

/** A module, ES or CommonJS, by its `file:` URL. Rejects with what it throws. */
export const importModule: ImportModule = (url) => {
  // In its own file for the sake of the build, see there. It is as far from here as from dist/.
  return (createRequire(import.meta.filename)("../bin/import.cjs") as ImportModule)(url);
};
