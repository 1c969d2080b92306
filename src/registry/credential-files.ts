/** One file of credentials: docker's config.json, podman's auth.json. */
import { readFileBounded } from "../files/read-bounded.js";
import type { Credential } from "./credentials.js";
import { safe } from "../report/safe.js";
import { asObject, own, parseObject } from "./json.js";

export interface ConfigFile {
  /** What the file holds; null where it is not there or cannot be read. */
  readonly content: Record<string, unknown> | null;
  /** Why it cannot be read, as a clause. */
  readonly problem: string | null;
  /** What `auths` has for a key: `host`, `host/path`. */
  readonly credential: (key: string) => Credential | null;
}

const MOST_BYTES = 1024 * 1024;
const MOST_ENTRIES = 10_000;

/** Reads `path`; never throws, and keeps nothing of the file out of place in a message. */
export function readConfig(path: string): ConfigFile {
  const bytes = readFileBounded(path, MOST_BYTES);
  if (bytes === "missing") return { content: null, problem: null, credential: () => null };
  const content = typeof bytes === "string" ? null : parseObject(bytes);
  if (!content) {
    const why = typeof bytes === "string" ? "cannot be read" : "is no JSON object";
    return { content: null, problem: `${safe(path)} ${why}`, credential: () => null };
  }
  let entries: Map<string, unknown> | null = null;
  return {
    content,
    problem: null,
    credential: (key) => {
      entries ??= entriesOf(asObject(own(content, "auths")));
      return credentialOf(asObject(entries.get(key)));
    },
  };
}

/** Docker's keys may be URLs (`https://host/v1/`): only their host counts. What stands first stays. */
function entriesOf(auths: Record<string, unknown> | null): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [key, value] of Object.entries(auths ?? {}).slice(0, MOST_ENTRIES)) {
    const isUrl = /^https?:\/\//i.test(key);
    const plain = key.replace(/^https?:\/\//i, "");
    const name = isUrl ? plain.replace(/\/.*$/s, "") : plain.replace(/\/(?:v[12]\/?)?$/, "");
    if (!entries.has(name)) entries.set(name, value);
  }
  return entries;
}

function credentialOf(entry: Record<string, unknown> | null): Credential | null {
  const identity = text(own(entry, "identitytoken"));
  if (identity !== null) return { kind: "identity", token: identity };
  const auth = text(own(entry, "auth"));
  const pair = auth === null ? null : Buffer.from(auth, "base64").toString("utf8");
  const colon = pair === null ? -1 : pair.indexOf(":");
  // Podman and docker pad the password with NUL.
  if (pair !== null && colon > 0) return password(pair.slice(0, colon), pair.slice(colon + 1).replace(/\0+$/, ""));
  return password(text(own(entry, "username")), text(own(entry, "password")));
}

/** A user `<token>` is docker's way to say that the secret is an identity token. */
export function password(user: string | null, secret: string | null): Credential | null {
  if (user === null || secret === null || user === "") return null;
  return user === "<token>" ? { kind: "identity", token: secret } : { kind: "password", user, secret };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
