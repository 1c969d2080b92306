import { build as bundle, transform, type Plugin } from "esbuild";
import { basename } from "node:path";
import { COMMON, COMMON_JS } from "./options.js";

type Files = ReadonlyMap<string, string>;

/**
 * Turns split ES modules into CommonJS files (`a.js` into `a.cjs`) with everything that a start needs in one of them,
 * `entry`: each file that is opened costs a third of a millisecond. The others find what they share with it through
 * its export `part`, so that every module still exists once. `import()` becomes a late `require()`.
 *
 * @param files file name -> text; they import one another as `./name.js`
 * @param start names of the files that `entry` imports statically, itself included
 * @param entries names of the files that others than these files load
 * @param exportsOf what a file exports
 */
export async function joinStart(
  entry: string,
  files: Files,
  start: ReadonlySet<string>,
  entries: ReadonlySet<string>,
  exportsOf: (name: string) => readonly string[],
): Promise<Map<string, string>> {
  const shared = [...start].filter((name) => name !== entry);
  const handedOn = filesHandedOn(files, entries);
  const placeOf = (name: string): string => {
    const file = handedOn.get(name) ?? name;
    const index = shared.indexOf(file);
    return index === -1 ? `require("./${built(file)}")` : `require("./${built(entry)}").part(${index})`;
  };
  const others = [...files].filter(([name]) => !start.has(name) && !handedOn.has(name));
  return new Map([
    [built(entry), withReferences(await joined(entry, partsOf(shared, exportsOf), start, files), files, placeOf)],
    ...(await Promise.all(
      others.map(async ([name, text]): Promise<[string, string]> => {
        const { code } = await transform(entries.has(name) ? text : withPlainExports(text), OPTIONS);
        return [built(name), withReferences(code, files, placeOf)];
      }),
    )),
  ]);
}

const OPTIONS = {
  target: COMMON.target,
  platform: COMMON.platform,
  legalComments: "none",
  format: "cjs",
  // Half the text to read, and to compile where there is no compiled code; no stack trace is ever shown.
  minify: true,
  supported: { "dynamic-import": false },
  logLevel: "warning",
  logOverride: COMMON_JS.logOverride,
} as const;

const HANDS_ON =
  /^import \{\n([^}]*)\n\} from "\.\/([\w-]+\.js)";\n(?:import "\.\/[\w-]+\.js";\n)*export \{\n\1\n\};\n$/;

/** A module that is loaded late and shared is a file that only hands on what another exports: whom to load instead of it. */
function filesHandedOn(files: Files, entries: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map(
    [...files].flatMap(([name, text]) => {
      const other = entries.has(name) ? undefined : HANDS_ON.exec(text)?.[2];
      return other === undefined ? [] : [[name, other] as const];
    }),
  );
}

/**
 * A module with the function `part`: what a file exports, by its index, as getters. They are made when another file is
 * loaded that asks for them; made at every start, as `export * as` does, they would be felt.
 */
function partsOf(shared: readonly string[], exportsOf: (name: string) => readonly string[]): readonly string[] {
  const parts = shared.map((name, index) => {
    const getters = exportsOf(name).map((exported) => `get ${exported}() { return s${index}.${exported}; }`);
    return `() => ({ ${getters.join(", ")} })`;
  });
  return [
    ...shared.map((name, index) => `import * as s${index} from "./${name}";`),
    `export const part = (index) => [${parts.join(",\n")}][index]();`,
  ];
}

async function joined(
  entry: string,
  parts: readonly string[],
  start: ReadonlySet<string>,
  files: Files,
): Promise<string> {
  const contents = [...parts, `export * from "./${entry}";`];
  const neighbours: Plugin = {
    name: "neighbours",
    setup: (build) => {
      build.onResolve({ filter: /^\.\// }, ({ path }) => {
        const name = basename(path);
        return start.has(name) ? { path: name, namespace: "start" } : { path, external: true };
      });
      build.onLoad({ filter: /./, namespace: "start" }, ({ path }) => ({
        contents: files.get(path) ?? "",
        loader: "js",
      }));
    },
  };
  const { outputFiles } = await bundle({
    ...OPTIONS,
    bundle: true,
    stdin: { contents: contents.join("\n"), loader: "js" },
    plugins: [neighbours],
    write: false,
  });
  return outputFiles.map((file) => file.text).join("");
}

/**
 * A chunk whose exports are one object of getters: what esbuild itself makes of them, without the half kilobyte of
 * helpers that it puts into each file.
 */
function withPlainExports(text: string): string {
  return text.replace(/\nexport \{\n([^{}]*)\n\};\n$/, (_all, list: string) => {
    const getters = list.split(",").map((item) => {
      const [local = "", name = local] = item.trim().split(" as ");
      return `get ${name}() { return ${local}; }`;
    });
    return `\nmodule.exports = { __esModule: true, ${getters.join(", ")} };\n`;
  });
}

function withReferences(code: string, files: Files, placeOf: (name: string) => string): string {
  return code.replace(/\brequire\("\.\/([\w-]+\.js)"\)/g, (reference, name: string) => {
    return files.has(name) ? placeOf(name) : reference;
  });
}

function built(name: string): string {
  return name.replace(/\.js$/, ".cjs");
}
