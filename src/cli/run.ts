/** A whole run: command line in, exit code out. */
import { safe } from "../report/safe.js";
import { parseArguments, type Arguments } from "./arguments/arguments.js";
import { lintCommand } from "./commands/lint.js";
import { RunError } from "./run-error.js";
import type { Streams } from "./output/streams.js";

/**
 * Exit codes: 0 clean, 1 findings at error level or over `--max-warnings`, 2 the run itself failed, which is
 * then said on the standard error. `argv` is without node and script. Never throws.
 */
export async function run(argv: readonly string[], streams: Streams): Promise<number> {
  try {
    return await runCommand(parseArguments(argv, streams.env), streams);
  } catch (error) {
    const lines = error instanceof RunError ? error.lines : [`internal error, please report it: ${String(error)}`];
    for (const line of lines) streams.stderr.write(`fromlint: ${safe(line)}\n`);
    return 2;
  }
}

/** Linting is what nearly every run is for; the other commands are loaded when they are asked for. */
async function runCommand(args: Arguments, streams: Streams): Promise<number> {
  switch (args.command) {
    case "lint":
      return lintCommand(args, streams);
    case "bases":
      return (await import("./commands/bases.js")).basesCommand(args, streams);
    case "explain":
      return (await import("./commands/explain.js")).explainCommand(args, streams);
    case "init":
      return (await import("./commands/init.js")).initCommand(args, streams);
    case "layers":
      return (await import("./commands/layers.js")).layersCommand(args, streams);
    case "migrate":
      return (await import("./commands/migrate.js")).migrateCommand(args, streams);
    case "test-policy":
      return (await import("./commands/test-policy.js")).testPolicyCommand(args, streams);
    case "lsp":
      return (await import("./commands/lsp.js")).lspCommand(args, streams);
    case "lock":
      return (await import("./commands/lock.js")).lockCommand(args, streams);
    case "print-config":
      return (await import("./commands/print-config.js")).printConfigCommand(args, streams);
    case "list-rules":
      return (await import("./commands/list-rules.js")).listRulesCommand(args, streams);
    case "help":
      streams.stdout.write((await import("./arguments/help.js")).helpText());
      return 0;
    case "version":
      streams.stdout.write(`${(await import("./commands/version.js")).version}\n`);
      return 0;
  }
}
