/** `fromlint bases --format html`: the picture of the images and its table alone. */
import type { BaseUse } from "../../facts/inventory.js";
import { ONLINE } from "../bases.js";
import { safe } from "../safe.js";
import { documentParts, fileText, SEPARATOR } from "./document.js";
import { MOST_FILES } from "./html.js";
import { usesOf } from "./uses.js";

/**
 * The whole page.
 *
 * @param uses in the order of the files; those of a file stand together
 * @param today YYYY-MM-DD: what ended before is marked
 */
export function basesPage(uses: readonly BaseUse[], today: string, isOnline: boolean): string {
  const byFile = new Map<string, BaseUse[]>();
  for (const use of uses) {
    const own = byFile.get(use.file);
    if (own) own.push(use);
    else byFile.set(use.file, [use]);
  }
  const { begin, end } = documentParts("fromlint bases");
  const files = [...byFile].slice(0, MOST_FILES).map(([file, own]) => {
    return fileText({ path: safe(file), ...usesOf(own, today), findings: [] });
  });
  return (
    begin +
    files.join(SEPARATOR) +
    end({
      totals: null,
      rules: [],
      leftOut: { files: byFile.size - files.length, findings: 0 },
      notes: [],
      onlineColumns: isOnline ? ONLINE.map(({ title }) => title) : [],
    })
  );
}
