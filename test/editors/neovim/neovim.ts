/** Neovim, a second client that shares no code with VS Code: session.lua runs in it, with the command that users start. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countOutcomes } from "../outcomes.js";
import { run, lastLines } from "../processes.js";
import type { Report } from "../report.js";

const SCENARIO = "Neovim";
const DOCKERFILE = "FROM golang:latest AS build\nFROM node:22\n";

/** @param server the command that starts the language server on its standard streams */
export async function testNeovim(report: Report, server: readonly string[]): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "fromlint-neovim-"));
  const folder = join(home, "shop");
  mkdirSync(folder);
  writeFileSync(join(folder, "Dockerfile"), DOCKERFILE);
  const lines = join(home, "report.jsonl");
  const env = {
    ...process.env,
    FROMLINT_SERVER: JSON.stringify(server),
    FROMLINT_SUITE_REPORT: lines,
    XDG_CACHE_HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_STATE_HOME: home,
  };
  const session = join(import.meta.dirname, "session.lua");
  try {
    const args = ["--clean", "--headless", "-n", "-c", `luafile ${session}`];
    const { status, output } = await run("nvim", args, { cwd: folder, env, seconds: 300 });
    if (status !== 0) report.fail(`${SCENARIO}: the session ends well`, lastLines(output, 20));
    else report.pass(`${SCENARIO}: the session ends well`);
  } catch (error) {
    report.fail(`${SCENARIO}: the session ends well`, error);
  } finally {
    countOutcomes(report, SCENARIO, lines);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
