/** Reports in Chromium, opened from disk as people open them. */
import axe from "axe-core";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { pathToFileURL } from "node:url";
import { BROWSER, findCommand, provide } from "../../editors/environment/system-packages.js";

/** Nothing but the page itself can be reached. */
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"];

/** Chromium, installed where that is possible. Throws where it cannot be had: these tests are never skipped. */
export async function startBrowser(): Promise<Browser> {
  await provide(BROWSER);
  const executablePath = findCommand("chromium");
  if (executablePath === null) throw new Error("chromium is not in PATH");
  return chromium.launch({ executablePath, headless: true, args: ARGUMENTS, timeout: 120_000 });
}

export interface OpenPage {
  readonly page: Page;
  /** What it wrote to its console, threw or asked in a dialog. */
  readonly complaints: readonly string[];
  /** Addresses that it asked for, without its own. */
  readonly requests: readonly string[];
}

export async function openPage(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const { href } = pathToFileURL(file);
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== href) requests.push(request.url());
  });
  await page.goto(href);
  return { page, complaints, requests };
}

/** What axe-core has against the page, one line each: rule, help, places. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe };
    return (await here.run(document, { resultTypes: ["violations"] })).violations;
  });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`);
}
