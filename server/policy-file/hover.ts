/** What a hover in a policy file shows: the rule, or what the schema says of a key. */
import { policyCursor, schemaAt } from "../../src/editor.js";
import type { Hover } from "../features/hover.js";
import { describe } from "./completion.js";
import { ruleText } from "./rule-text.js";

/** At `offset` (0-based) in the text of a policy. */
export function policyHoverAt(text: string, offset: number): Hover | null {
  const cursor = policyCursor(text, offset);
  if (!cursor || cursor.word === "") return null;
  const { path, kind, word, range } = cursor;
  const parts = schemaAt(path);
  const isRule = parts.some(({ schema }) => schema.title === "Rule name");
  const markdown = (isRule ? ruleText(word) : null) ?? describe(kind === "key" ? schemaAt([...path, word]) : parts);
  return markdown === null ? null : { range, markdown };
}
