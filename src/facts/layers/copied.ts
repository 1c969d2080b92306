/** What a COPY or ADD brings, from where and to where. */
import type { CopyInstruction } from "../../syntax/nodes.js";
import { normalPath } from "../effects/paths.js";
import type { ImageUse } from "../images.js";
import type { Stage } from "../stages.js";
import { digest } from "./digest.js";
import { enter, namesIn, textOf, type Folder, type State, type Text } from "./state.js";

/** Where content comes from, and which of it: paths from the root of the context or the stage, perhaps with `*`. */
export interface ContentEdge {
  readonly from:
    | { readonly kind: "context" }
    | { readonly kind: "stage"; readonly stage: Stage }
    | { readonly kind: "image" | "url" | "inline"; readonly name: string };
  readonly paths: readonly string[];
}

export interface Copied {
  readonly content: readonly ContentEdge[];
  /** Sources as written, variables put in; null for one that is not known. Heredocs and URLs left out. */
  readonly sources: readonly (string | null)[];
  /** Where it goes, absolute, a `/` at the end kept; null when it is not known. */
  readonly destination: string | null;
  /** True when the destination is seen from the WORKDIR. */
  readonly relative: boolean;
  /** Variables that its words use. */
  readonly names: readonly string[];
  /** True with `--link`, which keys it on its content alone. */
  readonly link: boolean;
  /** The value of `--chown`, variables put in. */
  readonly owner: string | null;
  /** Its own part of the cache key: without the step that it stands on. */
  readonly own: () => string;
}

const EXPANDED = ["chown", "chmod", "checksum"];

/** Reads a COPY or ADD (dockerfile2llb, dispatchCopy). `use` is what its `--from` names; null without one. */
export function copiedBy(instruction: CopyInstruction, state: State, use: ImageUse | null, escape: string): Copied {
  const { words, heredocs, flags } = instruction;
  const isAdd = instruction.type === "Add";
  const bodies = new Set(heredocs.map(({ range }) => range[0]));
  const last = words.at(-1);
  const to = last ? textOf(last, state, escape) : { text: "", key: "", known: "" };
  const destination = destinationOf(to, state);
  const names = words.flatMap(({ text }) => namesIn(text));
  const values = new Map<string, string>();
  for (const { name, value } of flags) {
    const isExpanded = EXPANDED.includes(name) && value !== null;
    if (isExpanded) names.push(...namesIn(value.text));
    const text = isExpanded ? textOf(value, state, escape).key : (value?.text ?? "true");
    values.set(name, values.has(name) ? `${values.get(name) ?? ""}\n${text}` : text);
  }
  const content: ContentEdge[] = [];
  const sources: (string | null)[] = [];
  const keys: string[] = [];
  for (const word of words.slice(0, -1)) {
    if (bodies.has(word.range[0])) continue;
    const source = textOf(word, state, escape);
    if (isAdd && source.text !== null && isRemote(source.text)) {
      content.push({ from: { kind: "url", name: source.text }, paths: ["/"] });
      keys.push("url", source.key);
      continue;
    }
    const path = source.text === null ? null : normalPath("/", source.text);
    sources.push(source.text);
    content.push(edge(path ?? "/", use));
    keys.push("file", path ?? source.key);
  }
  for (const heredoc of heredocs) {
    const used = heredoc.expand ? namesIn(heredoc.content) : [];
    names.push(...used);
    const known = used.map((name) => textOf(plain(`\${${name}}`), state, escape).key);
    content.push({ from: { kind: "inline", name: heredoc.name }, paths: [] });
    keys.push("inline", heredoc.name, heredoc.content, ...known);
  }
  const link = values.get("link") === "true";
  values.delete("link");
  const flagged = [...values].filter(([name]) => name !== "from").sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    content,
    sources,
    destination: destination.known ? destination.path : null,
    relative: to.text?.startsWith("/") !== true,
    names,
    link: link && !values.has("chmod"),
    owner: values.get("chown") ?? null,
    own: () => digest(isAdd ? "add" : "copy", fromKey(use), destination.path, ...keys, ...flagged.flat()),
  };
}

function edge(path: string, use: ImageUse | null): ContentEdge {
  const paths = [path];
  if (use === null) return { from: { kind: "context" }, paths };
  if (use.target) return { from: { kind: "stage", stage: use.target }, paths };
  return { from: { kind: "image", name: use.text ?? use.raw }, paths };
}

/** A stage stands for its content, which does not tell from the file; so its name counts, or its number. */
export function fromKey(use: ImageUse | null): string {
  if (use === null) return "context";
  if (use.target) return `stage ${use.target.name ?? String(use.target.index)}`;
  return `image ${use.text ?? use.raw}`;
}

export function isRemote(source: string): boolean {
  return /^(?:https?|git|ssh):\/\/|^git@/.test(source);
}

/** Where it goes; a `/` at the end, which makes it a folder, is kept. */
function destinationOf(to: Text, { workdir }: State): Folder {
  const { path, known } = enter(workdir, to);
  return { path: /(?:^|\/)\.?$/.test(to.key) && path !== "/" ? `${path}/` : path, known };
}

function plain(text: string): { text: string; offsetAt: (index: number) => number } {
  return { text, offsetAt: (index) => index };
}
