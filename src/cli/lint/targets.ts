/** What a run learns of `--target`: which of its files have no stage of that name. */
import type { lookUpTarget, MissingTarget } from "../../facts/target.js";
import { relativePath } from "../../report/path.js";

type Seen = Exclude<ReturnType<typeof lookUpTarget>, null>;

export interface Targets {
  /** Notes what looking for it in a file (absolute path) gave. */
  readonly seen: (filePath: string, result: ReturnType<typeof lookUpTarget>) => void;
  /** What was noted since the last time, to be noted again elsewhere: here it is forgotten. */
  readonly take: () => readonly (readonly [filePath: string, result: Seen])[];
  /** One line a file; of very many the first. */
  readonly notes: (cwd: string) => readonly string[];
  /** True when files were looked at and none has it: then the command line is wrong, and the run has failed. */
  readonly isNowhere: () => boolean;
}

const MOST_NOTES = 20;
const MOST_NAMES = 5;

export function createTargets(): Targets {
  const missing = new Map<string, MissingTarget>();
  let isSomewhere = false;
  return {
    seen: (filePath, result) => {
      if (result === "found") isSomewhere = true;
      else if (result) missing.set(filePath, result);
    },
    take: () => {
      const all: [string, Seen][] = [...missing];
      if (isSomewhere) all.push(["", "found"]);
      missing.clear();
      isSomewhere = false;
      return all;
    },
    notes: (cwd) => {
      const all = [...missing].map(([filePath, one]) => {
        return `${relativePath(filePath, cwd)}: ${missingText(one)} The last stage counted as the one that is built.`;
      });
      const more = all.length - MOST_NOTES;
      return more > 0 ? [...all.slice(0, MOST_NOTES), `The same for ${more} more files.`] : all;
    },
    isNowhere: () => missing.size > 0 && !isSomewhere,
  };
}

/** `target stage "tset" could not be found. Did you mean test?` */
export function missingText({ target, names, near }: MissingTarget): string {
  const shown = names.slice(0, MOST_NAMES).join(", ") + (names.length > MOST_NAMES ? ", …" : "");
  const hint = near !== null ? ` Did you mean ${near}?` : names.length > 0 ? ` There is ${shown}.` : "";
  return `target stage ${JSON.stringify(target)} could not be found.${hint}`;
}
