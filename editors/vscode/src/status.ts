import { StatusBarAlignment, ThemeColor, languages, window, type TextDocument } from "vscode";
import { State, type LanguageClient } from "vscode-languageclient/node";
import { STATUS, type Status } from "./protocol.js";

export interface StatusItem {
  /** What the server said last. */
  readonly status: () => Status;
  readonly dispose: () => void;
}

const OK: Status = { state: "ok", message: "" };

/**
 * The item in the status bar. It is there beside Dockerfiles and policies; a broken policy and a server that does not
 * run are shown everywhere, with a click to the line, or to what the server wrote.
 */
export function createStatusItem(client: LanguageClient): StatusItem {
  const item = window.createStatusBarItem("fromlint.status", StatusBarAlignment.Right, 90);
  item.name = "fromlint";
  let status = OK;
  let stopped = false;

  const show = (): void => {
    const broken = status.state === "broken-policy";
    item.text = stopped ? "$(warning) fromlint: not running" : broken ? "$(error) fromlint: broken policy" : "fromlint";
    item.tooltip = stopped ? "The server has ended. Show its output." : tooltip(status);
    item.command = stopped ? "fromlint.showOutput" : "fromlint.openPolicy";
    item.backgroundColor = broken && !stopped ? new ThemeColor("statusBarItem.errorBackground") : undefined;
    const { activeTextEditor: editor } = window;
    if (broken || stopped || (editor !== undefined && isOurs(editor.document))) item.show();
    else item.hide();
  };
  show();

  const parts = [
    item,
    client.onNotification(STATUS, (next: Status) => {
      status = next;
      show();
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) status = OK;
      stopped = newState === State.Stopped;
      show();
    }),
    window.onDidChangeActiveTextEditor(show),
  ];
  return { status: () => status, dispose: () => parts.forEach((part) => void part.dispose()) };
}

function tooltip({ state, message, uri, line }: Status): string {
  if (state === "ok") return "Open the policy that holds here";
  const place =
    uri === undefined ? "" : `\n${uri.slice(uri.lastIndexOf("/") + 1)}${line === undefined ? "" : `:${line}`}`;
  return `${message}${place}\nUntil it is mended, no Dockerfile below it is linted. Click to go there.`;
}

function isOurs(document: TextDocument): boolean {
  return languages.match([{ language: "dockerfile" }, { pattern: "**/fromlint.{yaml,json}" }], document) > 0;
}
