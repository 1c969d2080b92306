/** VS Code on the screen: what a person sees who has just installed the extension and opens a folder. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { CodeServer } from "../environment/code-server.js";
import { waitFor } from "../patience.js";
import { playSteps, type Report, type Step } from "../report.js";
import { withPage } from "./browser.js";
import { startEditor } from "./server.js";
import {
  goTo,
  hoverAtCursor,
  openByStatusItem,
  openFile,
  openFolder,
  problems,
  runCommand,
  save,
  squiggles,
  statusItem,
  suggestions,
  takeQuickFix,
  visibleText,
  waitForCount,
  writeLineEnd,
} from "./workbench.js";

const FILES = {
  Dockerfile: [
    "FROM golang:latest AS build",
    "RUN go version > /version",
    "",
    "FROM node:22",
    "COPY --from=build /version /version",
    "",
  ].join("\n"),
  "fromlint.yaml": "extends: [recommended]\n",
  "services/reports/Dockerfile": "FROM debian:10.13-slim\n",
};

/** So many that linting them takes longer than finding the button. */
const MANY = 1500;
const LONG_DOCKERFILE = `FROM golang:latest\n${"RUN apt-get update && apt-get install -y git\nCOPY . .\n".repeat(60)}`;

/** @param shots folder for screenshots and logs */
export async function testScreen(report: Report, codeServer: CodeServer, vsix: string, shots: string): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), "fromlint-workspace-"));
  const folder = join(parent, "shop");
  for (const [name, text] of Object.entries(FILES)) write(folder, name, text);
  const editor = await startEditor({ codeServer, vsix, log: join(shots, "screen-server.log") });
  try {
    await withPage(join(shots, "screen-console.log"), async (page) => {
      const shoot = async (name: string): Promise<void> => {
        await page.screenshot({ path: join(shots, `${name}.png`) });
      };
      const steps = stepsOf(page, editor.address, folder, shoot);
      await playSteps(report, "VS Code on the screen", steps, () => shoot("screen-failed"));
    });
  } finally {
    await editor.end();
    rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
  }
}

function stepsOf(page: Page, address: string, folder: string, shoot: (name: string) => Promise<void>): Step[] {
  const onDisk = (): string => readFileSync(join(folder, "Dockerfile"), "utf8");
  return [
    [
      "a Dockerfile that breaks the policy is underlined",
      async () => {
        await openFolder(page, address, folder);
        await openFile(page, "Dockerfile");
        await waitForCount(squiggles(page, "error"), "an underlined error", (count) => count > 0);
        await waitForCount(squiggles(page, "warning"), "an underlined warning", (count) => count > 0);
      },
    ],
    [
      "the Problems view has a row for each finding, with its rule",
      async () => {
        const rows = await problems(page);
        await rows
          .filter({ hasText: /golang:latest.*no-latest/s })
          .first()
          .waitFor();
        await rows
          .filter({ hasText: /node:22.*pin-precision/s })
          .first()
          .waitFor();
        await shoot("1-findings");
      },
    ],
    [
      "hover on an image says its tier and how tightly it is pinned",
      async () => {
        await goTo(page, 4, 8);
        await hoverAtCursor(page, [/official/i, /major/i]);
        await shoot("2-hover");
      },
    ],
    [
      "the lightbulb offers the suggestion, and taking it clears the error",
      async () => {
        await goTo(page, 1, 8);
        await takeQuickFix(page, /Use .?golang:\d+\.\d+/, () => shoot("3-quick-fix"));
        await waitFor("the corrected line", async () =>
          /FROM golang:\d+\.\d+\S* AS build/.test(await visibleText(page)),
        );
        await waitForCount(squiggles(page, "error"), "no underlined error", (count) => count === 0);
      },
    ],
    [
      "the saved file is corrected on disk",
      async () => {
        await save(page, () => /^FROM golang:\d+\.\d+\S* AS build$/m.test(onDisk()));
      },
    ],
    [
      "completion after FROM node: offers exact tags",
      async () => {
        await writeLineEnd(page, 4, 6, "node:");
        const labels = await suggestions(page);
        await shoot("4-completion");
        await page.keyboard.press("Escape");
        expectMatch(labels.join("\n"), /^\d+\.\d+\.\d+$/m);
        await writeLineEnd(page, 4, 6, "node:22");
        await save(page, () => /^FROM node:22$/m.test(onDisk()));
      },
    ],
    [
      "a policy that is changed on disk clears the finding",
      async () => {
        await waitForCount(squiggles(page, "warning"), "an underlined warning", (count) => count > 0);
        write(folder, "fromlint.yaml", "extends: [recommended]\nrules: { pin-precision: off }\n");
        await waitForCount(squiggles(page, "warning"), "no underlined warning", (count) => count === 0);
      },
    ],
    [
      "fromlint: lint workspace fills the Problems view with files that are not open",
      async () => {
        const rows = await problems(page);
        await runCommand(page, "fromlint: lint workspace");
        await rows
          .filter({ hasText: /debian:10\.13-slim.*no-eol-base/s })
          .first()
          .waitFor({ timeout: 60_000 });
        await page
          .locator(".notification-list-item")
          .filter({ hasText: /finding/ })
          .first()
          .waitFor();
        await shoot("5-workspace");
      },
    ],
    [
      "linting the workspace can be cancelled",
      async () => {
        for (let number = 0; number < MANY; number += 1) write(folder, `many/${number}/Dockerfile`, LONG_DOCKERFILE);
        await runCommand(page, "fromlint: lint workspace");
        const progress = page.locator(".notification-list-item").filter({ hasText: "linting the workspace" });
        await progress.hover({ timeout: 60_000 });
        await shoot("6-progress");
        await progress.getByRole("button", { name: "Cancel" }).click({ timeout: 60_000 });
        await progress.waitFor({ state: "detached", timeout: 60_000 });
        const done = page.locator(".notification-list-item").filter({ hasText: `in ${MANY + 2} files` });
        const wentOn = await done.waitFor({ timeout: 2_000 }).then(
          () => true,
          () => false,
        );
        if (wentOn) throw new Error("it was linted to the end");
        rmSync(join(folder, "many"), { recursive: true });
      },
    ],
    [
      "a broken policy is shown in the status bar, a click goes to its line",
      async () => {
        write(folder, "fromlint.yaml", "extends: [recommended]\nrules: {}\npinnning: []\n");
        await statusItem(page, "broken policy").first().waitFor({ timeout: 60_000 });
        await shoot("7-broken-policy");
        await openByStatusItem(page, "broken policy", "fromlint.yaml");
        await statusItem(page, "Ln 3, Col 1").first().waitFor({ timeout: 60_000 });
        await shoot("8-line-of-policy");
      },
    ],
    [
      "once it is mended the status bar is calm again",
      async () => {
        write(folder, "fromlint.yaml", FILES["fromlint.yaml"]);
        await statusItem(page, "broken policy").first().waitFor({ state: "detached", timeout: 60_000 });
      },
    ],
  ];
}

function write(folder: string, name: string, text: string): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function expectMatch(text: string, pattern: RegExp): void {
  if (!pattern.test(text)) throw new Error(`${String(pattern)} is not in:\n${text}`);
}
