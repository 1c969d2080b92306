/** Writes an exemption into the text of a policy file, and leaves all else in it as it is. */
import {
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

/** What an exemption says; keys that are null are left out. */
export interface NewExemption {
  readonly rule: string;
  readonly image: string | null;
  /** A glob, relative to the policy's folder. */
  readonly files: string | null;
  readonly reason: string;
}

/** Replace `range` (offsets, 0-based, end exclusive) by `text`. */
interface TextEdit {
  readonly range: [number, number];
  readonly text: string;
}

/** The text of a new policy file that holds nothing but the exemption. */
export function policyWithExemption(exemption: NewExemption): string {
  return `exemptions:\n${blockItem(exemption, "  ", "\n")}`;
}

/**
 * The edit of `text` (YAML or JSON, without a byte order mark) that adds an exemption behind those that are there.
 * Null where the text cannot be read, or where it would come to say anything else than before besides.
 */
export function addExemption(text: string, exemption: NewExemption): TextEdit | null {
  const document = read(text);
  if (!document) return null;
  const edit = editOf(text, document.contents, exemption);
  return edit && adds(edit, text, document, exemption) ? edit : null;
}

function read(text: string): Document.Parsed | null {
  const document = parseDocument(text, { prettyErrors: false, logLevel: "error" });
  return document.errors.length === 0 ? document : null;
}

function editOf(text: string, root: Node | null, exemption: NewExemption): TextEdit | null {
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? "\n";
  if (root === null || isNothing(root))
    return line(text.length, `exemptions:${lineEnd}${blockItem(exemption, "  ", lineEnd)}`);
  if (!isMap(root)) return null;
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === "exemptions");
  if (!pair) return root.flow ? asKey(root, exemption) : asLastKey(root);
  const { value } = pair;
  if (isSeq(value)) return value.flow ? asElement(value) : asItem(value);
  return isNothing(value) ? instead(pair) : null;

  /** `exemptions:` behind all other keys of a block. */
  function asLastKey(map: YAMLMap): TextEdit {
    const indent = " ".repeat(columnOf(startOf(map)));
    return line(endOf(map), `${indent}exemptions:${lineEnd}${blockItem(exemption, `${indent}  `, lineEnd)}`);
  }

  /** One `-` more. */
  function asItem(list: YAMLSeq): TextEdit {
    return line(endOf(list.items.at(-1)), blockItem(exemption, " ".repeat(columnOf(startOf(list))), lineEnd));
  }

  /** `{…}` behind the last one in brackets. */
  function asElement(list: YAMLSeq): TextEdit {
    const last = list.items.at(-1);
    return last === undefined
      ? at(startOf(list) + 1, flowItem(exemption))
      : at(endOf(last), `, ${flowItem(exemption)}`);
  }

  /** In place of the nothing behind the key. */
  function instead({ key, value: nothing }: Pair): TextEdit {
    const [start, end] = (nothing as Node | null)?.range ?? [0, 0];
    if (end > start) return { range: [start, end], text: `[${flowItem(exemption)}]` };
    const indent = " ".repeat(columnOf(startOf(key)) + 2);
    return line(endOf(key), blockItem(exemption, indent, lineEnd));
  }

  /** Whole lines, at the start of the line behind `offset` unless that is one. */
  function line(offset: number, lines: string): TextEdit {
    if (offset === 0 || text[offset - 1] === "\n") return at(offset, lines);
    const end = text.indexOf("\n", offset);
    return end === -1 ? at(text.length, lineEnd + lines) : at(end + 1, lines);
  }

  function columnOf(offset: number): number {
    return offset - (text.lastIndexOf("\n", offset - 1) + 1);
  }
}

/** `"exemptions": […]` behind the last key in braces. */
function asKey(map: YAMLMap, exemption: NewExemption): TextEdit {
  const entry = `"exemptions": [${flowItem(exemption)}]`;
  const last = map.items.at(-1);
  return last ? at(endOf(last.value ?? last.key), `, ${entry}`) : at(startOf(map) + 1, entry);
}

function at(offset: number, text: string): TextEdit {
  return { range: [offset, offset], text };
}

function startOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}

function endOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[1] ?? 0;
}

function isNothing(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function entriesOf({ rule, image, files, reason }: NewExemption): Record<string, string> {
  return { rule, ...(image === null ? {} : { image }), ...(files === null ? {} : { files }), reason };
}

/** Strings in quotes: what is written in them means itself in YAML and in JSON. */
function blockItem(exemption: NewExemption, indent: string, lineEnd: string): string {
  const lines = Object.entries(entriesOf(exemption)).map(([key, value], index) => {
    return `${indent}${index === 0 ? "- " : "  "}${key}: ${key === "rule" ? value : JSON.stringify(value)}${lineEnd}`;
  });
  return lines.join("");
}

function flowItem(exemption: NewExemption): string {
  const entries = Object.entries(entriesOf(exemption));
  return `{ ${entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(", ")} }`;
}

/** True when the edited text says what `before` said, and the exemption last. */
function adds(edit: TextEdit, text: string, before: Document, exemption: NewExemption): boolean {
  const [start, end] = edit.range;
  const after = read(text.slice(0, start) + edit.text + text.slice(end));
  if (!after) return false;
  try {
    const said = (before.toJS() ?? {}) as { exemptions?: unknown[] | null };
    const wanted = { ...said, exemptions: [...(said.exemptions ?? []), entriesOf(exemption)] };
    return sorted(after.toJS()) === sorted(wanted);
  } catch {
    return false; // more aliases than anyone writes
  }
}

/** As JSON, with the keys of the outermost map in order. */
function sorted(value: unknown): string {
  return JSON.stringify(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
