/** What the docs of the rules say. The build leaves it out of the rules themselves, and puts it in here. */
import { rules } from "../../rules/index.js";
import type { RuleText } from "../report/report.js";

/** By rule. */
export const ruleTexts: Readonly<Record<string, RuleText>> = Object.fromEntries(
  Object.entries(rules).map(([name, { meta }]) => {
    const { reason, examples } = meta.docs;
    return [name, { reason, examples }];
  }),
);
