/** What a user does and sees in VS Code's window. */
import type { Locator, Page } from "playwright-core";
import { actUntil, waitFor } from "../patience.js";

/** A busy machine takes its time; what is there at once is seen at once. */
const LONG = 60_000;
/** Long enough for a key press that came through, before it is tried again. */
const ATTEMPT = 7_000;

/** Opens a folder and waits for the window. */
export async function openFolder(page: Page, address: string, folder: string): Promise<void> {
  await page.goto(`${address}/?folder=${encodeURIComponent(folder)}`, { timeout: LONG });
  await page.waitForSelector(".monaco-workbench .explorer-folders-view", { timeout: 2 * LONG });
}

/** Opens a file of the folder's first level from the explorer. */
export async function openFile(page: Page, name: string): Promise<void> {
  const row = page
    .locator(".explorer-folders-view .monaco-list-row")
    .filter({ has: page.getByText(name, { exact: true }) });
  await row.first().waitFor({ timeout: LONG });
  const tab = page.locator(".tabs-container .tab.active").filter({ hasText: name });
  await actUntil(
    () => row.first().dblclick({ timeout: ATTEMPT }),
    () => tab.waitFor({ timeout: ATTEMPT }),
  );
  await page.locator(".editor-instance .view-lines").first().waitFor({ timeout: LONG });
}

/** Underlined places in the editor. */
export function squiggles(page: Page, severity: "error" | "warning"): Locator {
  return page.locator(`.editor-instance .squiggly-${severity}`);
}

export async function waitForCount(locator: Locator, what: string, fits: (count: number) => boolean): Promise<void> {
  await waitFor(what, async () => fits(await locator.count()));
}

/** The rows of the Problems view, which is opened when it is not. */
export async function problems(page: Page): Promise<Locator> {
  const panel = page.locator(".markers-panel");
  await actUntil(
    async () => {
      if (!(await panel.isVisible())) await page.keyboard.press("Control+Shift+M");
    },
    () => panel.waitFor({ timeout: ATTEMPT }),
  );
  return panel.locator(".monaco-list-row");
}

/** Puts the cursor at a place of the file in front; line and column are 1-based. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  const input = page.locator(".quick-input-widget input.input");
  await actUntil(
    async () => {
      if (!(await input.isVisible())) await page.keyboard.press("Control+G");
      await input.waitFor({ timeout: ATTEMPT });
      await input.fill(`:${line}:${column}`);
      await page.keyboard.press("Enter");
    },
    () => statusItem(page, `Ln ${line}, Col ${column}`).waitFor({ timeout: ATTEMPT }),
  );
}

/** Writes `text` from a place of the file in front to the end of that line; line and column are 1-based. */
export async function writeLineEnd(page: Page, line: number, column: number, text: string): Promise<void> {
  await actUntil(
    async () => {
      await goTo(page, line, column);
      await page.keyboard.press("Shift+End");
      await page.keyboard.type(text);
    },
    () => waitFor(text, async () => lineEnds(await visibleText(page), column, text), ATTEMPT / 1000),
  );
}

function lineEnds(shown: string, column: number, text: string): boolean {
  return shown.split("\n").some((line) => line.slice(column - 1).trimEnd() === text);
}

/** Holds the mouse where the cursor is until all of `patterns` are shown there; a finding is shown before the rest. */
export async function hoverAtCursor(page: Page, patterns: readonly RegExp[]): Promise<void> {
  const contents = page.locator(".monaco-editor .monaco-hover:not(.hidden) .hover-contents");
  let shown = "";
  const showsAll = async (): Promise<boolean> => {
    shown = (await contents.allInnerTexts()).join("\n");
    return patterns.every((pattern) => pattern.test(shown));
  };
  const hold = async (): Promise<void> => {
    const cursor = await page.locator(".editor-instance .cursors-layer .cursor").first().boundingBox();
    if (cursor === null) throw new Error("the cursor is not on the screen");
    await page.mouse.move(cursor.x + 150, cursor.y + 150);
    await page.mouse.move(cursor.x + 4, cursor.y + cursor.height / 2, { steps: 4 });
  };
  try {
    await actUntil(hold, () => waitFor("the hover", showsAll, ATTEMPT / 1000));
  } catch {
    throw new Error(`${patterns.map(String).join(" and ")}: not all of it is in the hover:\n${shown}`);
  }
}

/** Opens the quick fixes at the cursor and takes the one whose title fits. */
export async function takeQuickFix(page: Page, title: RegExp, shown: () => Promise<void>): Promise<void> {
  await page.locator('[class*="codicon-light-bulb"], [class*="codicon-gutter-lightbulb"]').first().waitFor({
    timeout: LONG,
    state: "attached",
  });
  const item = page.locator(".action-widget .monaco-list-row").filter({ hasText: title }).first();
  await actUntil(
    () => page.keyboard.press("Control+Period"),
    () => item.waitFor({ timeout: ATTEMPT }),
  );
  await shown();
  await item.click();
}

/** Saves the file in front until it says what it should on disk. */
export async function save(page: Page, isSaved: () => boolean): Promise<void> {
  await actUntil(
    () => page.keyboard.press("Control+S"),
    () => waitFor("the saved file", isSaved, ATTEMPT / 1000),
  );
}

/** The labels of the suggestions at the cursor. */
export async function suggestions(page: Page): Promise<string[]> {
  const rows = page.locator(".suggest-widget.visible .monaco-list-row");
  await actUntil(
    () => page.keyboard.press("Control+Space"),
    () => rows.first().waitFor({ timeout: ATTEMPT }),
  );
  return rows.locator(".label-name").allInnerTexts();
}

/** Runs a command by its title. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = page.locator(".quick-input-widget input.input");
  const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first();
  await actUntil(
    async () => {
      if (!(await input.isVisible())) await page.keyboard.press("F1");
      await input.waitFor({ timeout: ATTEMPT });
      await input.fill(`>${title}`);
    },
    () => row.waitFor({ timeout: ATTEMPT }),
  );
  await row.click();
}

/** An item of the status bar. */
export function statusItem(page: Page, text: string): Locator {
  return page.locator(".statusbar-item").filter({ hasText: text });
}

/** Clicks on an item of the status bar that opens a file. */
export async function openByStatusItem(page: Page, text: string, file: string): Promise<void> {
  const tab = page.locator(".tabs-container .tab.active").filter({ hasText: file });
  await actUntil(
    async () => {
      // What the mouse stands on shows a tooltip, which may lie over the item.
      await page.mouse.move(0, 0);
      await statusItem(page, text).first().click({ timeout: ATTEMPT });
    },
    () => tab.waitFor({ timeout: ATTEMPT }),
  );
}

/** The lines of the editor that are on the screen. */
export async function visibleText(page: Page): Promise<string> {
  const lines = await page.locator(".editor-instance .view-line").allInnerTexts();
  return lines.join("\n").replaceAll("\u00a0", " ");
}
