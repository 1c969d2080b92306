/** The package as npm would publish it. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../support/imports.js";

/** Packs into `folder`; returns the absolute path of the tarball. `npm run test:integrations` has built dist/. */
export function packInto(folder: string): string {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const output = execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const [{ filename }] = JSON.parse(output) as [{ filename: string }];
  return join(folder, filename);
}
