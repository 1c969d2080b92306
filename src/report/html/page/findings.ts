/** The findings, file by file, each with its code and what a fix would change. */
import type { ChangeData, CodeLine, FileData, FindingData, RuleData } from "../data.js";
import { counted, h } from "./dom.js";
import { SEVERITIES, type ShownFile } from "./filter.js";
import { showList, type LongList } from "./list.js";

/** Findings that are put into the page at a time. */
const STEP = 40;

interface Item {
  readonly shown: ShownFile;
  readonly finding: FindingData;
}

export function showFindings(
  parent: Element,
  files: readonly ShownFile[],
  rules: ReadonlyMap<string, RuleData>,
): LongList {
  const items = files.flatMap((shown) => shown.findings.map((finding): Item => ({ shown, finding })));
  const articles = new Map<ShownFile, HTMLElement>();
  const holder = h("div", { class: "files" });
  return showList(parent, holder, items, STEP, "finding", ({ shown, finding }) => {
    let list = articles.get(shown);
    if (!list) {
      list = h("ol", { class: "findings" });
      holder.append(articleOf(shown, list, `file-${articles.size}`));
      articles.set(shown, list);
    }
    list.append(findingOf(shown.file, finding, rules));
  });
}

function articleOf({ file, findings }: ShownFile, list: HTMLElement, id: string): HTMLElement {
  const head = h(
    "header",
    {},
    pathOf(file.path, "h3", id),
    h("p", { class: "quiet" }, counted(findings.length, "finding")),
  );
  return h("article", { "aria-labelledby": id }, head, list);
}

/** A path that gives up the start of its folder, and never its name, where there is little room. */
export function pathOf(path: string, tag: "h3" | "span", id = ""): HTMLElement {
  const at = path.lastIndexOf("/") + 1;
  return h(
    tag,
    { class: "path", ...(id === "" ? {} : { id }) },
    h("span", { class: "folder" }, path.slice(0, at)),
    h("span", {}, path.slice(at)),
  );
}

function findingOf(file: FileData, finding: FindingData, rules: ReadonlyMap<string, RuleData>): HTMLElement {
  const severity = SEVERITIES[finding.severity];
  const rule = rules.get(finding.rule);
  const name = rule?.url
    ? h("a", { href: rule.url, rel: "noreferrer", title: rule.description }, finding.rule)
    : h("span", {}, finding.rule);
  return h(
    "li",
    { class: `finding ${severity}` },
    h(
      "p",
      { class: "where" },
      h("span", { class: `badge ${severity}` }, severity),
      name,
      h("span", { class: "quiet" }, `line ${finding.line}, column ${finding.column}`),
    ),
    h("p", { class: "message" }, ...inCode(finding.message)),
    finding.code.length > 0 ? codeOf(finding.code, `${file.path}, line ${finding.line}`) : null,
    ...finding.related.map(({ line, text }) => h("p", { class: "quiet" }, `line ${line}: `, ...inCode(text))),
    ...finding.changes.map(changeOf),
  );
}

/** What stands between backticks is set as code. */
function inCode(text: string): (HTMLElement | string)[] {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return [text];
  return parts.map((each, index) => (index % 2 === 1 ? h("code", {}, each) : each));
}

function codeOf(lines: readonly CodeLine[], name: string): HTMLElement {
  let previous = lines[0]?.number ?? 0;
  const rows = lines.flatMap(({ number, parts: [before, marked, after] }) => {
    const isApart = number > previous + 1;
    previous = number;
    const text = h("span", {}, before, marked === "" ? null : h("mark", {}, marked), after);
    const row = h("span", { class: "row" }, h("span", { class: "number" }, String(number)), text);
    return isApart ? [h("span", { class: "row gap" }, h("span", { class: "number" }, "⋮")), row] : [row];
  });
  return h("pre", { class: "code", role: "group", "aria-label": name }, h("code", {}, ...rows));
}

const SAID = { "-": "removed: ", "+": "added: ", " ": "", "…": "" } as const;
const KINDS = { "-": "removed", "+": "added", " ": "kept", "…": "kept" } as const;

function changeOf({ title, isFix, lines }: ChangeData): HTMLElement {
  const rows = lines.map(({ sign, text }) =>
    h(
      "span",
      { class: `row ${KINDS[sign]}` },
      h("span", { class: "number", "aria-hidden": "true" }, sign),
      SAID[sign] === "" ? null : h("span", { class: "unseen" }, SAID[sign]),
      h("span", {}, text),
    ),
  );
  return h(
    "details",
    { class: "change", open: true },
    h("summary", {}, h("span", { class: "badge" }, isFix ? "fix" : "suggestion"), ...inCode(title)),
    h("pre", { class: "code", role: "group", "aria-label": title }, h("code", {}, ...rows)),
  );
}
