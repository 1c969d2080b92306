/** What the cases ask of VS Code, waiting for the server where it has to answer first. */
import * as vscode from "vscode";

/** A file of the workspace: `shop/Dockerfile`, the folder's name first. */
export function uriOf(path: string): vscode.Uri {
  const [name = "", ...rest] = path.split("/");
  const folder = vscode.workspace.workspaceFolders?.find((candidate) => candidate.name === name);
  if (folder === undefined) throw new Error(`the workspace has no folder ${name}`);
  return vscode.Uri.joinPath(folder.uri, ...rest);
}

export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** The whole text becomes another one, unsaved. */
export async function rewrite(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, document.validateRange(all), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error("the edit was refused");
}

/** fromlint's findings of a file, once `fits` is true of them. */
export async function findings(
  path: string,
  what: string,
  fits: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  const read = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uriOf(path)).filter(({ source }) => source === "fromlint");
  await until(
    what,
    () => fits(read()),
    () => read().map(shown).join("\n"),
  );
  return read();
}

/** The finding of a rule, once it is there. */
export async function findingOf(path: string, rule: string): Promise<vscode.Diagnostic> {
  const isOf = (found: vscode.Diagnostic): boolean => ruleOf(found) === rule;
  const found = (await findings(path, rule, (all) => all.some(isOf))).find(isOf);
  if (found === undefined) throw new Error(`no finding of ${rule}`);
  return found;
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

function shown(found: vscode.Diagnostic): string {
  return `${found.range.start.line + 1}:${found.range.start.character + 1} ${ruleOf(found)}: ${found.message}`;
}

/** The place behind `text`, or within it where it holds a `|`. */
export function placeOf(document: vscode.TextDocument, text: string): vscode.Position {
  const before = text.includes("|") ? text.indexOf("|") : text.length;
  const at = document.getText().indexOf(text.replace("|", ""));
  if (at === -1) throw new Error(`${text} is not in ${document.uri.path}`);
  return document.positionAt(at + before);
}

/** Calls one of VS Code's `vscode.execute…` commands. */
export async function ask<T>(command: string, ...args: readonly unknown[]): Promise<T[]> {
  return (await vscode.commands.executeCommand<T[] | undefined>(command, ...args)) ?? [];
}

/** Everything that is shown when the mouse rests at a place. */
export async function hoverText(document: vscode.TextDocument, at: vscode.Position): Promise<string> {
  const hovers = await ask<vscode.Hover>("vscode.executeHoverProvider", document.uri, at);
  const parts = hovers.flatMap(({ contents }) => contents);
  return parts.map((part) => (part instanceof vscode.MarkdownString ? part.value : "")).join("\n");
}

/** The lines, from 0, to which "go to definition" leads. */
export async function definitionLines(document: vscode.TextDocument, at: vscode.Position): Promise<number[]> {
  type Target = vscode.Location | vscode.LocationLink;
  const targets = await ask<Target>("vscode.executeDefinitionProvider", document.uri, at);
  return targets.map((target) => ("range" in target ? target.range : target.targetRange).start.line);
}

/** Labels of the suggestions at a place, in the order in which they are shown. */
export async function suggestedAt(document: vscode.TextDocument, at: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    at,
  );
  const sortKey = (item: vscode.CompletionItem): string => item.sortText ?? labelOf(item);
  return [...list.items].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)).map(labelOf);
}

function labelOf({ label }: vscode.CompletionItem): string {
  return typeof label === "string" ? label : label.label;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something is true. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  state = (): string => "",
): Promise<void> {
  for (const end = Date.now() + 60_000; ;) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`waited for: ${what}\n${state()}`);
    await pause(50);
  }
}
