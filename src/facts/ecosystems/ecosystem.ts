/** What fromlint knows of a language's package manager. The tables are data, one file a family. */

export type EcosystemName =
  | "npm"
  | "yarn"
  | "pnpm"
  | "bun"
  | "pip"
  | "poetry"
  | "uv"
  | "pipenv"
  | "go"
  | "cargo"
  | "maven"
  | "gradle"
  | "dotnet"
  | "bundler"
  | "composer"
  | "mix";

/**
 * What a command of a package manager is for. `install`: the dependencies that the manifests name, put where the
 * project uses them; `fetch`: the same, into a cache; `build`: compiles the project and fetches what is missing;
 * `tool`: packages named on the command line.
 */
export type InstallKind = "install" | "fetch" | "build" | "tool";

/** One form of a command, the first that fits counts. */
export interface CommandForm {
  /**
   * The operands that it starts with, alternatives with `|`: `["install|i"]`; none for a bare `yarn`. `*` is any one;
   * a word that starts with `*` may stand anywhere among them (tasks of Maven and Gradle).
   */
  readonly words: readonly string[];
  readonly kind: InstallKind;
  /** One of these must be there. */
  readonly needs?: readonly string[];
  /** None of these may be there. */
  readonly without?: readonly string[];
  /** Only where an operand is versioned (`x@v1`), or is a path (`.`, `./lib`, `/tmp/x.whl`). */
  readonly when?: "versioned" | "path";
  /** What more operands mean: named packages (`tool`), or nothing of note. */
  readonly operands?: "tool" | "ignored";
  /** True when it always, or with one of these options, refuses to change the lockfile. */
  readonly frozen?: true | readonly string[];
  /** What to write where it is not frozen: `npm ci`, `--frozen-lockfile`; null where there is no such form. */
  readonly frozenForm?: string;
}

export interface Ecosystem {
  readonly name: EcosystemName;
  /** For messages: `npm`, `Maven`. */
  readonly title: string;
  readonly programs: readonly string[];
  /** Options that take the next word. */
  readonly valued: readonly string[];
  /** Options that name the project's folder, or a manifest in it. */
  readonly folder: readonly string[];
  /** Options that name further manifests: pip's `-r`. */
  readonly listed: readonly string[];
  /**
   * Paths below the project's folder, `*` within a name, `**` over folders, `/` at the end for a folder. The first
   * is what makes a folder a project.
   */
  readonly manifests: readonly string[];
  readonly lockfiles: readonly string[];
  readonly forms: readonly CommandForm[];
  /** Options that mean that nothing is fetched. */
  readonly offline: readonly string[];
  /** Where its downloads are kept: a cache mount there makes fetching cheap. */
  readonly caches: readonly string[];
  /** Options with which an install also reads the project's own code. */
  readonly scansSource?: readonly string[];
  /** Options without which an install also installs the project itself, which reads its code. */
  readonly withoutProject?: readonly string[];
  /** True when installing runs code that packages, or the project, bring with them. */
  readonly runsScripts: boolean;
  readonly withoutScripts?: readonly string[];
  /** Where dependencies land, below the project's folder. */
  readonly output: readonly string[];
}
