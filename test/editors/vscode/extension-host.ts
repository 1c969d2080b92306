/** VS Code from inside: the cases of suite/ run in the extension host, with the real API. */
import { build } from "esbuild";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { CodeServer } from "../environment/code-server.js";
import { countOutcomes } from "../outcomes.js";
import type { Report } from "../report.js";
import { withPage } from "./browser.js";
import { startEditor } from "./server.js";
import { FILES, SETTINGS } from "./suite/workspace.js";

const SCENARIO = "VS Code's extension host";
/** For the whole suite; each case has a limit of its own. */
const SECONDS = 600;

/**
 * @param extension the staged extension
 * @param shots folder for logs
 */
export async function testExtensionHost(
  report: Report,
  codeServer: CodeServer,
  extension: string,
  shots: string,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fromlint-suite-"));
  const lines = join(folder, "report.jsonl");
  try {
    for (const [name, text] of Object.entries(FILES)) write(join(folder, "workspace", name), text);
    const suite = join(folder, "index.js");
    await bundleSuite(suite);
    const env = { FROMLINT_SUITE_REPORT: lines };
    const editor = await startEditor({ codeServer, log: join(shots, "host-server.log"), env, settings: SETTINGS });
    try {
      await withPage(join(shots, "host-console.log"), async (page) => {
        const workspace = join(folder, "workspace/both.code-workspace");
        await runSuite(page, editor.address, workspace, extension, suite);
      });
    } finally {
      await editor.end();
    }
  } catch (error) {
    report.fail(`${SCENARIO}: the suite runs to its end`, error);
  } finally {
    countOutcomes(report, SCENARIO, lines);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function bundleSuite(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, "suite/index.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
}

/** Opens the page that starts the suite, and waits until the extension host says that it has ended. */
async function runSuite(
  page: Page,
  address: string,
  workspace: string,
  extension: string,
  suite: string,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    void page.exposeFunction("codeAutomationExit", () => resolve());
  });
  await page.exposeFunction("codeAutomationLog", () => undefined);
  const remote = address.replace("http:", "vscode-remote:");
  const payload = [
    ["extensionDevelopmentPath", `${remote}${extension}`],
    ["extensionTestsPath", `${remote}${suite}`],
    ["skipWelcome", "true"],
  ];
  const query = new URLSearchParams({ workspace, payload: JSON.stringify(payload) });
  await page.goto(`${address}/?${query.toString()}`, { timeout: 60_000 });
  const late = delay(SECONDS * 1000, "late", { ref: false });
  if ((await Promise.race([ended, late])) === "late") throw new Error(`not within ${SECONDS} s`);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
