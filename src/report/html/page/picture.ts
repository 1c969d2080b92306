/** The picture: images on the left, what stands on them on the right, a line for each pair. */
import { link, curveBumpX } from "d3-shape";
import { counted, h, s } from "./dom.js";
import { pathOf } from "./findings.js";
import { TIERS } from "./filter.js";
import type { Graph, ImageNode, PlaceNode } from "./graph.js";
import { layoutOf, weightOf, type Box, type PlacedLine } from "./layout.js";
import { endBadge, endText, shapeOf } from "./shapes.js";

export interface PictureActions {
  readonly image: (image: string) => void;
  readonly place: (path: string) => void;
}

const MOST_NAMES = 5;

/** @param width of the picture in pixels */
export function showPicture(holder: HTMLElement, graph: Graph, width: number, actions: PictureActions): void {
  const em = parseFloat(getComputedStyle(holder).fontSize);
  const placed = layoutOf(graph, width, em);
  const paths = placed.lines.map((each) => ({ each, path: pathOfLine(each) }));
  const drawing = s(
    "svg",
    { width: String(width), height: String(placed.height), "aria-hidden": "true" },
    ...paths.map(({ path }) => path),
  );
  const standing = Map.groupBy(graph.lines, (line) => line.image);
  const images = graph.images.map((image) => {
    const names = [...new Set((standing.get(image.key) ?? []).map(({ place }) => place))];
    const button = h(
      "button",
      { type: "button", "aria-label": imageInWords(image, names), disabled: image.image === null },
      ...imageParts(image),
    );
    button.addEventListener("click", () => image.image !== null && actions.image(image.image));
    return nodeOf(button, placed.images.get(image.key), `image tier-${image.tier}`, ({ each }) => each.line.image === image.key);
  });
  const places = graph.places.map((place) => {
    const button = h(
      "button",
      { type: "button", "aria-label": placeInWords(place), disabled: place.path === null },
      pathOf(place.label, "span"),
      place.files > 1 ? h("span", { class: "quiet" }, counted(place.files, "file")) : null,
    );
    button.addEventListener("click", () => place.path !== null && actions.place(place.path));
    const rows = place.rows.map(({ label, note, isFinal }) =>
      h(
        "span",
        { class: isFinal ? "stage final" : "stage" },
        h("span", {}, label),
        note === "" ? null : h("span", { class: "quiet" }, note),
        isFinal ? h("span", { class: "badge" }, "final") : null,
      ),
    );
    return nodeOf(button, placed.places.get(place.key), "place", ({ each }) => each.line.place === place.key, rows);
  });
  const lists = [
    h("ul", { "aria-label": "Images" }, ...images),
    h("ul", { "aria-label": graph.detail === "folders" ? "Folders" : "Dockerfiles" }, ...places),
  ];
  holder.style.height = `${placed.height}px`;
  holder.replaceChildren(drawing, ...lists);

  function nodeOf(
    button: HTMLButtonElement,
    box: Box | undefined,
    kind: string,
    isOwn: (line: { each: PlacedLine; path: SVGPathElement }) => boolean,
    rows: readonly HTMLElement[] = [],
  ): HTMLElement {
    const node = h("li", { class: `node ${kind}` }, button, ...rows);
    if (box) Object.assign(node.style, { left: px(box.x), top: px(box.y), width: px(box.width), height: px(box.height) });
    const own = paths.filter(isOwn);
    const mark = (isOn: boolean): void => {
      drawing.classList.toggle("marked", isOn);
      for (const { path } of own) path.classList.toggle("on", isOn);
    };
    for (const [event, isOn] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]] as const) {
      node.addEventListener(event, () => mark(isOn));
    }
    return node;
  }
}

function pathOfLine({ line, from, to, width }: PlacedLine): SVGPathElement {
  const curve = link<PlacedLine, readonly [number, number]>(curveBumpX);
  const d = curve.x(([x]) => x).y(([, y]) => y)({ source: from, target: to } as never) ?? "";
  return s("path", { d, class: `line tier-${line.tier} pin-${line.pinning ?? "unknown"}`, "stroke-width": String(width) });
}

/** A line as it looks in the picture, for the legend. */
export function sampleLine(pinning: keyof typeof SAMPLES): SVGElement {
  const path = s("path", { d: "M0 6H34", class: `line pin-${pinning}`, "stroke-width": String(weightOf({ pinning })) });
  return s("svg", { width: "34", height: "12", class: "sample", "aria-hidden": "true" }, path);
}

const SAMPLES = { none: 0, tag: 0, major: 0, minor: 0, patch: 0, digest: 0 } as const;

/** The name and tag in full, the registry and folders above them in small letters below. */
function imageParts({ label, tier, pinnings, eol, uses }: ImageNode): (HTMLElement | SVGElement | null)[] {
  const at = label.replace(/@.*$/s, "").lastIndexOf("/") + 1;
  const levels = pinnings.filter((level) => level !== null);
  const facts = [label.slice(0, at).replace(/\/$/, ""), ...(levels.length > 0 ? [levels.join(", ")] : [])];
  return [
    shapeOf(tier),
    h(
      "span",
      { class: "words" },
      h("span", { class: "name" }, label.slice(at)),
      h("span", { class: "facts quiet" }, facts.filter(Boolean).join(" · "), endBadge(eol)),
    ),
    uses > 1 ? h("span", { class: "uses" }, `×${uses}`) : null,
  ];
}

function imageInWords({ label, tier, pinnings, eol, uses }: ImageNode, places: readonly string[]): string {
  const levels = pinnings.filter((level) => level !== null);
  const names = places.slice(0, MOST_NAMES).join(", ");
  const more = places.length > MOST_NAMES ? ` and ${places.length - MOST_NAMES} more` : "";
  return [
    label,
    TIERS[tier],
    levels.length > 0 ? `pinned: ${levels.join(", ")}` : "",
    eol && eol.state !== "later" ? `support ${endText(eol)}` : "",
    `${counted(uses, "use")} in ${names}${more}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function placeInWords({ label, rows, files }: PlaceNode): string {
  const stages = rows.map(({ label: name, note }) => (note === "" ? name : `${name} (${note})`));
  return [label, files > 1 ? counted(files, "file") : "", stages.length > 0 ? `stages ${stages.join(", ")}` : ""]
    .filter(Boolean)
    .join("; ");
}

function px(length: number): string {
  return `${Math.round(length * 10) / 10}px`;
}
