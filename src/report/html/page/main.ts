/** The page: reads its data, shows it, and follows what the reader chooses. */
import type { FileData, PageEnd } from "../data.js";
import { counted, h, part } from "./dom.js";
import { shownFiles, type Filter, type ShownFile } from "./filter.js";
import { createFilters } from "./filters.js";
import { showFindings } from "./findings.js";
import { fittingDetail, graphOf, type Detail } from "./graph.js";
import { showLegend } from "./legend.js";
import type { LongList } from "./list.js";
import { showPicture } from "./picture.js";
import { showTable } from "./table.js";
import { startTheme } from "./theme.js";
import { showNotes, showTotals } from "./totals.js";

/** More is too much for paper. */
const MOST_PRINTED = 1000;
/** The width of a page of paper between its margins, in CSS pixels. */
const PAPER = 680;
/** Text on paper against that on the screen, as style.css has it. */
const PAPER_SCALE = 0.75;

const data = JSON.parse(part("data").textContent) as { files: FileData[]; end: PageEnd };
const rules = new Map(data.end.rules.map((rule) => [rule.name, rule]));
const hasFindings = data.end.totals !== null;
const picture = part("picture");
const lists: LongList[] = [];
let files: readonly ShownFile[] = [];

startTheme(part("theme"));
part("print").addEventListener("click", () => print());
part("title").textContent = document.title;
part("subtitle").textContent = hasFindings
  ? "Which images stand behind these Dockerfiles, and whether their layers are in good order"
  : "Which images stand behind these Dockerfiles";
// The address holds the filters, so a link to a part of the page goes there by itself.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const target = part(link.hash.slice(1));
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  });
}
for (const nav of document.querySelectorAll("nav")) nav.hidden = !hasFindings;
showTotals(part("tiles"), data.files, data.end);
showNotes(part("notes"), data.end);

const detail = h(
  "select",
  { id: "detail-choice" },
  h("option", { value: "" }, "As fits"),
  h("option", { value: "stages" }, "Stages"),
  h("option", { value: "files" }, "Dockerfiles"),
  h("option", { value: "folders" }, "Folders"),
);
detail.addEventListener("change", () => draw(picture.clientWidth));
part("detail").append(h("label", { for: "detail-choice" }, "Draw"), detail);

const filters = createFilters(part("filters"), data.files, data.end.rules, show);
for (const id of ["totals", "filters"]) part(id).hidden = data.files.length === 0;
show(filters.current());

let width = picture.clientWidth;
new ResizeObserver(() => {
  if (picture.clientWidth === width || picture.clientWidth === 0) return;
  width = picture.clientWidth;
  draw(width);
}).observe(picture);
addEventListener("beforeprint", () => {
  for (const list of lists) list.fill(MOST_PRINTED);
  draw(PAPER, PAPER_SCALE);
});
addEventListener("afterprint", () => draw(picture.clientWidth));

function show(filter: Filter): void {
  files = shownFiles(data.files, filter);
  const findings = files.reduce((sum, file) => sum + file.findings.length, 0);
  const uses = files.reduce((sum, file) => sum + file.uses.length, 0);
  const images = `${counted(uses, "use")} of images`;
  part("count").textContent = hasFindings
    ? `${counted(findings, "finding")} and ${images} in ${counted(files.length, "file")}`
    : `${images} in ${counted(files.length, "file")}`;
  lists.length = 0;
  part("results").hidden = !hasFindings;
  if (hasFindings && findings === 0) {
    part("findings").replaceChildren(
      h("p", { class: "quiet" }, isEverything(filter) ? "There are none." : "None fit."),
    );
  } else if (hasFindings) {
    lists.push(showFindings(part("findings"), files, rules));
  }
  part("bases").hidden = data.files.every(({ uses: all }) => all.length === 0);
  if (part("bases").hidden) return;
  showLegend(part("legend"), files, filter.tier, (tier) => filters.set({ tier }));
  const table = part("table");
  if (!hasFindings) table.setAttribute("open", "");
  lists.push(showTable(table, files, data.end.onlineColumns));
  draw(picture.clientWidth);
}

function draw(available: number, scale = 1): void {
  const fitting = fittingDetail(files);
  const chosen = detail.value === "" ? fitting : (detail.value as Detail);
  const graph = graphOf(files, chosen);
  const { image, folder } = filters.current();
  showPicture(picture, graph, available, scale, {
    image: (name) => filters.set({ image: name === image ? "" : name }),
    place: (path) => filters.set({ folder: path === folder || path === "." ? "" : path }),
  });
  part("picture-note").textContent = graph.images.length === 0 ? "No image fits." : noteOn(chosen);
}

function noteOn(chosen: Detail): string {
  const words = { stages: "stages", files: "Dockerfiles", folders: "folders" } as const;
  const place = chosen === "folders" ? "a folder" : "a Dockerfile";
  const hasFrontends = files.some(({ uses }) => uses.some(({ kind }) => kind === "syntax"));
  const rest = hasFrontends ? " Nothing stands on what # syntax names, so that is in the table only." : "";
  return `The heavier a line, the tighter the pin. Drawn by ${words[chosen]}; choose an image or ${place} to see it alone.${rest}`;
}

function isEverything(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === "");
}
