/** What VS Code's own API says of the extension and its server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import {
  ask,
  definitionLines,
  findingOf,
  findings,
  hoverText,
  open,
  pause,
  placeOf,
  rewrite,
  ruleOf,
  suggestedAt,
  until,
  uriOf,
} from "./editor.js";

export const CASES: readonly (readonly [name: string, see: () => Promise<void>])[] = [
  [
    "getDiagnostics: rule, severity, place, and a link to the rule's page",
    async () => {
      const document = await open("shop/Dockerfile");
      const found = await findingOf("shop/Dockerfile", "no-latest");
      assert.equal(document.languageId, "dockerfile");
      assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(document.getText(found.range), "golang:latest");
      assert.ok(typeof found.code === "object", "no link");
      assert.match(found.code.target.toString(), /no-latest/);
    },
  ],
  [
    "each folder of a workspace under its own policy",
    async () => {
      await open("jobs/Dockerfile");
      await open("jobs/old/Dockerfile");
      await findingOf("jobs/old/Dockerfile", "no-eol-base");
      const rules = await findings("jobs/Dockerfile", "no finding of no-latest", (all) =>
        all.every((found) => ruleOf(found) !== "no-latest"),
      );
      assert.ok(!rules.some((found) => ruleOf(found) === "no-latest"));
      await findingOf("shop/Dockerfile", "no-latest");
    },
  ],
  [
    "a Containerfile, too",
    async () => {
      await open("shop/Containerfile");
      await findingOf("shop/Containerfile", "no-latest");
    },
  ],
  [
    "findings follow what is typed, without a save",
    async () => {
      const document = await open("shop/draft/Dockerfile");
      await findings("shop/draft/Dockerfile", "nothing to report", (all) => all.length === 0);
      await rewrite(document, "FROM debian:12.15-slim AS base\nFROM redis:latest\n");
      const found = await findingOf("shop/draft/Dockerfile", "no-latest");
      assert.equal(found.range.start.line, 1);
      assert.ok(document.isDirty);
    },
  ],
  [
    "executeCodeActionProvider: the suggestion, and ways to silence the rule",
    async () => {
      const document = await open("shop/Dockerfile");
      const { range } = await findingOf("shop/Dockerfile", "no-latest");
      const actions = await ask<vscode.CodeAction>("vscode.executeCodeActionProvider", document.uri, range);
      const titles = actions.map(({ title }) => title).join("\n");
      assert.match(titles, /^Use `golang:\d+\.\d+/m);
      assert.match(titles, /disable/i);
      assert.match(titles, /exemption/i);
      const edit = actions.find(({ title }) => title.startsWith("Use `golang:"))?.edit;
      assert.ok(edit !== undefined, "the suggestion has no edit");
      await vscode.workspace.applyEdit(edit);
      assert.match(document.getText(), /^FROM golang:\d+\.\d+\S* AS build\n/);
      await findings("shop/Dockerfile", "no finding of no-latest", (all) =>
        all.every((found) => ruleOf(found) !== "no-latest"),
      );
    },
  ],
  [
    "source.fixAll.fromlint corrects what is certain when a file is saved",
    async () => {
      const document = await open("shop/save/Dockerfile");
      await findingOf("shop/save/Dockerfile", "no-redundant-workdir");
      await rewrite(document, document.getText().replace('"true"', '"false"'));
      await findingOf("shop/save/Dockerfile", "no-redundant-workdir");
      assert.ok(await document.save());
      const text = readFileSync(document.uri.fsPath, "utf8");
      assert.equal(text, 'FROM debian:12.15-slim\nWORKDIR /srv\nCMD ["false"]\n');
    },
  ],
  [
    "hover on an image: its tier, and how tightly it is pinned",
    async () => {
      const document = await open("shop/Dockerfile");
      const text = await hoverText(document, placeOf(document, "FROM no|de:22"));
      assert.match(text, /official/i);
      assert.match(text, /major/i);
    },
  ],
  [
    "hover on a RUN: what re-runs it",
    async () => {
      const document = await open("shop/Dockerfile");
      const text = await hoverText(document, placeOf(document, "R|UN go build"));
      assert.match(text, /re-?run/i);
    },
  ],
  [
    "completion after FROM node: exact tags before those that move",
    async () => {
      const document = await open("shop/draft/Dockerfile");
      await rewrite(document, "FROM node:\n");
      const labels = await suggestedAt(document, placeOf(document, "FROM node:"));
      const exact = labels.findIndex((label) => /^(?:node:)?\d+\.\d+\.\d+$/.test(label));
      const moving = labels.findIndex((label) => /^(?:node:)?\d+$/.test(label));
      assert.notEqual(exact, -1, labels.slice(0, 20).join(" "));
      assert.ok(moving === -1 || exact < moving, labels.slice(0, 20).join(" "));
    },
  ],
  [
    "completion after COPY --from=: the stages",
    async () => {
      const document = await open("shop/draft/Dockerfile");
      await rewrite(document, "FROM debian:12.15-slim AS build\nFROM debian:12.15-slim\nCOPY --from= / /\n");
      const labels = await suggestedAt(document, placeOf(document, "--from="));
      assert.equal(labels[0], "build");
    },
  ],
  [
    "completion after FROM: the policy's golden images",
    async () => {
      const document = await open("shop/draft/Dockerfile");
      await rewrite(document, "FROM \n");
      const labels = await suggestedAt(document, placeOf(document, "FROM "));
      const golden = labels.findIndex((label) => label.startsWith("registry.example.com/golden/python"));
      const official = labels.findIndex((label) => label === "python" || label.startsWith("python:"));
      assert.notEqual(golden, -1, labels.slice(0, 20).join(" "));
      assert.ok(official === -1 || golden < official, labels.slice(0, 20).join(" "));
    },
  ],
  [
    "definition and references of a stage",
    async () => {
      const document = await open("shop/Dockerfile");
      const use = placeOf(document, "--from=bu|ild");
      assert.deepEqual(await definitionLines(document, use), [0]);
      const uses = await ask<vscode.Location>("vscode.executeReferenceProvider", document.uri, use);
      assert.deepEqual(uses.map(({ range }) => range.start.line).sort(), [0, 8]);
    },
  ],
  [
    "definition of a build argument",
    async () => {
      const document = await open("shop/args/Dockerfile");
      const use = placeOf(document, "node:${VER|SION}");
      assert.deepEqual(await definitionLines(document, use), [0]);
    },
  ],
  [
    "an inlay hint shows the image behind a build argument",
    async () => {
      const document = await open("shop/args/Dockerfile");
      const all = new vscode.Range(0, 0, document.lineCount, 0);
      const hints = await ask<vscode.InlayHint>("vscode.executeInlayHintProvider", document.uri, all);
      const labels = hints.map(({ label }) =>
        typeof label === "string" ? label : label.map(({ value }) => value).join(""),
      );
      assert.match(labels.join("\n"), /node:22\.23/);
    },
  ],
  [
    "symbols and links",
    async () => {
      const document = await open("shop/Dockerfile");
      const symbols = await ask<vscode.DocumentSymbol>("vscode.executeDocumentSymbolProvider", document.uri);
      assert.ok(
        symbols.some(({ name }) => name.includes("build")),
        symbols.map(({ name }) => name).join("\n"),
      );
      const links = await ask<vscode.DocumentLink>("vscode.executeLinkProvider", document.uri);
      assert.ok(links.some(({ target }) => target?.toString().includes("node")));
    },
  ],
  [
    "a policy is checked as it is typed, and completed",
    async () => {
      const document = await open("jobs/fromlint.yaml");
      const before = document.getText();
      await rewrite(document, `${before}pinnning: []\n`);
      const [found] = await findings("jobs/fromlint.yaml", "an unknown key", (all) => all.length > 0);
      assert.equal(found?.range.start.line, 2);
      assert.match(found.message, /pinning/);
      await rewrite(document, `${before}pinn`);
      const labels = await suggestedAt(document, placeOf(document, "pinn"));
      assert.ok(
        labels.some((label) => label.startsWith("pinning")),
        labels.join(" "),
      );
      await rewrite(document, before);
      await findings("jobs/fromlint.yaml", "no finding", (all) => all.length === 0);
    },
  ],
  [
    "a policy that is changed counts at once in open Dockerfiles",
    async () => {
      await open("jobs/Dockerfile");
      const policy = await open("jobs/fromlint.yaml");
      await rewrite(policy, "extends: [recommended]\n");
      await policy.save();
      await findingOf("jobs/Dockerfile", "no-latest");
      await rewrite(policy, "extends: [recommended]\nrules: { no-latest: off }\n");
      await policy.save();
      await findings("jobs/Dockerfile", "no finding of no-latest", (all) =>
        all.every((found) => ruleOf(found) !== "no-latest"),
      );
    },
  ],
  [
    "fromlint: lint workspace reports files that are not open",
    async () => {
      await vscode.commands.executeCommand("fromlint.lintWorkspace");
      await findingOf("shop/never-opened/Dockerfile", "no-eol-base");
    },
  ],
  [
    "fromlint: open policy opens the nearest one",
    async () => {
      await open("jobs/old/Dockerfile");
      await vscode.commands.executeCommand("fromlint.openPolicy");
      const wanted = uriOf("jobs/fromlint.yaml").toString();
      await until("the policy", () => vscode.window.activeTextEditor?.document.uri.toString() === wanted);
    },
  ],
  [
    "fromlint.enable: off takes the findings away, on brings them back",
    async () => {
      await open("shop/Containerfile");
      const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("fromlint");
      await findingOf("shop/Containerfile", "no-latest");
      await settings().update("enable", false, vscode.ConfigurationTarget.Global);
      await findings("shop/Containerfile", "no findings", (all) => all.length === 0);
      await settings().update("enable", undefined, vscode.ConfigurationTarget.Global);
      await findingOf("shop/Containerfile", "no-latest");
    },
  ],
  [
    "fromlint.run: with onSave, findings wait for the save",
    async () => {
      const document = await open("shop/draft/Dockerfile");
      await rewrite(document, "FROM debian:12.15-slim\n");
      await document.save();
      await findings("shop/draft/Dockerfile", "nothing to report", (all) => all.length === 0);
      const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("fromlint");
      await settings().update("run", "onSave", vscode.ConfigurationTarget.Global);
      // The server asks for the settings, so it has them a moment later: only then does it leave an edit alone.
      await until("an edit without a finding", async () => {
        await rewrite(document, "FROM redis:latest\n");
        await pause(2_000);
        if ((await findings("shop/draft/Dockerfile", "", () => true)).length === 0) return true;
        await rewrite(document, "FROM debian:12.15-slim\n");
        await document.save();
        await findings("shop/draft/Dockerfile", "nothing to report", (all) => all.length === 0);
        return false;
      });
      assert.ok(document.isDirty);
      await document.save();
      await findingOf("shop/draft/Dockerfile", "no-latest");
      await settings().update("run", undefined, vscode.ConfigurationTarget.Global);
    },
  ],
  [
    "fromlint: restart server starts it afresh",
    async () => {
      await open("shop/Containerfile");
      await vscode.commands.executeCommand("fromlint.restartServer");
      await findingOf("shop/Containerfile", "no-latest");
    },
  ],
];
