/** A Dockerfile as ESLint's `SourceCode`: our source with its facts, and ESLint's own disable comments. */
import { Directive, ConfigCommentParser } from "@eslint/plugin-kit";
import type { LintSource } from "../facts/facts.js";
import type { Policy } from "../policy/policy.js";
import { nameOf } from "./names.js";

/** What our rules need to know of a file besides its facts. */
export interface Host {
  /** True for a file that the policy leaves out. */
  readonly isIgnored: boolean;
  readonly filePath: string;
}

export type HostedSource = LintSource & { readonly host: Host };

interface DisableDirectives {
  readonly directives: readonly Directive[];
  readonly problems: readonly { readonly ruleId: null; readonly message: string; readonly loc: Place["loc"] }[];
}

/** What `getLoc` and `getRange` take for a directive: a comment, or one name in it. */
type Place = Pick<LintSource["ast"], "loc" | "range">;

const TYPES = ["disable", "enable", "disable-line", "disable-next-line"] as const;

/** ESLint's methods on top of the source. */
export function hosted(source: LintSource, host: Host): HostedSource {
  const methods = { getDisableDirectives: () => disableDirectives(source, source.facts.inputs.policy) };
  return Object.assign(Object.create(source) as LintSource, methods, { host });
}

/**
 * `# eslint-disable-next-line fromlint/no-latest -- reason` and its kin. A comment never disables a rule that the
 * policy locks: it is withheld from ESLint, which is a problem of its own.
 */
function disableDirectives({ ast, locationOf }: LintSource, { locked }: Policy): DisableDirectives {
  const directives: Directive[] = [];
  const problems: DisableDirectives["problems"][number][] = [];
  const withhold = (message: string, { loc }: Place): void => void problems.push({ ruleId: null, message, loc });
  for (const comment of ast.comments) {
    const parsed = comment.text.startsWith("eslint-") ? parser.parseDirective(comment.text) : undefined;
    const type = TYPES.find((each) => parsed?.label === `eslint-${each}`);
    if (!parsed || !type) continue;
    const { value, justification } = parsed;
    const names = namesIn(value);
    const held = type === "enable" ? [] : names.filter((name) => locked.has(nameOf(name)));
    if (type !== "enable" && names.length === 0 && locked.size > 0) {
      withhold(
        `This comment disables every rule, and the policy locks ${[...locked].join(", ")}: name the rules that it is for.`,
        comment,
      );
    } else if (held.length === 0) {
      directives.push(new Directive({ type, node: comment, value, justification }));
    } else {
      for (const name of held) withhold(`${name} is locked by the policy: this comment does not disable it.`, comment);
      // One directive a name: removing an unused one must not touch the others.
      for (const name of names.filter((each) => !held.includes(each))) {
        const start = comment.textStart + comment.text.indexOf(name);
        const range = [start, start + name.length] as const;
        const node = { range, loc: locationOf(range) };
        directives.push(new Directive({ type, node, value: name, justification }));
      }
    }
  }
  return { directives, problems };
}

const parser = new ConfigCommentParser();

function namesIn(value: string): string[] {
  return Object.keys(parser.parseListConfig(value));
}
