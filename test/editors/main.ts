/**
 * `npm run test:editors`: fromlint in real editors, with the extension as it is packed. Sets up what it needs; what
 * cannot be had is a failure.
 *
 * The last line is `N passed, N failed`; exit status 1 when anything failed. `--keep DIR` puts screenshots and logs
 * into that folder.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { packExtension } from "../../scripts/vscode/pack.js";
import { stageExtension } from "../../scripts/vscode/stage.js";
import { provideCodeServer } from "./environment/code-server.js";
import { BROWSER, NEOVIM, provide } from "./environment/system-packages.js";
import { testNeovim } from "./neovim/neovim.js";
import { createReport } from "./report.js";
import { testExtensionHost } from "./vscode/extension-host.js";
import { testScreen } from "./vscode/screen.js";

const root = resolve(import.meta.dirname, "../..");
const { values } = parseArgs({ options: { keep: { type: "string" } } });
const shots = values.keep === undefined ? mkdtempSync(join(tmpdir(), "fromlint-editors-")) : resolve(values.keep);
mkdirSync(shots, { recursive: true });

// What was started ends with this process, and a signal alone would not say that it ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

const report = createReport();

/** A part that cannot even start is a failure, and the others are still tried. */
async function part(name: string, test: () => Promise<void>): Promise<void> {
  try {
    await test();
  } catch (error) {
    report.fail(name, error);
  }
}

await part("Neovim can be had", async () => {
  await provide(NEOVIM);
  await testNeovim(report, [process.execPath, join(root, "bin/fromlint.cjs"), "lsp", "--stdio"]);
});
await part("VS Code with the extension can be had", async () => {
  const extension = await stageExtension(root);
  const vsix = join(shots, "fromlint.vsix");
  packExtension(root, extension, vsix);
  await provide(BROWSER);
  const codeServer = await provideCodeServer();
  await part("VS Code on the screen starts", () => testScreen(report, codeServer, vsix, shots));
  await part("VS Code's extension host starts", () => testExtensionHost(report, codeServer, extension, shots));
});

const { passed, failed } = report.counts();
if (values.keep === undefined && failed === 0) rmSync(shots, { recursive: true, force: true });
else console.log(`screenshots and logs: ${shots}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
