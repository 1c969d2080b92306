/**
 * What the page is given as JSON: plain data, in which every text is already fit to be shown. Both sides of the page see
 * this file, so it imports nothing.
 */

/** The tier of an image; `unresolved` where nobody can say which one it is, `none` for scratch and build contexts. */
export type Standing = "golden" | "official" | "verified" | "other" | "unresolved" | "none";

/** How tightly it is pinned, loosest first; null where there is no image. */
export type Pinning = "none" | "tag" | "major" | "minor" | "patch" | "digest" | null;

export interface UseData {
  /** 1-based. */
  readonly line: number;
  /** `from`, `copy-from`, `mount-from`, `syntax` or the like. */
  readonly kind: string;
  /** As people write it: `node:22`; the text of the Dockerfile where no image is known. */
  readonly image: string;
  readonly tier: Standing;
  readonly pinning: Pinning;
  readonly role: "final" | "build" | "copied";
  readonly eol: EndData | null;
  /** The stage that it stands in, by its number, 0-based; null for `# syntax`. */
  readonly stage: number | null;
  /** Where it names an earlier stage: that one's number; `image` is then the stage's name. */
  readonly from: number | null;
  /** True where it names a stage, so that no image is meant. */
  readonly isStage: boolean;
  /** What its registry says; left out where it was not asked. */
  readonly online?: readonly string[];
}

export interface EndData {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** What ends, such as `Debian 10`. */
  readonly of: string;
  readonly state: "ended" | "soon" | "later";
}

/** A line of code: what stands before the mark, what is marked, what follows. */
export interface CodeLine {
  /** 1-based. */
  readonly number: number;
  readonly parts: readonly [before: string, marked: string, after: string];
}

export interface ChangeLine {
  readonly sign: " " | "-" | "+" | "…";
  readonly text: string;
}

export interface ChangeData {
  /** What it does: `Use node:22.23.2`. */
  readonly title: string;
  /** True for what `--fix` applies, false for a suggestion. */
  readonly isFix: boolean;
  readonly lines: readonly ChangeLine[];
}

export interface FindingData {
  readonly rule: string;
  readonly severity: 1 | 2;
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly code: readonly CodeLine[];
  readonly changes: readonly ChangeData[];
  readonly related: readonly { readonly line: number; readonly text: string }[];
  /** Which `uses` of the file it is about: those in its lines and the image behind its stage, by index. */
  readonly uses: readonly number[];
}

export interface FileData {
  readonly path: string;
  /** Names of the stages by number; null for one without a name. */
  readonly stages: readonly (string | null)[];
  readonly findings: readonly FindingData[];
  readonly uses: readonly UseData[];
}

export interface RuleData {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  /** How many findings of it there are in the whole run, also those that the page leaves out. */
  readonly count: number;
}

export interface Totals {
  readonly files: number;
  readonly affected: number;
  readonly errors: number;
  readonly warnings: number;
  readonly waived: number;
  readonly fixable: number;
  readonly suggested: number;
}

/** What is counted and left out. */
export interface LeftOut {
  readonly files: number;
  readonly findings: number;
}

/** What follows the files, known at the end of a run. */
export interface PageEnd {
  /** Null for the inventory alone. */
  readonly totals: Totals | null;
  readonly rules: readonly RuleData[];
  readonly leftOut: LeftOut;
  /** Sentences for the top of the page: what could not be done. */
  readonly notes: readonly string[];
  /** Titles of the columns that `online` fills; empty where registries were not asked. */
  readonly onlineColumns: readonly string[];
}
