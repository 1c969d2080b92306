/**
 * What a rule is: an ESLint rule to the letter, so that the same object runs in our engine, in ESLint and
 * in the language server. Types, next to no logic.
 */
import type { LintSource } from "./facts/facts.js";
import type { Location, Node, Range } from "./syntax/nodes.js";

/** An edit: replace `range` (offsets, 0-based, end exclusive) by `text`. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** The part of ESLint's fixer that rules use. */
export interface Fixer {
  replaceTextRange: (range: [number, number], text: string) => Edit;
  insertTextAfterRange: (range: [number, number], text: string) => Edit;
  insertTextBeforeRange: (range: [number, number], text: string) => Edit;
  removeRange: (range: [number, number]) => Edit;
}

export type FixFunction = (fixer: Fixer) => Edit | readonly Edit[] | null;

export type MessageData = Readonly<Record<string, string | number>>;

export interface Suggestion {
  readonly messageId: string;
  readonly data?: MessageData;
  readonly fix: FixFunction;
}

/** Another place that explains a finding, such as the ARG default that a FROM expands. ESLint ignores it. */
export interface Related {
  readonly message: string;
  readonly loc: Location;
}

export interface Report {
  readonly loc: Location;
  readonly messageId: string;
  readonly data?: MessageData;
  readonly fix?: FixFunction | null;
  readonly suggest?: readonly Suggestion[] | null;
  readonly related?: readonly Related[];
}

export interface RuleContext<Options extends readonly unknown[] = readonly unknown[]> {
  readonly id: string;
  readonly options: Options;
  readonly filename: string;
  readonly sourceCode: LintSource;
  report: (descriptor: Report) => void;
}

/** One function a node type; `Instruction` is not a type of its own. `:exit` runs after a node's children. */
export type Visitor = {
  [Type in Node["type"] as Type | `${Type}:exit`]?: (node: Extract<Node, { type: Type }>) => void;
};

export interface RuleDocs {
  /** One line: what the rule reports. */
  readonly description: string;
  /** Why it matters, in Markdown. */
  readonly reason: string;
  readonly category: "bases" | "layers" | "file";
  /**
   * Severity in the preset `recommended`: `policy` means that it depends on what the policy declares, `strict` that
   * only the preset `strict` turns the rule on.
   */
  readonly recommended: "error" | "warn" | "off" | "policy" | "strict";
  /** Codes of other linters whose finding this is: `hadolint:DL3006`, `buildkit:UndefinedArgInFrom`. */
  readonly related?: readonly string[];
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] };
}

export interface Example {
  /** What the example shows, one line. */
  readonly title: string;
  readonly code: string;
  /** Keys of the policy file that the example needs. */
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly options?: readonly unknown[];
  /** Today's date for the example, YYYY-MM-DD. */
  readonly date?: string;
  /** The path of the example's file, where it matters. */
  readonly filename?: string;
  /** The build context: path -> text. Left out: not known. */
  readonly files?: Readonly<Record<string, string>>;
  /** The lock file: image (`docker.io/library/node:22`) -> its digest, and its exact tag behind a space. Left out: none. */
  readonly lock?: Readonly<Record<string, string>>;
  /** What registries hold. Left out: nobody asked. */
  readonly registry?: ExampleRegistry;
}

/** Repository (`docker.io/library/node`) -> what is there; null for one that is gone. Nobody asked for others. */
export type ExampleRegistry = Readonly<Record<string, readonly ExampleManifest[] | null>>;

export interface ExampleManifest {
  /** Null for one that is there by its digest alone. */
  readonly tag: string | null;
  readonly digest: string;
  /** YYYY-MM-DD. */
  readonly created?: string;
}

export interface RuleMeta {
  readonly type: "problem" | "suggestion" | "layout";
  readonly docs: RuleDocs;
  readonly fixable?: "code";
  readonly hasSuggestions?: boolean;
  /** `{{ name }}` placeholders, as in ESLint. */
  readonly messages: Readonly<Record<string, string>>;
  /** JSON Schemas of the options, one an item; every property has a `description`. */
  readonly schema: readonly object[];
  readonly defaultOptions: readonly unknown[];
}

export interface Rule {
  readonly meta: RuleMeta;
  readonly create: (context: RuleContext) => Visitor;
}

/** Types a rule's options; returns the rule as it is. */
export function defineRule<Options extends readonly unknown[]>(rule: {
  readonly meta: RuleMeta & { readonly defaultOptions: Options };
  readonly create: (context: RuleContext<Options>) => Visitor;
}): Rule {
  return rule as unknown as Rule;
}
