/** The VS Code extension: a thin client of the language server, which does all the work. */
import type { ExtensionContext } from "vscode";
import { createClient } from "./client.js";
import { registerCommands } from "./commands.js";
import { createStatusItem } from "./status.js";

/** Called by VS Code when a Dockerfile is opened or a folder has a policy. */
export async function activate(context: ExtensionContext): Promise<void> {
  const client = createClient(context);
  const status = createStatusItem(client);
  context.subscriptions.push(status, ...registerCommands(client, status.status), client);
  await client.start();
}
