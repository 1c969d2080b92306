/** What BuildKit refuses in a file whose lines are read: instructions/parse.go and bflag.go. */
import { skipSpace } from "./characters.js";
import type { ReportProblem } from "./directives.js";
import { parseHeredoc } from "./heredocs.js";
import { KEYWORDS } from "./instructions.js";
import { mountRefusal } from "./mounts.js";
import { nearest } from "../spelling.js";
import type { Flag, FromInstruction, HealthcheckInstruction, Instruction, Range } from "./nodes.js";

type FlagKind = "bool" | "string" | "strings";

/** The flags of each instruction. Those that are not here have none; Arg and Stopsignal ignore theirs. */
const FLAGS: Readonly<Partial<Record<Instruction["type"], Readonly<Record<string, FlagKind>>>>> = {
  Add: {
    chown: "string",
    chmod: "string",
    link: "bool",
    "keep-git-dir": "bool",
    checksum: "string",
    unpack: "bool",
    exclude: "strings",
  },
  Copy: { chown: "string", from: "string", chmod: "string", link: "bool", exclude: "strings", parents: "bool" },
  From: { platform: "string" },
  Healthcheck: {
    interval: "string",
    timeout: "string",
    "start-period": "string",
    "start-interval": "string",
    retries: "string",
  },
  Run: { mount: "strings", network: "string", security: "string", device: "strings" },
};

/** The names of an instruction's flags, without `--`, each with whether it takes a value. */
export function flagsOf(type: Instruction["type"]): readonly { readonly name: string; readonly hasValue: boolean }[] {
  return Object.entries(FLAGS[type] ?? {}).map(([name, kind]) => ({ name, hasValue: kind !== "bool" }));
}

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;
const RUN_VALUES: Readonly<Record<string, readonly string[]>> = {
  network: ["default", "none", "host"],
  security: ["insecure", "sandbox"],
};

/** Reports what is wrong with the instructions of a file, each on its own and in their order. */
export function validate(instructions: readonly Instruction[], report: ReportProblem): void {
  const [first] = instructions;
  if (first === undefined) {
    report("empty", [0, 0]);
    return;
  }
  const firstFrom = instructions.findIndex(({ type }) => type === "From");
  if (firstFrom === -1) report("noFrom", rangeOrWhole(first));
  for (const [index, instruction] of instructions.entries()) {
    if (index < firstFrom && instruction.type !== "Arg" && instruction.type !== "Unknown") {
      report("beforeFrom", instruction.keyword.range, { keyword: instruction.keyword.text });
    }
    validateInstruction(instruction, report);
  }
}

function rangeOrWhole({ keyword, range }: Instruction): Range {
  return keyword.text === "" ? range : keyword.range;
}

function validateInstruction(instruction: Instruction, report: ReportProblem): void {
  const keyword = instruction.keyword.text;
  const place = rangeOrWhole(instruction);
  const missing = (): void => report("missingArguments", place, { keyword });
  const refuse = (reason: string, range: Range = instruction.args?.range ?? place): void =>
    report("invalidArguments", range, { keyword, reason });

  if (instruction.type === "Unknown") {
    report("unknownInstruction", place, () => ({ keyword, suggestion: nearest(keyword, KEYWORDS) ?? "" }));
    return;
  }
  for (const heredoc of instruction.trigger ? [] : instruction.heredocs) {
    if (!heredoc.terminated) report("unterminatedHeredoc", heredoc.range, { name: heredoc.name });
  }
  validateFlags(instruction, report);
  switch (instruction.type) {
    case "From":
      if (instruction.words.length === 0) missing();
      else validateFrom(instruction, report);
      break;
    case "Arg":
    case "Env":
    case "Label":
      if (instruction.pairs.length === 0) missing();
      for (const { name, range } of instruction.pairs) {
        if (name.text === "") report("invalidPair", range, { keyword, text: "=" });
      }
      break;
    case "Copy":
    case "Add": {
      if (instruction.words.length < 2) missing();
      const destination = instruction.words.at(-1);
      if (instruction.words.length > 1 && destination !== undefined && parseHeredoc(destination.text) !== null) {
        refuse("the destination is a heredoc", destination.range);
      }
      break;
    }
    case "Shell":
      if (instruction.args === null || instruction.exec?.length === 0) missing();
      else if (instruction.exec === null) refuse("it takes the JSON form only");
      break;
    case "Healthcheck":
      validateHealthcheck(instruction, missing, refuse);
      break;
    case "Onbuild":
      validateTrigger(instruction.instruction, missing, report);
      break;
    case "Volume":
      if (instruction.words.length === 0) missing();
      else if (instruction.words.some(({ text }) => skipSpace(text, 0, text.length) === text.length))
        refuse("a volume is an empty string");
      break;
    case "Expose":
    case "Maintainer":
    case "Stopsignal":
    case "User":
    case "Workdir":
      if (instruction.words.length === 0) missing();
      break;
    case "Run":
    case "Cmd":
    case "Entrypoint":
      // BuildKit takes these without arguments (`CMD []` clears the command).
      break;
  }
}

