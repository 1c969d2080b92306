import type { Metafile } from "esbuild";

/** Inputs of which something is really in an output: what tree shaking left out needs no licence. */
export function bundledInputs({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return [...new Set(inputs)].sort();
}
