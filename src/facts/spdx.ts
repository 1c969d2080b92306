/** SPDX licence expressions (SPDX specification, annex "SPDX license expressions"). */

/** An identifier, also of one's own (`LicenseRef-…`, `DocumentRef-…:LicenseRef-…`); `+` stands for later versions. */
const IDENTIFIER = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?[A-Za-z0-9][A-Za-z0-9.-]*\+?$/;

/** Operators are written in capitals, or all small. */
const OPERATORS: ReadonlySet<string> = new Set(["AND", "OR", "WITH", "and", "or", "with"]);

/**
 * True for identifiers joined by AND, OR and WITH, with parentheses that match. The form alone is looked at:
 * whether an identifier is in SPDX's list is not.
 */
export function isSpdxExpression(value: string): boolean {
  let open = 0;
  let previous: "start" | "identifier" | "operator" = "start";
  for (const [token] of value.matchAll(/[()]|[^\s()]+/g)) {
    if (token === "(") {
      if (previous === "identifier") return false;
      open++;
    } else if (token === ")") {
      if (previous !== "identifier" || open === 0) return false;
      open--;
    } else if (OPERATORS.has(token)) {
      if (previous !== "identifier") return false;
      previous = "operator";
    } else {
      if (previous === "identifier" || !IDENTIFIER.test(token)) return false;
      previous = "identifier";
    }
  }
  return previous === "identifier" && open === 0;
}
