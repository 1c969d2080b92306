/** What runs in the browser that shows `--format html`, as text that is put into the page. */
import { build } from "esbuild";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { bundledInputs } from "./inputs.js";
import { notices } from "./notices.js";

const FOLDER = "src/report/html/page";

export interface ReportPage {
  /** For esbuild's and Vite's `define`: what src/report/html/document.ts declares. */
  readonly define: Readonly<Record<string, string>>;
  /** The bundled source files, relative to the root. */
  readonly inputs: readonly string[];
}

/** Bundles script and style of the page. The page goes around without this package, so it carries the licences along. */
export async function reportPage(root: string): Promise<ReportPage> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, FOLDER, "main.ts"), join(root, FOLDER, "style.css")],
    outdir: join(root, "dist"),
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    // light-dark() is no older.
    target: ["chrome123", "firefox120", "safari17.5"],
    charset: "ascii",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    write: false,
  });
  const text = (ending: string): string => {
    const found = outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? "";
    // An element ends at its end tag, also inside of a string.
    if (found === "" || /<\/(?:script|style)|<!--/i.test(found))
      throw new Error(`${FOLDER}: ${ending} cannot be inlined`);
    // A control character in a string of a library means the same as its escape.
    return found.replace(/[\0-\x08\x0b-\x1f\x7f]/g, (character) => {
      return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
    });
  };
  const inputs = bundledInputs(metafile);
  const licenses = notices(root, inputs)
    .replace("fromlint contains", "The script of this page, which is part of fromlint, contains")
    .replace(/-{2,}/g, (run) => "=".repeat(run.length))
    .trim();
  const page = JSON.stringify({ script: text(".js"), style: text(".css"), licenses });
  return { define: { REPORT_PAGE: JSON.stringify(brotliCompressSync(page).toString("base64")) }, inputs };
}
