/**
 * The text of an ES module that hands on what a CommonJS file exports, so that `import` and `require()` give the same
 * objects. With a default export among `names`, that is what the file is: its other names are properties of it.
 *
 * @param file how the module names the file, `./index.cjs`
 */
export function esModule(file: string, names: readonly string[]): string {
  const named = names.filter((name) => name !== "default").sort();
  return [
    `import all from "${file}";`,
    ...(names.includes("default") ? ["export default all;"] : []),
    `export const { ${named.join(", ")} } = all;\n`,
  ].join("\n");
}
