/** The licences of the packages that are bundled into dist/. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Licences that allow shipping a copy with their text beside it. */
const ACCEPTED: ReadonlySet<string> = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "Apache-2.0",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "0BSD",
]);

/**
 * The text of THIRD-PARTY-NOTICES.txt: name, version, licence and licence text of each package, a text that several
 * have to the letter once.
 *
 * @param inputs bundled files, relative to `root`
 * @throws Error when a package has no licence file or a licence that nobody has looked at yet
 */
export function notices(root: string, inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => packageFolder(input) ?? []));
  const byText = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, text } = licenceOf(join(root, folder));
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  const sections = [...byText].map(([text, names]) => `${[...new Set(names)].join("\n")}\n\n${text}\n`);
  return ["fromlint contains code of the following packages.\n", ...sections].join(`\n${"-".repeat(80)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` -> `node_modules/a/node_modules/@b/c`; null for our own files. */
function packageFolder(input: string): string | null {
  const parts = input.split("/");
  const last = parts.lastIndexOf("node_modules");
  if (last === -1) return null;
  return parts.slice(0, last + (parts[last + 1]?.startsWith("@") ? 3 : 2)).join("/");
}

function licenceOf(folder: string): { readonly name: string; readonly text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  if (license === undefined || !ACCEPTED.has(license)) {
    throw new Error(
      `${name}: licence ${String(license)} is not in the list of accepted ones (scripts/build/notices.ts)`,
    );
  }
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name}: no licence file to copy`);
  const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
  return { name: `${name} ${version} (${license})`, text };
}
