/** A rule in words, from its own docs. */
import { rules } from "../../src/index.js";
import { code } from "../features/markdown.js";

const SEVERITIES = {
  error: "an error",
  warn: "a warning",
  off: "off",
  policy: "an error where the policy declares what it checks, else a warning",
  strict: "off; an error in `strict`",
} as const;

/** Markdown; null for a name that no rule has. */
export function ruleText(name: string): string | null {
  const meta = Object.hasOwn(rules, name) ? rules[name]?.meta : undefined;
  if (!meta) return null;
  const { description, reason, recommended } = meta.docs;
  const options = meta.schema.flatMap((schema) => {
    const { properties = {} } = schema as { properties?: Record<string, { description?: string }> };
    return Object.entries(properties).map(([option, { description: text = "" }]) => `- ${code(option)}: ${text}`);
  });
  const lines = [`**${name}**: ${description}`, "", reason, "", `In \`recommended\`: ${SEVERITIES[recommended]}.`];
  return [...lines, ...(options.length > 0 ? ["", "Options:", ...options] : [])].join("\n");
}
