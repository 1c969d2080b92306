/** dockerfile-ast, evaluated when it is first asked: few files need the second reader, and a start waits for 40 modules. */
import type { Plugin } from "esbuild";

const NAME = "dockerfile-ast/lib/parser.js";

/** A class whose constructor loads the real one, which is CommonJS and so can be bundled behind a late `require()`. */
const LATE = `export function Parser() { return new (require("${NAME}").Parser)(); }`;

/** For the importer of `Parser`, src/syntax/other-reader.ts. */
export const lateReader: Plugin = {
  name: "late-reader",
  setup: (build) => {
    build.onResolve({ filter: /^dockerfile-ast\// }, ({ path, kind }) => {
      return kind === "import-statement" && path === NAME ? { path, namespace: "late-reader" } : undefined;
    });
    build.onLoad({ filter: /./, namespace: "late-reader" }, () => ({
      contents: LATE,
      resolveDir: build.initialOptions.absWorkingDir ?? ".",
    }));
  },
};
