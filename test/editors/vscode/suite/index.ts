/** Runs in the extension host: VS Code calls `run`. What it finds goes to the file FROMLINT_SUITE_REPORT. */
import { appendFileSync } from "node:fs";
import { CASES } from "./cases.js";

/** Enough for a busy machine; no case waits for anything but the server. */
const SECONDS = 90;

export async function run(): Promise<void> {
  write({ names: CASES.map(([name]) => name) });
  for (const [name, see] of CASES) write({ name, error: await problemOf(see) });
}

async function problemOf(see: () => Promise<void>): Promise<string | null> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(new Error(`not within ${SECONDS} s`)), SECONDS * 1000);
  });
  try {
    await Promise.race([see(), late]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(limit);
  }
}

function write(line: object): void {
  const file = process.env.FROMLINT_SUITE_REPORT;
  if (file === undefined) throw new Error("FROMLINT_SUITE_REPORT is not set");
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}
