/** The import lines of a source file. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "../..");

export interface Import {
  /** The importing file, relative to the root. */
  readonly from: string;
  /** 1-based. */
  readonly line: number;
  /** A file relative to the root, or the name of a package or Node module as written. */
  readonly to: string;
  readonly kind: "value" | "type" | "dynamic";
}

/** The TypeScript files below the named folders, relative to the root. */
export function sourceFiles(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((file) => posix.join(folder, file.replaceAll("\\", "/")))
      .filter((file) => file.endsWith(".ts")),
  );
}

/** Imports, re-exports and `import()` of a file, given relative to the root. */
export function importsOf(file: string): Import[] {
  const source = read(file);
  const found: Import[] = [];
  const add = (specifier: ts.Node, kind: Import["kind"]): void => {
    if (!ts.isStringLiteral(specifier)) throw new Error(`${file}: an import whose name is not written out`);
    const { line } = source.getLineAndCharacterOfPosition(specifier.getStart(source));
    found.push({ from: file, line: line + 1, to: target(file, specifier.text), kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, isTypeImport(node.importClause) ? "type" : "value");
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, node.isTypeOnly ? "type" : "value");
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0]) {
      add(node.arguments[0], "dynamic");
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, "type");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether a file names a global, such as `process`, or imports the Node module of that name. */
export function usesGlobal(file: string, name: string): boolean {
  const uses = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return node.text === name;
    if (ts.isStringLiteral(node)) return node.text === `node:${name}`;
    return ts.forEachChild(node, uses) ?? false;
  };
  return uses(read(file));
}

function read(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest);
}

/** `import type { A }` and `import { type A, type B }`. */
function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

function target(file: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return posix.join(dirname(file), specifier).replace(/\.js$/, ".ts");
}
