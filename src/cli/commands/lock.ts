/** `fromlint lock [PATH…]`: writes down what each image is today, or checks that it still is. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseReference } from "../../facts/reference.js";
import { colorsFor } from "../../report/colors.js";
import { lockJson, lockText, type LockReport } from "../../report/lock.js";
import { relativePath } from "../../report/path.js";
import { safe } from "../../report/safe.js";
import type { Arguments } from "../arguments/arguments.js";
import { isColored } from "../output/color.js";
import { inputsOf, type Inputs } from "../files/inputs.js";
import { createLinter } from "../lint/linter.js";
import { draftsOf, outcomesOf, questionsOf, updateOf, writeLocks, type Outcome } from "../lock/lock-drafts.js";
import { lockUses } from "../lock/lock-uses.js";
import { lockPaths } from "../lock/locks.js";
import { progressOn } from "../output/progress.js";
import { openRegistries, type Registries } from "../online/registries.js";
import { RunError } from "../run-error.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";

/**
 * Returns the exit code: 0 written or right, 1 not right (`--check`), 2 where an image could not be looked up: then
 * nothing is written. Throws RunError.
 */
export async function lockCommand(args: Arguments, streams: Streams): Promise<number> {
  refuseMisplacedImage(args, streams.cwd);
  const inputs = await inputsOf(args, streams);
  const linter = await createLinter(
    inputs.files.map(({ filePath }) => filePath),
    args,
    streams.cwd,
  );
  // What is written down has to be what registries have now, not what a cache has.
  const registries = await openRegistries(linter.catalog, true, streams);
  try {
    return await lockWith(registries, inputs, linter, args, streams);
  } finally {
    await registries.close();
  }
}

async function lockWith(
  registries: Registries,
  { files: found, folders }: Inputs,
  linter: Awaited<ReturnType<typeof createLinter>>,
  args: Arguments,
  streams: Streams,
): Promise<number> {
  const { cwd, stderr } = streams;
  const note = (text: string): void => stderr.write(`fromlint: ${safe(text)}\n`);
  const files = found.filter(({ filePath }) => linter.isLinted(filePath));
  if (files.length === 0) note(`no Dockerfiles found in ${args.paths.join(", ")}.`);

  const uses = lockUses(files, linter, registries, lockPaths(linter.policies, cwd), cwd);
  const unread = [
    ...folders.map(({ filePath, messages }) => `${relativePath(filePath, cwd)}: ${messages[0]?.message ?? ""}`),
    ...uses.flatMap((each) => each.unread.map((text) => `${text}.`)),
  ];
  if (unread.length > 0) throw new RunError(...unread);
  const drafts = draftsOf(uses, args, cwd);
  for (const text of new Set(drafts.flatMap(({ unknown }) => unknown))) note(`${text}.`);

  const update = updateOf(args, drafts);
  const all = drafts.reduce((sum, draft) => sum + questionsOf(draft, args.check, update).size, 0);
  const progress = progressOn(stderr, Date.now, "Asking registries:", "images");
  let done = 0;
  const outcomes = await outcomesOf(drafts, args.check, update, () => progress.update(++done, all));
  progress.clear();

  const failed = outcomes.flatMap(({ changes }) =>
    changes.filter(({ kind }) => kind === "failed" || (kind === "gone" && !args.check)),
  );
  for (const { name, why } of failed) note(`${name}: ${why ?? "it cannot be looked up"}.`);
  if (failed.length > 0 && !args.check) {
    note("nothing was written.");
    return 2;
  }
  if (!args.check) writeLocks(outcomes, cwd);
  await show(outcomes, args, streams);
  if (failed.length > 0) return 2;
  return args.check && outcomes.some(({ changes }) => changes.length > 0) ? 1 : 0;
}

/** `--update node:22`: the image became a path. */
function refuseMisplacedImage({ update, paths }: Arguments, cwd: string): void {
  if (update !== "all") return;
  const image = paths.find((path) => !existsSync(resolve(cwd, path)) && "reference" in parseReference(path));
  if (image === undefined) return;
  throw new RunError(`${image}: there is no such file or folder. To update this image alone, write --update=${image}.`);
}

async function show(outcomes: readonly Outcome[], args: Arguments, streams: Streams): Promise<void> {
  const reports = outcomes.map(({ draft, changes, next }): LockReport => {
    return { file: relativePath(draft.file, streams.cwd), changes, count: (next ?? draft.entries).size };
  });
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    const colors = await colorsFor(isColored(args.color, sink, streams.env));
    const width = sink.isTerminal ? sink.columns : Infinity;
    const text = choice.name === "json" ? lockJson(reports) : null;
    sink.write(text ?? (await lockText(reports, { width, colors, isCheck: args.check })));
    sink.end();
  }
}
