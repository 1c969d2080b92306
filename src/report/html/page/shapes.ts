/** A shape for each tier, so that colour is not all that tells them apart. */
import type { EndData, Standing } from "../data.js";
import { h, s } from "./dom.js";

const SHAPES: Readonly<Record<Standing, string>> = {
  golden: "M8 .8l2.2 4.7 5.1.7-3.7 3.6.9 5.1L8 12.5l-4.5 2.4.9-5.1L.7 6.2l5.1-.7z",
  official: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z",
  verified: "M2.4 2.4h11.2v11.2H2.4z",
  other: "M8 1.4 15.2 14H.8z",
  unresolved: "M8 .6 15.4 8 8 15.4.6 8zm0 3.2L3.8 8 8 12.2 12.2 8z",
  none: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zm0 2.4a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6z",
};

export function shapeOf(tier: Standing): SVGElement {
  const path = s("path", { d: SHAPES[tier], "fill-rule": "evenodd" });
  return s("svg", { viewBox: "0 0 16 16", class: `shape tier-${tier}`, "aria-hidden": "true" }, path);
}

/** Says that support has ended or soon will; null where there is time. */
export function endBadge(eol: EndData | null): HTMLElement | null {
  if (!eol || eol.state === "later") return null;
  return h("span", { class: `badge ${eol.state}` }, endText(eol));
}

export function endText({ state, date }: EndData): string {
  return `${state === "ended" ? "ended" : "ends"} ${date}`;
}
