/** The picture: images on the left, what stands on them on the right, a line for each pair. */
import type { Pinning } from "../data.js";
import { counted, h, numeral, redraw, s } from "./dom.js";
import { pathOf } from "./findings.js";
import { grouped, PINNINGS, TIERS } from "./filter.js";
import type { Graph, ImageNode } from "./graph.js";
import { isNarrow, layoutOf, weightOf, type Box, type PlacedLine } from "./layout.js";
import { endBadge, shapeOf } from "./shapes.js";

export interface PictureActions {
  readonly image: (image: string) => void;
  readonly place: (path: string) => void;
}

const MOST_NAMES = 5;

/**
 * @param width of the picture in pixels
 * @param scale of its text against that on the screen
 */
export function showPicture(
  holder: HTMLElement,
  graph: Graph,
  width: number,
  scale: number,
  actions: PictureActions,
): void {
  const em = parseFloat(getComputedStyle(holder).fontSize) * scale;
  const placed = layoutOf(graph, width, em);
  const paths = placed.lines.map((each) => ({ each, path: pathOfLine(each) }));
  const drawing = s(
    "svg",
    { width: String(width), height: String(placed.height), "aria-hidden": "true" },
    ...paths.map(({ path }) => path),
  );
  const standing = grouped(graph.lines, (line) => line.image);
  const images = graph.images.map((image) => {
    const names = [...new Set((standing.get(image.key) ?? []).map(({ place }) => place))];
    const button = h(
      "button",
      {
        type: "button",
        "data-key": `image ${image.key}`,
        disabled: image.image === null,
      },
      ...imageParts(image, names),
    );
    button.addEventListener("click", () => image.image !== null && actions.image(image.image));
    return nodeOf(
      button,
      placed.images.get(image.key),
      `image tier-${image.tier}`,
      ({ each }) => each.line.image === image.key,
    );
  });
  const places = graph.places.map((place) => {
    const button = h(
      "button",
      {
        type: "button",
        "data-key": `place ${place.key}`,
        disabled: place.path === null,
      },
      pathOf(shortPath(place.label), "span"),
      " ",
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
  holder.classList.toggle("narrow", isNarrow(width, em));
  holder.style.height = `${placed.height}px`;
  redraw(holder, drawing, ...lists);

  function nodeOf(
    button: HTMLButtonElement,
    box: Box | undefined,
    kind: string,
    isOwn: (line: { each: PlacedLine; path: SVGPathElement }) => boolean,
    rows: readonly HTMLElement[] = [],
  ): HTMLElement {
    const node = h("li", { class: `node ${kind}` }, button, ...rows);
    if (box)
      Object.assign(node.style, { left: px(box.x), top: px(box.y), width: px(box.width), height: px(box.height) });
    const own = paths.filter(isOwn);
    const mark = (isOn: boolean): void => {
      drawing.classList.toggle("marked", isOn);
      for (const { path } of own) path.classList.toggle("on", isOn);
    };
    for (const [event, isOn] of [
      ["pointerenter", true],
      ["pointerleave", false],
      ["focusin", true],
      ["focusout", false],
    ] as const) {
      node.addEventListener(event, () => mark(isOn));
    }
    return node;
  }
}

function pathOfLine({ line, from: [x0, y0], to: [x1, y1], width }: PlacedLine): SVGPathElement {
  const middle = (x0 + x1) / 2;
  const d = `M${x0},${y0}C${middle},${y0} ${middle},${y1} ${x1},${y1}`;
  const kind = `line tier-${line.tier} pin-${line.pinning ?? "unknown"}`;
  return s("path", { d, class: kind, "stroke-width": String(width) });
}

/** A Dockerfile that is called nothing else is known by its folder. */
function shortPath(path: string): string {
  return path.replace(/(.)\/Dockerfile$/, "$1");
}

/** A line as it looks in the picture, for the legend. */
export function sampleLine(pinning: NonNullable<Pinning>): SVGElement {
  const path = s("path", { d: "M0 6H34", class: `line pin-${pinning}`, "stroke-width": String(weightOf({ pinning })) });
  return s("svg", { width: "34", height: "12", class: "sample", "aria-hidden": "true" }, path);
}

/** The name and tag in full, the registry and folders above them in small letters below. */
function imageParts(image: ImageNode, places: readonly string[]): (HTMLElement | SVGElement | string | null)[] {
  const { label, tier, pinnings, eol, uses } = image;
  const at = label.replace(/@.*$/s, "").lastIndexOf("/") + 1;
  const levels = pinnings.flatMap((level) => (level === null ? [] : [PINNINGS[level]]));
  const facts = [label.slice(0, at).replace(/\/$/, ""), ...(levels.length > 0 ? [levels.join(", ")] : [])];
  return [
    shapeOf(tier),
    h(
      "span",
      { class: "words" },
      h("span", { class: "name" }, label.slice(at)),
      " ",
      h("span", { class: "facts quiet" }, h("span", {}, facts.filter(Boolean).join(" · ")), " ", endBadge(eol)),
    ),
    " ",
    uses > 1 ? h("span", { class: "uses", "aria-hidden": "true" }, `×${numeral(uses)}`) : null,
    h("span", { class: "unseen" }, restInWords(image, places)),
  ];
}

/** For those who do not see colour, shape and lines. */
function restInWords({ tier, uses }: ImageNode, places: readonly string[]): string {
  const names = places.slice(0, MOST_NAMES).join(", ");
  const more = places.length > MOST_NAMES ? ` and ${places.length - MOST_NAMES} more` : "";
  return `${TIERS[tier]}, ${counted(uses, "use")} in ${names}${more}`;
}

function px(length: number): string {
  return `${Math.round(length * 10) / 10}px`;
}
