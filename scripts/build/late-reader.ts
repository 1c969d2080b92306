/** dockerfile-ast, in a file of its own that is loaded when it is first asked: few Dockerfiles need the second reader. */
import type { Plugin } from "esbuild";

const NAME = "dockerfile-ast/lib/parser.js";

export const LATE_READER = "dockerfile-ast.cjs";

/** A class whose constructor loads the real one. */
const LATE = `export function Parser() { return new (require("./${LATE_READER}").Parser)(); }`;

/** For the importer of `Parser`, src/syntax/other-reader.ts. */
export const lateReader: Plugin = {
  name: "late-reader",
  setup: (build) => {
    build.onResolve({ filter: /^dockerfile-ast\// }, ({ path }) => {
      return path === NAME ? { path, namespace: "late-reader" } : undefined;
    });
    build.onResolve({ filter: /./, namespace: "late-reader" }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /./, namespace: "late-reader" }, () => ({ contents: LATE }));
  },
};
