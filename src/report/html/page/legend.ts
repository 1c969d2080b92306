/** What the colours, shapes and weights of the picture mean, with counts. */
import type { Standing } from "../data.js";
import { h, numeral, redraw } from "./dom.js";
import { countsOf, PINNINGS, TIERS, type ShownFile } from "./filter.js";
import { LEVELS } from "./graph.js";
import { sampleLine } from "./picture.js";
import { shapeOf } from "./shapes.js";

/** The tiers are buttons that choose one of them. */
export function showLegend(
  holder: HTMLElement,
  files: readonly ShownFile[],
  chosen: string,
  choose: (tier: Standing | "") => void,
): void {
  const uses = files.flatMap((file) => file.uses);
  const byTier = countsOf(uses.map(({ tier }) => tier));
  const byPinning = countsOf(uses.map(({ pinning }) => pinning));
  const ended = uses.filter(({ eol }) => eol?.state === "ended").length;
  const tiers = (Object.keys(TIERS) as Standing[]).filter((tier) => byTier.has(tier) || tier === chosen);
  const buttons = tiers.map((tier) => {
    const isChosen = tier === chosen;
    const button = h(
      "button",
      { type: "button", class: "chip", "data-key": tier, "aria-pressed": String(isChosen) },
      shapeOf(tier),
      `${TIERS[tier]} `,
      h("b", {}, numeral(byTier.get(tier) ?? 0)),
    );
    button.addEventListener("click", () => choose(isChosen ? "" : tier));
    return h("li", {}, button);
  });
  const levels = LEVELS.filter((level) => byPinning.has(level)).map((level) =>
    h("li", {}, sampleLine(level), `${PINNINGS[level]} `, h("b", {}, numeral(byPinning.get(level) ?? 0))),
  );
  const ends = ended > 0 ? h("li", {}, h("span", { class: "badge ended" }, "ended"), h("b", {}, numeral(ended))) : null;
  redraw(
    holder,
    h("ul", { "aria-label": "Uses by tier" }, ...buttons),
    h("ul", { "aria-label": "Uses by how tightly they are pinned: the heavier a line, the tighter" }, ...levels, ends),
  );
}
