/** `fromlint --help`: made from the list of flags. */
import { FORMATS } from "../../report/formats.js";
import { FLAGS, GROUPS, type Flag } from "./flags.js";

const HEAD = `fromlint: may this image stand behind this line?

Usage: fromlint [PATH…]         lint the Dockerfiles there (default: .)
       fromlint bases [PATH…]   list every image that they use
       fromlint lock [PATH…]    write down what each image is today
       fromlint layers FILE     show its layers, and what a change re-runs
       fromlint explain RULE    what a rule wants and why
       fromlint explain IMAGE   what is known of it, and what the rules say
       fromlint init [DIR]      write a first policy from what is in use
       fromlint lsp --stdio     serve an editor (Language Server Protocol)
       fromlint -               lint the standard input
       fromlint migrate [FILE]  the policy for a .hadolint.yaml
       fromlint test-policy     hold a policy to its examples
`;

const TAIL = `
Exit: 0 clean, 1 findings (errors, or over --max-warnings), 2 the run failed
`;

/** Fits 80 columns. */
export function helpText(): string {
  const flags = Object.entries<Flag>(FLAGS);
  const sections = GROUPS.map((group) => {
    const rows = flags.filter(([, flag]) => flag.group === group).map(([name, flag]) => row(name, flag));
    return `\n${group}\n${rows.join("")}`;
  });
  return HEAD + sections.join("") + formats() + TAIL;
}

function placeholder(value: string | null, optional: Flag["optional"]): string {
  if (value === null) return "";
  return optional ? `[=${value}]` : ` ${value}`;
}

function row(name: string, { short, value, optional, help }: Flag): string {
  const left = `${short ? `-${short}, ` : "    "}--${name}${placeholder(value, optional)}`;
  return `  ${left.padEnd(30)}  ${help}\n`;
}

function formats(): string {
  const own = FORMATS.map(({ name, help }) => line(name, help));
  return `\nFormats\n${own.join("")}${line("PATH or PACKAGE", "a formatter that was made for ESLint")}`;
}

function line(name: string, help: string): string {
  return `  ${name.padEnd(30)}  ${help}\n`;
}
