/** The reports of a run, each on its way to its own place. */
import { colorsFor } from "../../report/colors.js";
import { makerOf } from "../../report/formats.js";
import type { MakeReport, Report, ReportOptions, RunEnd } from "../../report/report.js";
import type { LintResult } from "../../result.js";
import type { Arguments, FormatChoice } from "../arguments/arguments.js";
import { isColored } from "./color.js";
import { repositoryOf } from "../files/repository.js";
import { RunError } from "../run-error.js";
import { sinkFor, type Sink } from "./sink.js";
import type { Streams } from "./streams.js";

export interface Reports {
  readonly add: (result: LintResult) => Promise<void>;
  /** Everything has to be out afterwards. Throws RunError with all that failed; the other reports are then whole. */
  readonly end: (run: RunEnd) => Promise<void>;
}

interface OpenReport {
  readonly report: Report;
  readonly sink: Sink;
  readonly choice: FormatChoice;
}

/**
 * Opens what `--format` asks for. `beforeWrite` is called each time before something is written. Throws RunError for a
 * format that cannot be had.
 */
export async function openReports(
  args: Arguments,
  streams: Streams,
  given: Pick<ReportOptions, "rules" | "today" | "inventory">,
  beforeWrite: () => void,
): Promise<Reports> {
  const { cwd, env } = streams;
  const shared = {
    cwd,
    root: repositoryOf(cwd),
    quiet: args.quiet,
    fixed: args.fix === null ? null : args.fix === "write" ? ("written" as const) : ("shown" as const),
    ...given,
    docs: async () => (await import("../rule-texts.js")).ruleTexts,
  };
  const open: OpenReport[] = [];
  for (const choice of args.formats) {
    const sink = await sinkFor(choice, args, streams);
    const isInColor = isColored(args.color, sink, env);
    const make = (await makerOf(choice.name)) ?? (await foreignMaker(choice.name, cwd, isInColor));
    const report = make({ ...shared, columns: sink.columns, colors: await colorsFor(isInColor) });
    open.push({ report, sink, choice });
  }
  for (const { report, sink } of open) sink.write(await report.begin());
  return {
    add: async (result) => {
      for (const { report, sink } of open) {
        const text = await report.add(result);
        beforeWrite();
        sink.write(text);
      }
    },
    end: async (run) => {
      beforeWrite();
      const failures: string[] = [];
      for (const each of open) failures.push(...(await finish(each, run)));
      if (failures.length > 0) throw new RunError(...failures);
    },
  };
}

async function foreignMaker(name: string, cwd: string, isInColor: boolean): Promise<MakeReport> {
  const { loadFormatter } = await import("./formatter.js");
  const formatter = await loadFormatter(name, cwd);
  return (await import("../../report/eslint.js")).eslintReport(formatter, isInColor);
}

/** Returns what failed, a line each. */
async function finish({ report, sink, choice }: OpenReport, run: RunEnd): Promise<readonly string[]> {
  try {
    sink.write(await report.end(run));
    sink.end();
    return [];
  } catch (error) {
    if (error instanceof RunError) return error.lines;
    // Our own reports do not throw; one that was made for ESLint may.
    const { firstLine } = await import("./formatter.js");
    return [`--format ${choice.name}: the formatter failed (${firstLine(error)}).`];
  }
}
