/** Loads what reads the shell commands of RUN, where a run needs it. */
import { rules } from "../../../rules/index.js";
import { loadShellParser, mayHaveRun, type ShellParser } from "../../facts/shell/parser.js";
import type { Policy } from "../../policy/policy.js";

/** The parser for a Dockerfile's text; null where nobody would ask it anything. Loaded once. */
export type Shell = (text: string, policies: readonly Policy[]) => Promise<ShellParser | null>;

const ABOUT_LAYERS: readonly string[] = Object.entries(rules).flatMap(([name, { meta }]) => {
  return meta.docs.category === "layers" ? [name] : [];
});

export function shellOnDemand(): Shell {
  let parser: Promise<ShellParser> | null = null;
  return async (text, policies) => {
    if (!mayHaveRun(text)) return null;
    const isAsked = policies.some((policy) => ABOUT_LAYERS.some((name) => (policy.rules[name]?.severity ?? 0) !== 0));
    return isAsked ? (parser ??= loadShellParser()) : null;
  };
}
