/** A Dockerfile with the cursor in it: `FROM node:‸`. */
import * as unbash from "unbash";
import { openCatalog } from "../../../src/catalog.js";
import { withFacts, type LintSource } from "../../../src/facts/facts.js";
import { sourceOf } from "../../../src/lint.js";
import type { Range } from "../../../src/editor.js";
import { testPolicy } from "../../rules/test-policy.js";

/** U+2038, which no Dockerfile has. */
export const CURSOR = "‸";

export interface Given {
  /** Keys of the policy file. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly contexts?: Readonly<Record<string, string>>;
  readonly today?: string;
}

const catalog = openCatalog();

export function sourceFor(
  text: string,
  { policy = {}, buildArgs = {}, contexts = {}, today = "2026-11-21" }: Given = {},
): LintSource {
  const shared = { catalog, target: null, ruleNames: [], shell: unbash };
  return withFacts(sourceOf(text), { ...shared, policy: testPolicy(policy), today, buildArgs, contexts });
}

/** The text without its mark, and where that stood. */
export function marked(text: string, given: Given = {}): { readonly source: LintSource; readonly offset: number } {
  const offset = text.indexOf(CURSOR);
  if (offset < 0) throw new Error(`no ${CURSOR} in ${text}`);
  return { source: sourceFor(text.replace(CURSOR, ""), given), offset };
}

/** The text with a range put in guillemets: `FROM «node»:22`. */
export function shown(text: string, ranges: readonly Range[]): string {
  const sorted = ranges.toSorted((a, b) => b[0] - a[0]);
  return sorted.reduce((so, [from, to]) => `${so.slice(0, from)}«${so.slice(from, to)}»${so.slice(to)}`, text);
}
