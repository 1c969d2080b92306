/** `fromlint lsp`: the language server. */
import type { Arguments } from "../arguments/arguments.js";
import type { Streams } from "../output/streams.js";
import { version } from "./version.js";

/** Serves until the client is gone; the server then ends the process itself, as the protocol wants. */
export async function lspCommand({ transport, policy }: Arguments, { cwd }: Streams): Promise<never> {
  const { serve } = await import("../../../server/main.js");
  serve({ transport, outerPolicy: policy, cwd, version });
  return new Promise<never>(() => undefined);
}
