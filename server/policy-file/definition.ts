/** From an entry of `extends` to the file that it names. */
import { extendedFile, policyCursor, type Range } from "../../src/editor.js";

/** `file` is the policy's own path, absolute; null for a preset, and where nothing is named. */
export function policyDefinitionAt(
  text: string,
  offset: number,
  file: string,
): { readonly origin: Range; readonly file: string } | null {
  const cursor = policyCursor(text, offset);
  if (cursor?.kind !== "value" || cursor.path[0] !== "extends" || cursor.word === "") return null;
  const target = extendedFile(cursor.word, file);
  return target === null ? null : { origin: cursor.range, file: target };
}
