import { createWriteStream } from "node:fs";
import { chromium, type Page } from "playwright-core";
import { findCommand } from "../environment/system-packages.js";

/** It may open what lies on this machine, and nothing else. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/**
 * A page in a fresh Chromium, ended after `use`.
 *
 * @param log file for what the page writes to its console
 */
export async function withPage<T>(log: string, use: (page: Page) => Promise<T>): Promise<T> {
  const executablePath = findCommand("chromium");
  if (executablePath === null) throw new Error("chromium is not in PATH");
  const browser = await chromium.launch({ executablePath, headless: true, args: ARGUMENTS, timeout: 120_000 });
  try {
    const context = await browser.newContext({ viewport: { width: 1100, height: 680 } });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const lines = createWriteStream(log);
    page.on("console", (message) => lines.write(`${message.type()} ${message.text()}\n`));
    try {
      return await use(page);
    } finally {
      lines.end();
    }
  } finally {
    await browser.close();
  }
}
