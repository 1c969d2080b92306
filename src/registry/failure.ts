/** Why a request had no answer, in words for people. Holds host names and codes, never text that a server sent. */

export interface Failure {
  /** One clause: `registry.corp refuses the connection`. */
  readonly failure: string;
  /** `certificate`: TLS is spoken, and not trusted. `down`: nobody answers. Null for what is about this request alone. */
  readonly kind: "certificate" | "down" | null;
}

export function failure(text: string, kind: Failure["kind"] = null): Failure {
  return { failure: text, kind };
}

const UNREACHABLE = new Set(["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "ENETDOWN", "EHOSTDOWN"]);
const ENDED = new Set(["ECONNRESET", "ECONNABORTED", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"]);

/** What the error of a connection to `host` means. */
export function connectionFailure(host: string, error: unknown): Failure {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === FORBIDDEN) return failure(forbiddenText(host));
  if (code === "ENOTFOUND" || code === "ENODATA") return failure(`${host} is not found`, "down");
  if (code.startsWith("EAI_")) return failure(`the name ${host} cannot be looked up`, "down");
  if (code === "ECONNREFUSED") return failure(`${host} refuses the connection`, "down");
  if (code === "ETIMEDOUT") return failure(`${host} does not answer`, "down");
  if (UNREACHABLE.has(code)) return failure(`${host} cannot be reached`, "down");
  if (ENDED.has(code)) return failure(`${host} ended the connection too early`, "down");
  if (/CERT|^ERR_TLS_CERT|UNABLE_TO_(?:VERIFY|GET)/.test(code)) {
    return failure(
      `the certificate of ${host} is not trusted (${code}); NODE_EXTRA_CA_CERTS can name its issuer`,
      "certificate",
    );
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) {
    return failure(`${host} does not speak HTTPS; where plain HTTP is meant, registries.insecure lists it`, "down");
  }
  if (code.startsWith("HPE_")) return failure(`${host} does not speak HTTP`);
  return failure(`${host} cannot be asked${/^[A-Z0-9_]{1,40}$/.test(code) ? ` (${code})` : ""}`, "down");
}

const FORBIDDEN = "EFORBIDDEN";

export function forbiddenText(host: string): string {
  return `${host} leads to an address that is not contacted unless registries.allow lists it`;
}

/** What a look-up yields where no address may be contacted. */
export function forbiddenAddress(): NodeJS.ErrnoException {
  return Object.assign(new Error("the address is not contacted"), { code: FORBIDDEN });
}

export function isFailure(value: object): value is Failure {
  return "failure" in value;
}
