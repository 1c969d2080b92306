/** Hovers, completion, definitions and the like, as the protocol has them. Pure: a document and a place in, answers out. */
import type {
  CompletionItem,
  CompletionItemKind,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  Position,
  Range as LspRange,
  SymbolInformation,
  SymbolKind,
  TextEdit,
} from "vscode-languageserver";
import { completionsAt, type Completion } from "./features/completion.js";
import { definitionAt, referencesAt } from "./features/definition.js";
import { foldsOf } from "./features/folding.js";
import { hoverAt } from "./features/hover.js";
import { inlayHintsOf } from "./features/inlay-hints.js";
import { linksOf } from "./features/links.js";
import { renameEditsAt, renameRangeAt } from "./features/rename.js";
import { symbolsOf, type OutlineSymbol } from "./features/symbols.js";
import { policyCompletionsAt, type PolicyCompletion } from "./policy-file/completion.js";
import { policyDefinitionAt } from "./policy-file/definition.js";
import { policyHoverAt } from "./policy-file/hover.js";
import { uriOf } from "./places.js";
import { createPositions, type Encoding, type Positions } from "./positions.js";
import type { Look } from "./workspace.js";

/** The numbers of the protocol (3.17, CompletionItemKind and SymbolKind). */
const COMPLETION_KINDS: Readonly<Record<Completion["kind"] | PolicyCompletion["kind"], CompletionItemKind>> = {
  ...{ stage: 7, context: 19, image: 9, tag: 12, variable: 6, keyword: 14, flag: 10 },
  ...{ key: 10, rule: 3, value: 12 },
};
const SYMBOL_KINDS: Readonly<Record<OutlineSymbol["kind"], SymbolKind>> = {
  ...{ stage: 5, instruction: 12, argument: 14, variable: 13 },
};

/** The text of a policy file with its positions; offsets count without a byte order mark. */
function policyText(text: string, encoding: Encoding): { readonly plain: string; readonly positions: Positions } {
  const start = text.startsWith("\ufeff") ? 1 : 0;
  return { plain: text.slice(start), positions: createPositions(text, encoding, start) };
}

export function hover(look: Look, position: Position, encoding: Encoding): Hover | null {
  if (look.kind === "policy") {
    const { plain, positions } = policyText(look.text.text, encoding);
    return shownHover(policyHoverAt(plain, positions.offsetAt(position)), positions);
  }
  if (look.kind !== "dockerfile") return null;
  const { source, positions } = look.document;
  return shownHover(hoverAt(source, positions.offsetAt(position)), positions);
}

function shownHover(found: ReturnType<typeof hoverAt>, positions: Positions): Hover | null {
  return found && { contents: { kind: "markdown", value: found.markdown }, range: positions.rangeAt(found.range) };
}

export function completion(look: Look, position: Position, encoding: Encoding): CompletionList {
  if (look.kind === "policy") {
    const { plain, positions } = policyText(look.text.text, encoding);
    const items = policyCompletionsAt(plain, positions.offsetAt(position)).map((item, index): CompletionItem => ({
      ...shared(item, index, positions),
      ...(item.documentation === null ? {} : { documentation: { kind: "markdown", value: item.documentation } }),
    }));
    return { isIncomplete: false, items };
  }
  if (look.kind !== "dockerfile") return { isIncomplete: false, items: [] };
  const { source, positions } = look.document;
  const { items, isIncomplete } = completionsAt(source, positions.offsetAt(position));
  return {
    isIncomplete,
    items: items.map((item, index): CompletionItem => ({
      ...shared(item, index, positions),
      detail: item.detail,
      ...(item.filter === null ? {} : { filterText: item.filter }),
      ...(item.deprecated ? { tags: [1] } : {}),
    })),
  };
}

/** Clients sort by text: the order in which items come is kept by their number. */
function shared(
  { label, kind, range, text }: Completion | PolicyCompletion,
  index: number,
  positions: Positions,
): CompletionItem {
  const textEdit: TextEdit = { range: positions.rangeAt(range), newText: text };
  return { label, kind: COMPLETION_KINDS[kind], sortText: String(index).padStart(5, "0"), textEdit };
}

/** Links to the declaration for a client that takes them, else its place. */
export function definition(
  look: Look,
  position: Position,
  encoding: Encoding,
  linked: boolean,
): LocationLink[] | Location | null {
  if (look.kind === "policy") {
    const { plain, positions } = policyText(look.text.text, encoding);
    const found = policyDefinitionAt(plain, positions.offsetAt(position), look.file);
    if (!found) return null;
    const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return shownDefinition(uriOf(found.file), positions.rangeAt(found.origin), start, start, linked);
  }
  if (look.kind !== "dockerfile") return null;
  const { source, positions, uri } = look.document;
  const found = definitionAt(source, positions.offsetAt(position));
  if (!found) return null;
  const [origin, target, name] = [found.origin, found.target, found.name].map(positions.rangeAt) as [
    LspRange,
    LspRange,
    LspRange,
  ];
  return shownDefinition(uri, origin, target, name, linked);
}

