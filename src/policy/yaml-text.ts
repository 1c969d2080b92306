/** Plain data as YAML for people to read, with remarks. Names from elsewhere are quoted where YAML needs it. */
import { Document, isCollection, isNode, isPair, stringify } from "yaml";
import { safe } from "../report/safe.js";

/** What is said beside a key or an item, as comments. Texts are made safe here, a line each. */
export interface Remark {
  /** Keys and indexes from the root: `["bases", "golden", 0]`. */
  readonly at: readonly (string | number)[];
  /** Lines above it; an empty one stays without a `#`. */
  readonly above?: readonly string[];
  /** At the end of its line; for values and lists on one line. */
  readonly behind?: string;
  /** Lines below all that is in it. */
  readonly below?: readonly string[];
  /** True for an empty line above it. */
  readonly apart?: boolean;
  /** True for `[a, b]`, on one line. */
  readonly flow?: boolean;
}

/** Lines with their line ends. */
export function yamlText(data: unknown): string {
  return stringify(data);
}

/** The same with remarks; `head` are comments that stand first. Throws for a remark about what is not there. */
export function remarkedYaml(head: readonly string[], data: object, remarks: readonly Remark[]): string {
  const document = new Document(data);
  for (const remark of remarks) addRemark(document, remark);
  // A document's own comment has an empty line behind it.
  document.commentBefore = comment(head);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function addRemark(document: Document, { at, above, behind, below, apart, flow }: Remark): void {
  const value = document.getIn(at, true);
  const parent = document.getIn(at.slice(0, -1), true);
  if (!isNode(value) || !isCollection(parent)) throw new Error(`there is nothing at ${at.join("/")} to remark on`);
  const pair = parent.items.find((item) => isPair(item) && item.value === value);
  const named = isPair(pair) && isNode(pair.key) ? pair.key : value;
  if (above) named.commentBefore = comment(above);
  if (apart) named.spaceBefore = true;
  if (flow && isCollection(value)) value.flow = true;
  if (behind !== undefined) value.comment = ` ${safe(behind)}`;
  if (below && below.length > 0) value.comment = comment(below);
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "" : ` ${safe(line)}`)).join("\n");
}
