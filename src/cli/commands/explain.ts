/** `fromlint explain RULE|IMAGE`: what a rule wants and why, or what is known of an image. */
import { resolve } from "node:path";
import { openCatalog } from "../../catalog.js";
import { colorsFor, type Colors } from "../../report/colors.js";
import type { Arguments } from "../arguments/arguments.js";
import { isColored } from "../output/color.js";
import { subjectOf } from "./explain-subject.js";
import { policiesFor } from "../lint/policies.js";
import { RunError } from "../run-error.js";
import { sinkFor } from "../output/sink.js";
import type { Streams } from "../output/streams.js";

/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** Prints an explanation in every format that was asked for; what it does not print it does not make. */
export type Show = (explanation: {
  readonly json: () => string;
  readonly text: (place: TextPlace) => string | Promise<string>;
}) => Promise<void>;

/** Where a text goes. */
export interface TextPlace {
  /** In columns. */
  readonly width: number;
  readonly colors: Colors;
}

/** Returns the exit code, 0. Throws RunError, also for what is neither a rule nor an image. */
export async function explainCommand(args: Arguments, streams: Streams): Promise<number> {
  const { cwd, env } = streams;
  const [text] = args.paths;
  if (text === undefined || text === ".") {
    throw new RunError(
      "`fromlint explain` takes a rule or an image: fromlint explain no-latest, fromlint explain node:22.",
    );
  }
  const catalog = openCatalog();
  const subject = subjectOf(text, catalog, cwd);
  // What holds for a Dockerfile in this folder, whether there is one or not.
  const filePath = resolve(cwd, "Dockerfile");
  const policies = await policiesFor([filePath], { ...args, ignore: false }, cwd);
  const show: Show = async (explanation) => {
    for (const choice of args.formats) {
      const sink = await sinkFor(choice, args, streams);
      const colors = await colorsFor(isColored(args.color, sink, env));
      const place = { width: Math.min(sink.columns, WIDEST), colors };
      sink.write(choice.name === "json" ? explanation.json() : await explanation.text(place));
      sink.end();
    }
  };
  if (subject.kind === "rules") {
    if (args.online !== null) throw new RunError("--online is for images: no registry knows of rules.");
    const { explainRules } = await import("./explain-rule.js");
    await explainRules(subject.names, policies.of(filePath), cwd, show);
    return 0;
  }
  const { explainImage } = await import("./explain-image.js");
  await explainImage(subject, { policies, catalog, filePath, args, streams }, show);
  return 0;
}