function shownDefinition(
  targetUri: string,
  originSelectionRange: LspRange,
  targetRange: LspRange,
  targetSelectionRange: LspRange,
  linked: boolean,
): LocationLink[] | Location {
  if (!linked) return { uri: targetUri, range: targetSelectionRange };
  return [{ targetUri, originSelectionRange, targetRange, targetSelectionRange }];
}

export function references(look: Look, position: Position, withDeclaration: boolean): Location[] {
  if (look.kind !== "dockerfile") return [];
  const { source, positions, uri } = look.document;
  const found = referencesAt(source, positions.offsetAt(position), withDeclaration);
  return found.map((range) => ({ uri, range: positions.rangeAt(range) }));
}

export function highlights(look: Look, position: Position): DocumentHighlight[] {
  return references(look, position, true).map(({ range }) => ({ range }));
}

/** What would be renamed; null where there is nothing that can be. */
export function renameRange(look: Look, position: Position): LspRange | null {
  if (look.kind !== "dockerfile") return null;
  const { source, positions } = look.document;
  const found = renameRangeAt(source, positions.offsetAt(position));
  return found && positions.rangeAt(found);
}

/** `problem` says in one line why not. */
export type Renaming =
  | { readonly edits: TextEdit[]; readonly uri: string; readonly version: number | null; readonly problem: null }
  | { readonly edits: null; readonly problem: string };

export function rename(look: Look, position: Position, name: string): Renaming {
  if (look.kind !== "dockerfile") return { edits: null, problem: "this file is not read at the moment" };
  const { source, positions, uri, version } = look.document;
  const { edits, problem } = renameEditsAt(source, positions.offsetAt(position), name);
  if (edits === null) return { edits, problem };
  return {
    edits: edits.map(({ range, text }) => positions.editAt({ range: [...range], text })),
    uri,
    version,
    problem,
  };
}

export function inlayHints(look: Look, { start, end }: LspRange): InlayHint[] {
  if (look.kind !== "dockerfile") return [];
  const { source, positions } = look.document;
  const found = inlayHintsOf(source, [positions.offsetAt(start), positions.offsetAt(end)]);
  return found.map(({ offset, label, tooltip }) => ({
    position: positions.positionAt(offset),
    label,
    tooltip: { kind: "markdown", value: tooltip },
    paddingLeft: true,
  }));
}

export function links(look: Look): DocumentLink[] {
  if (look.kind !== "dockerfile") return [];
  const { source, positions } = look.document;
  return linksOf(source).map(({ range, url }) => ({ range: positions.rangeAt(range), target: url }));
}

/** As a tree, or for a client that takes none as a list. */
export function symbols(look: Look, isTree: boolean): DocumentSymbol[] | SymbolInformation[] {
  if (look.kind !== "dockerfile") return [];
  const { source, positions, uri } = look.document;
  const tree = symbolsOf(source).map((symbol) => shownSymbol(symbol, positions));
  return isTree ? tree : tree.flatMap((symbol) => flattened(symbol, uri));
}

/** Two levels deep: a stage and what is in it. */
function shownSymbol({ name, detail, kind, range, selection, children }: OutlineSymbol, at: Positions): DocumentSymbol {
  return {
    ...{ name, detail, kind: SYMBOL_KINDS[kind], range: at.rangeAt(range), selectionRange: at.rangeAt(selection) },
    children: children.map((child) => shownSymbol(child, at)),
  };
}

function flattened({ name, kind, range, children = [] }: DocumentSymbol, uri: string): SymbolInformation[] {
  const inner = children.map((child) => ({ ...plain(child, uri), containerName: name }));
  return [plain({ name, kind, range }, uri), ...inner];
}

function plain({ name, kind, range }: Pick<DocumentSymbol, "name" | "kind" | "range">, uri: string): SymbolInformation {
  return { name, kind, location: { uri, range } };
}

export function folds(look: Look): FoldingRange[] {
  if (look.kind !== "dockerfile") return [];
  const { source, positions } = look.document;
  return foldsOf(source).map(({ range, kind }) => {
    const { start, end } = positions.rangeAt(range);
    return { startLine: start.line, endLine: end.line, ...(kind === "comment" ? { kind } : {}) };
  });
}
