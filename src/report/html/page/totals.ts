/** The figures at the top, and what the page leaves out. */
import type { FileData, PageEnd } from "../data.js";
import { counted, h, numeral } from "./dom.js";

type Tile = readonly [figure: string, label: string, kind: string];

export function showTotals(list: Element, files: readonly FileData[], { totals }: PageEnd): void {
  const uses = files.flatMap((file) => file.uses.filter(({ isStage }) => !isStage));
  const images = new Set(uses.flatMap(({ image, tier }) => (tier === "none" || tier === "unresolved" ? [] : [image])));
  const ended = new Set(uses.flatMap(({ image, eol }) => (eol?.state === "ended" ? [image] : [])));
  const tiles: Tile[] = totals
    ? [
        [numeral(totals.errors), totals.errors === 1 ? "error" : "errors", totals.errors > 0 ? "error" : "good"],
        [
          numeral(totals.warnings),
          totals.warnings === 1 ? "warning" : "warnings",
          totals.warnings > 0 ? "warning" : "good",
        ],
        [numeral(totals.affected), `of ${counted(totals.files, "file")} with findings`, ""],
        [numeral(totals.fixable), "can be fixed with --fix", ""],
        [numeral(totals.suggested), totals.suggested === 1 ? "has a suggestion" : "have a suggestion", ""],
        [numeral(totals.waived), "waived", ""],
      ]
    : [[numeral(files.length), files.length === 1 ? "Dockerfile" : "Dockerfiles", ""]];
  tiles.push([numeral(images.size), images.size === 1 ? "image in use" : "images in use", ""]);
  tiles.push([numeral(ended.size), "past their end of life", ended.size > 0 ? "error" : "good"]);
  list.replaceChildren(
    ...tiles
      .filter(([figure, , kind]) => figure !== "0" || kind !== "")
      .map(([figure, label, kind]) => h("li", { class: kind }, h("b", {}, figure), " ", h("span", {}, label))),
  );
}

export function showNotes(holder: Element, { notes, leftOut }: PageEnd): void {
  const all = [...notes];
  if (leftOut.files > 0 || leftOut.findings > 0) {
    const what = [
      ...(leftOut.files > 0 ? [counted(leftOut.files, "file")] : []),
      ...(leftOut.findings > 0 ? [counted(leftOut.findings, "finding")] : []),
    ].join(" and ");
    all.push(
      `This is too much for one page: ${what} are counted and not shown. Run fromlint on a part, or use --format sarif or json for all of it.`,
    );
  }
  holder.replaceChildren(...all.map((text) => h("p", { class: "note" }, text)));
}
