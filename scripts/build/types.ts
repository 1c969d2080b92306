/** What TypeScript sees of the package: one file an entry, with all that it refers to and nothing else. */
import { generateDtsBundle } from "dts-bundle-generator";
import { join } from "node:path";

/**
 * The declarations of the API and the ESLint plugin, for `import` (.d.ts) and `require()` (.d.cts).
 *
 * @returns file name in dist/ -> text
 * @throws Error when the sources have type errors
 */
export function declarations(root: string): Map<string, string> {
  const [index = "", eslint = ""] = generateDtsBundle(
    ["index", "eslint"].map((name) => ({
      filePath: join(root, `src/${name}.ts`),
      // Nobody who installs fromlint has what is bundled into it.
      libraries: { inlinedLibraries: ["unbash"], importedLibraries: ["eslint"] },
      output: { exportReferencedTypes: false, noBanner: true },
    })),
    { preferredConfigPath: join(root, "tsconfig.json") },
  );
  return new Map([
    ["index.d.cts", index],
    ["index.d.ts", 'export * from "./index.cjs";\n'],
    ["eslint.d.ts", eslint],
    ["eslint.d.cts", REQUIRED_PLUGIN],
  ]);
}

/** `require("fromlint/eslint")` is the plugin itself. */
const REQUIRED_PLUGIN = `import type * as all from "./eslint.js" with { "resolution-mode": "import" };
declare const plugin: all.Plugin;
declare namespace plugin {
  type Plugin = all.Plugin;
  type DockerfileOptions = all.DockerfileOptions;
  type PolicyOption = all.PolicyOption;
}
export = plugin;
`;
