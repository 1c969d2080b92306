import { build as bundle, type Plugin } from "esbuild";
import { basename } from "node:path";
import { COMMON } from "./bundles.js";

/**
 * Turns split ES modules into CommonJS files (`a.js` into `a.cjs`) with everything that a start needs in one of them,
 * `entry`: each file that is opened costs a third of a millisecond. The others find what they share with it through
 * its exports (`s0`, `s1`), so that every module still exists once. `import()` becomes a late `require()`.
 *
 * @param files file name -> text; they import one another as `./name.js`
 * @param start names of the files that `entry` imports statically, itself included
 */
export async function joinStart(
  entry: string,
  files: ReadonlyMap<string, string>,
  start: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const shared = [...start].filter((name) => name !== entry);
  const main = [
    ...shared.map((name, index) => `export * as s${index} from "./${name}";`),
    `export * from "./${entry}";`,
  ];
  const inside = neighbours(start, (name) => files.get(name));
  const outside = neighbours(start, (name) => `module.exports = require("./${entry}").s${shared.indexOf(name)};`);

  const joined = new Map([[built(entry), await commonJs(main.join("\n"), inside)]]);
  for (const [name, text] of files) {
    if (!start.has(name)) joined.set(built(name), await commonJs(text, outside));
  }
  return joined;
}

function built(name: string): string {
  return name.replace(/\.js$/, ".cjs");
}

/** What `./name` means for a file of the start: the text that `textOf` has for it. Others stay files. */
function neighbours(start: ReadonlySet<string>, textOf: (name: string) => string | undefined): Plugin {
  return {
    name: "neighbours",
    setup: (build) => {
      build.onResolve({ filter: /^\.\// }, ({ path, kind }) => {
        const name = basename(path);
        // require() is only in the references to the start, and means the built file.
        if (kind === "require-call" || !start.has(name)) return { path: `./${built(name)}`, external: true };
        return { path: name, namespace: "start" };
      });
      build.onLoad({ filter: /./, namespace: "start" }, ({ path }) => ({ contents: textOf(path) ?? "", loader: "js" }));
    },
  };
}

async function commonJs(text: string, plugin: Plugin): Promise<string> {
  const { outputFiles } = await bundle({
    ...COMMON,
    stdin: { contents: text, loader: "js" },
    format: "cjs",
    // Half the text to read, and to compile where there is no compiled code; no stack trace is ever shown.
    minify: true,
    supported: { "dynamic-import": false },
    logOverride: { "empty-import-meta": "error" },
    plugins: [plugin],
    write: false,
  });
  return outputFiles.map((file) => file.text).join("");
}
