/** Rule names under ESLint: with the name in front that the config gives the plugin. */

/** `fromlint/no-latest` -> `no-latest`. */
export function nameOf(ruleId: string): string {
  return ruleId.slice(ruleId.lastIndexOf("/") + 1);
}
