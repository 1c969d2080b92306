/** The picture as a table: every use of an image, for those who read rather than look. */
import type { UseData } from "../data.js";
import { counted, h } from "./dom.js";
import { PINNINGS, stageName, TIERS, type ShownFile } from "./filter.js";
import { showList, type LongList } from "./list.js";
import { endText, shapeOf } from "./shapes.js";

/** Rows that are put into the page at a time. */
const STEP = 100;

const COLUMNS = ["Image", "Tier", "Pinned", "Role", "End of life"] as const;

/** @param online titles of the columns of what registries said */
export function showTable(details: HTMLElement, files: readonly ShownFile[], online: readonly string[]): LongList {
  const rows = files.flatMap(({ file, uses }) => uses.map((use) => ({ file, use })));
  const names = [...COLUMNS, ...online.map(inWords), "Where"];
  const body = h("tbody");
  const table = h(
    "table",
    {},
    h("caption", { class: "unseen" }, "Every image in use"),
    h("thead", {}, h("tr", {}, ...names.map((name) => h("th", { scope: "col" }, name)))),
    body,
  );
  const summary = h("summary", {}, `As a table (${counted(rows.length, "row")})`);
  const holder = h("div");
  details.replaceChildren(summary, holder);
  return showList(holder, table, rows, STEP, "row", ({ file, use }) => {
    const stage = stageName(file, use.stage);
    const where = `${file.path}:${use.line}${stage === "" ? "" : ` (${stage})`}`;
    const cells = [
      tierOf(use),
      use.pinning === null ? "" : PINNINGS[use.pinning],
      use.role,
      endOf(use),
      ...(use.online ?? online.map(() => "")),
      where,
    ];
    const shown = cells.map((cell, index) => h("td", { "data-name": names[index + 1] ?? "" }, cell));
    body.append(h("tr", {}, h("th", { scope: "row" }, use.image), ...shown));
  });
}

function tierOf({ tier }: UseData): HTMLElement {
  return h("span", { class: "tier" }, shapeOf(tier), TIERS[tier]);
}

function endOf({ eol }: UseData): HTMLElement | string {
  if (!eol) return "";
  const text = `${endText(eol)} (${eol.of})`;
  return eol.state === "later" ? text : h("span", { class: `badge ${eol.state}` }, text);
}

function inWords(title: string): string {
  return title.slice(0, 1) + title.slice(1).toLowerCase();
}
