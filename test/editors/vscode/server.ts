/** code-server with a profile of its own: no extension gallery, no telemetry, loopback only. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CodeServer } from "../environment/code-server.js";
import { waitFor } from "../patience.js";
import { startDaemon, succeed } from "../processes.js";

/** Nothing on the screen but what a test is about. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  // In a browser it saves after a second; the tests save themselves.
  "files.autoSave": "off",
  "files.simpleDialog.enable": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "window.menuBarVisibility": "compact",
  "workbench.enableExperiments": false,
  "workbench.layoutControl.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

export interface EditorServer {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Ends the server and removes its profile. */
  readonly end: () => Promise<void>;
}

export interface Start {
  readonly codeServer: CodeServer;
  /** Where the server's log goes. */
  readonly log: string;
  /** The extension to install; else VS Code's own server starts, which lets a test run in the extension host. */
  readonly vsix?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Starts the editor's server and waits until it answers.
 *
 * @throws Error when the extension cannot be installed or the server does not come up
 */
export async function startEditor({ codeServer, log, vsix, env: more, settings }: Start): Promise<EditorServer> {
  const profile = mkdtempSync(join(tmpdir(), "fromlint-profile-"));
  const data = join(profile, "data");
  const extensions = join(profile, "extensions");
  mkdirSync(join(data, "User"), { recursive: true });
  writeFileSync(join(data, "User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  const config = join(profile, "config.yaml");
  writeFileSync(config, "");

  const env = { ...cleanEnvironment(profile), ...more };
  const port = await freePort();
  const folders = ["--user-data-dir", data, "--extensions-dir", extensions];
  const own = [codeServer.entry, "--config", config, ...folders];
  if (vsix !== undefined) {
    await succeed(codeServer.node, [...own, "--install-extension", vsix], { env, seconds: 300 });
  }
  const args =
    vsix === undefined
      ? [codeServer.vscodeServer, ...testServerArguments(port), ...folders, "--server-data-dir", data]
      : [...own, ...codeServerArguments(port)];
  const daemon = startDaemon(codeServer.node, args, { env, log });
  const end = async (): Promise<void> => {
    await daemon.end();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const address = `http://127.0.0.1:${port}`;
  try {
    await waitFor(
      "the editor's server",
      () => answers(`${address}/${vsix === undefined ? "version" : "healthz"}`),
      120,
    );
  } catch (error) {
    await end();
    throw error;
  }
  return { address, end };
}

function codeServerArguments(port: number): string[] {
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  return ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-workspace-trust", ...quiet];
}

/** Only with the smoke test driver does a built VS Code look at `extensionTestsPath`. */
function testServerArguments(port: number): string[] {
  const access = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token"];
  const quiet = ["--accept-server-license-terms", "--telemetry-level", "off", "--disable-workspace-trust"];
  return [...access, ...quiet, "--enable-smoke-test-driver"];
}

/** Nothing of the user's own editor, and nothing that an outer editor has set. */
function cleanEnvironment(profile: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:VSCODE_|npm_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    EXTENSIONS_GALLERY: "{}",
    XDG_CONFIG_HOME: join(profile, "xdg-config"),
    XDG_DATA_HOME: join(profile, "xdg-data"),
    XDG_RUNTIME_DIR: profile,
    CS_DISABLE_GETTING_STARTED_OVERRIDE: "1",
    CS_DISABLE_PROXY: "1",
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
