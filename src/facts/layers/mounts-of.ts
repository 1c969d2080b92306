/** Which paths of a RUN lie outside its layer. */
import { mountFields } from "../../syntax/mounts.js";
import type { CommandInstruction } from "../../syntax/nodes.js";
import { normalPath, pathSet, type PathSet } from "../effects/paths.js";
import type { Step } from "./step.js";

/** The targets of the mounts: what is written there is in no layer. A relative one is seen from the folder. */
export function mountedPaths({ instruction, state }: Step): PathSet {
  if (instruction.type !== "Run") return pathSet([]);
  return pathSet(targets(instruction).map((target) => normalPath(state.workdir.path, target)));
}

function targets({ flags }: CommandInstruction): readonly string[] {
  return flags.flatMap(({ name, value }) => {
    if (name !== "mount" || value === null) return [];
    const target = mountFields(value).find(({ key }) => key === "target" || key === "dst" || key === "destination");
    const path = target?.value ?? null;
    return path === null ? [] : [path];
  });
}
