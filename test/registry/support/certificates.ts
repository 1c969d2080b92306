/** Certificates for tests, made by the openssl command: Node cannot make any. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** PEM texts. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** A self-signed certificate (P-256) for `localhost`, 127.0.0.1, ::1 and the given host names. */
export function makeCertificate(...names: readonly string[]): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "fromlint-certificate-"));
  const [certificate, key] = [join(folder, "tls.crt"), join(folder, "tls.key")];
  const subjects = ["DNS:localhost", "IP:127.0.0.1", "IP:::1", ...names.map((name) => `DNS:${name}`)];
  try {
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-nodes", "-days", "2", "-sha256", "-subj", "/CN=fromlint tests"],
        ...["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
        ...["-keyout", key, "-out", certificate, "-addext", `subjectAltName=${subjects.join(",")}`],
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
