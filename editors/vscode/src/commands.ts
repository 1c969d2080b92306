import { randomUUID } from "node:crypto";
import {
  ProgressLocation,
  Range,
  Uri,
  commands,
  window,
  workspace,
  type CancellationToken,
  type Disposable,
  type Progress,
} from "vscode";
import { WorkDoneProgress, type LanguageClient } from "vscode-languageclient/node";
import { LINT_WORKSPACE, POLICY_OF, type PolicyOf, type Status, type WorkspaceLinted } from "./protocol.js";

const NEW_POLICY = "extends: [recommended]\n";

/** Registers the commands that package.json names. */
export function registerCommands(client: LanguageClient, status: () => Status): Disposable[] {
  return [
    commands.registerCommand("fromlint.lintWorkspace", () => lintWorkspace(client)),
    commands.registerCommand("fromlint.openPolicy", () => openPolicy(client, status())),
    commands.registerCommand("fromlint.restartServer", () => client.restart()),
    commands.registerCommand("fromlint.showOutput", () => client.outputChannel.show()),
  ];
}

async function lintWorkspace(client: LanguageClient): Promise<void> {
  const linted = await window.withProgress(
    { location: ProgressLocation.Notification, title: "fromlint: linting the workspace", cancellable: true },
    (progress, token) => requestLint(client, progress, token),
  );
  if (linted === null) return;
  const files = linted.files === 1 ? "1 file" : `${linted.files} files`;
  if (linted.findings === 0) {
    void window.showInformationMessage(`fromlint: nothing to report in ${files}.`);
    return;
  }
  const findings = linted.findings === 1 ? "1 finding" : `${linted.findings} findings`;
  void window.showInformationMessage(`fromlint: ${findings} in ${files}.`);
  await commands.executeCommand("workbench.actions.view.problems");
}

/** Null when it was cancelled. */
async function requestLint(
  client: LanguageClient,
  progress: Progress<{ message?: string; increment?: number }>,
  token: CancellationToken,
): Promise<WorkspaceLinted | null> {
  const workDoneToken = randomUUID();
  let shown = 0;
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === "end") return;
    const reached = value.percentage ?? shown;
    progress.report({ message: value.message ?? "", increment: reached - shown });
    shown = reached;
  });
  try {
    return await client.sendRequest<WorkspaceLinted>(LINT_WORKSPACE, { workDoneToken }, token);
  } catch (error) {
    if (token.isCancellationRequested) return null;
    throw error;
  } finally {
    listener.dispose();
  }
}

/** The policy that is broken, else the one that holds for the file in front. */
async function openPolicy(client: LanguageClient, status: Status): Promise<void> {
  if (status.uri !== undefined) {
    await open(Uri.parse(status.uri), status.line ?? 1, status.column ?? 1);
    return;
  }
  const file = window.activeTextEditor?.document.uri ?? firstFolder();
  if (file === null) return;
  const { uri } = await client.sendRequest<PolicyOf>(POLICY_OF, { uri: file.toString() });
  if (uri !== null) await open(Uri.parse(uri), 1, 1);
  else await offerPolicy(file);
}

/** A file that need not be there: policies hold for folders. */
function firstFolder(): Uri | null {
  const folder = workspace.workspaceFolders?.[0];
  return folder === undefined ? null : Uri.joinPath(folder.uri, "Dockerfile");
}

/** @param line 1-based, as `column` */
async function open(uri: Uri, line: number, column: number): Promise<void> {
  const at = new Range(line - 1, column - 1, line - 1, column - 1);
  await window.showTextDocument(uri, { selection: at });
}

async function offerPolicy(file: Uri): Promise<void> {
  const folder = workspace.getWorkspaceFolder(file);
  const text = "There is no fromlint.yaml above this file: the preset `recommended` holds.";
  const create = "Write fromlint.yaml";
  const answer = await window.showInformationMessage(text, ...(folder === undefined ? [] : [create]));
  if (answer !== create || folder === undefined) return;
  const draft = Uri.joinPath(folder.uri, "fromlint.yaml").with({ scheme: "untitled" });
  const editor = await window.showTextDocument(draft);
  await editor.edit((edit) => edit.insert(editor.document.positionAt(0), NEW_POLICY));
}
