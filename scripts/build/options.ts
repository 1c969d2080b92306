import type { BuildOptions } from "esbuild";

/** What all have in common. Node 20 is the oldest that fromlint runs on. */
export const COMMON = {
  bundle: true,
  platform: "node",
  target: "node20",
  alias: {
    // The same code as ES modules, of which the build can leave out what is not used; for Node there is CommonJS only.
    yaml: "./node_modules/yaml/browser/dist/index.js",
    // With it @eslint/plugin-kit reads options in comments, which nobody asks it to: comments in Dockerfiles have none.
    levn: "./scripts/build/unused.js",
  },
  legalComments: "none",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** What a CommonJS file has instead; any other use of import.meta fails the build. */
export const COMMON_JS = {
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  logOverride: { "empty-import-meta": "error" },
} as const satisfies BuildOptions;
