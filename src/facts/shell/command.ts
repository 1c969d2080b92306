/** What a RUN does, as simple commands. */
import type { Range } from "../../syntax/nodes.js";

/** A word of a command line with variables put in, as far as they are known. */
export interface Argument {
  /** Null when a part is known only at build time (`$(date)`, a variable of the base image). */
  readonly text: string | null;
  /** What is known of its beginning; all of `text` when that is known. */
  readonly prefix: string;
  /** True when `*`, `?`, `[…]` or `{…}` stand for other texts. */
  readonly pattern: boolean;
  /** Where it stands in the Dockerfile. */
  readonly range: Range;
}

export interface Redirect {
  /** `<` reads; `>`, `>>`, `&>` write. Copies of descriptors (`2>&1`) and here-documents are left out. */
  readonly kind: "read" | "write";
  readonly target: Argument;
}

export interface Command {
  /** The last part of the command's path: `apt-get` for `/usr/bin/apt-get`. */
  readonly name: string;
  /** As called: `./configure`, `apt-get`. */
  readonly path: string;
  readonly args: readonly Argument[];
  /** Assignments for this command alone (`A=b cmd`, `env A=b cmd`); null for a value known only at build time. */
  readonly env: ReadonlyMap<string, string | null>;
  /** Absolute; null when it depends on the build. */
  readonly cwd: string | null;
  /** True when a build can succeed without it: in `if`, in a loop, behind `||`. */
  readonly conditional: boolean;
  /** Whom sudo, su, gosu and the like run it as; null for the user of the RUN. */
  readonly user: string | null;
  /** True when its standard input comes from a pipe or stands in the file. */
  readonly input: boolean;
  readonly redirects: readonly Redirect[];
  /** From its first to its last word in the Dockerfile. */
  readonly range: Range;
}

/** `foreign`: another language than sh's (PowerShell, cmd, Python); nothing is known of it. */
export type RunScript =
  | {
      readonly kind: "commands";
      readonly commands: readonly Command[];
      /** False when something was not understood: then any file may be read or written. */
      readonly complete: boolean;
    }
  | { readonly kind: "foreign"; readonly shell: string };

export const NOT_READ: RunScript = { kind: "commands", commands: [], complete: false };
