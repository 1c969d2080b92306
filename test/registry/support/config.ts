/** Files of credentials, and helpers, as docker and podman have them. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder with files (path -> text), gone when the test ends. */
export function folderOf(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "fromlint-home-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A home folder with docker's config.json. */
export function homeWith(config: object): string {
  return folderOf({ ".docker/config.json": JSON.stringify(config) });
}

/** The `auth` of an entry: what `docker login` writes. */
export function auth(user: string, password: string): { auth: string } {
  return { auth: Buffer.from(`${user}:${password}`).toString("base64") };
}

/** A PATH with a helper `docker-credential-NAME` that runs this shell script, and nothing else of its own. */
export function pathWithHelper(name: string, script: string): string {
  const folder = folderOf();
  const file = join(folder, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return `${folder}:/usr/bin:/bin`;
}
