/** WWW-Authenticate: what a registry asks for (RFC 9110, 11.6.1). */

export type Challenge =
  { readonly scheme: "basic" } | { readonly scheme: "bearer"; readonly realm: string; readonly service: string | null };

/** Longer headers are not read. */
const LONGEST = 8192;

/** `name`, then `=` with a token or a quoted text; or a scheme, which has no `=`. */
const PART = /([!#$%&'*+.^_`|~\w-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~\w:/-]*)))?/gy;

/** The challenge that is answered: Bearer before Basic; null where neither is there. */
export function parseChallenge(header: string | undefined): Challenge | null {
  if (header === undefined || header.length > LONGEST) return null;
  const challenges = schemesOf(header);
  for (const { scheme, parameters } of challenges) {
    const realm = parameters.get("realm");
    if (scheme !== "bearer" || realm === undefined) continue;
    return { scheme, realm, service: parameters.get("service") ?? null };
  }
  return challenges.some(({ scheme }) => scheme === "basic") ? { scheme: "basic" } : null;
}

interface Scheme {
  readonly scheme: string;
  readonly parameters: Map<string, string>;
}

function schemesOf(header: string): Scheme[] {
  const schemes: Scheme[] = [];
  for (let at = 0; at < header.length;) {
    PART.lastIndex = at;
    const [text = "", name = "", quoted, token] = PART.exec(header) ?? [];
    // A separator, or something that does not belong here.
    if (text === "") {
      at += 1;
      continue;
    }
    at += text.length;
    const value = quoted?.replace(/\\(.)/g, "$1") ?? token;
    if (value === undefined) schemes.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else schemes.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return schemes;
}