function validateFrom({ words, keyword, range }: FromInstruction, report: ReportProblem): void {
  const [, as, name] = words;
  if (words.length === 3 && as !== undefined && name !== undefined && as.text.toLowerCase() === "as") {
    if (!STAGE_NAME.test(name.text.toLowerCase())) report("invalidStageName", name.range, { name: name.text });
  } else if (words.length !== 1) {
    const from = words[0]?.range[0] ?? keyword.range[0];
    report("fromArguments", [from, words.at(-1)?.range[1] ?? range[1]], { count: String(words.length) });
  }
}

function validateHealthcheck(
  { kind, args, exec }: HealthcheckInstruction,
  missing: () => void,
  refuse: (reason: string, range?: Range) => void,
): void {
  if (kind === null || args === null) {
    missing();
    return;
  }
  const hasCommand = exec === null ? args.text.length > kind.text.length : exec.length > 0;
  switch (kind.text.toUpperCase()) {
    case "NONE":
      if (hasCommand) refuse("NONE takes no arguments");
      break;
    case "CMD":
      if (!hasCommand) missing();
      break;
    default:
      refuse(`its first word is CMD or NONE, not ${JSON.stringify(kind.text)}`, kind.range);
  }
}

function validateTrigger(trigger: Instruction | null, missing: () => void, report: ReportProblem): void {
  if (trigger === null) {
    missing();
    return;
  }
  if (trigger.type === "Onbuild" || trigger.type === "From" || trigger.type === "Maintainer") {
    report("invalidOnbuild", trigger.keyword.range, { keyword: trigger.keyword.text });
    return;
  }
  validateInstruction(trigger, report);
}

function validateFlags(instruction: Instruction, report: ReportProblem): void {
  const { type, flags } = instruction;
  if (type === "Arg" || type === "Stopsignal") return;
  if (type === "Healthcheck" && instruction.kind?.text.toUpperCase() === "NONE") return;
  const known = FLAGS[type] ?? {};
  const used = new Set<string>();
  const keyword = instruction.keyword.text;
  for (const flag of flags) {
    const kind = Object.hasOwn(known, flag.name) ? known[flag.name] : undefined;
    const isBroken =
      kind === undefined ||
      (kind !== "bool" && flag.value === null) ||
      (kind === "bool" && flag.value !== null && !/^(?:true|false)$/i.test(flag.value.text)) ||
      (kind !== "strings" && used.has(flag.name));
    used.add(flag.name);
    if (isBroken) {
      report("invalidFlag", flag.range, () => {
        const suggestion = kind === undefined ? (nearest(flag.name, Object.keys(known)) ?? "") : "";
        return { flag: `--${flag.name}`, keyword, suggestion };
      });
    } else if (type === "Run") {
      validateRunFlag(flag, keyword, report);
    } else if (type === "Healthcheck") {
      validateHealthcheckFlag(flag, keyword, report);
    }
  }
}

/** A duration as Go's time.ParseDuration reads it. */
const DURATION = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

function validateHealthcheckFlag({ name, value }: Flag, keyword: string, report: ReportProblem): void {
  if (value === null || value.text === "") return;
  const isCount = name === "retries";
  if (isCount ? /^\+?\d+$/.test(value.text) : DURATION.test(value.text)) return;
  const reason = `--${name} is ${isCount ? "a whole number" : "a duration such as 30s"}, not ${JSON.stringify(value.text)}`;
  report("invalidArguments", value.range, { keyword, reason });
}

function validateRunFlag({ name, value }: Flag, keyword: string, report: ReportProblem): void {
  if (value === null) return;
  const allowed = RUN_VALUES[name];
  if (allowed !== undefined && !allowed.includes(value.text)) {
    const reason = `--${name} is one of ${allowed.join(", ")}, not ${JSON.stringify(value.text)}`;
    report("invalidArguments", value.range, { keyword, reason });
  }
  if (name !== "mount") return;
  const refusal = mountRefusal(value);
  if (refusal !== null) report("invalidMount", refusal.range, { text: value.text, reason: refusal.reason });
}
