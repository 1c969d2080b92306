/** A long list that is put into the page piece by piece, as the reader comes near its end. */
import { counted, h } from "./dom.js";

export interface LongList {
  /** Puts in at least `most` items from the start, for printing. */
  readonly fill: (most: number) => void;
}

/**
 * Shows the first `step` of `items` in `parent`; a button below `holder`, and coming near it, show more.
 *
 * @param holder what the items are put into
 * @param add puts one item into `holder`
 */
export function showList<Item>(
  parent: Element,
  holder: Element,
  items: readonly Item[],
  step: number,
  noun: string,
  add: (item: Item) => void,
): LongList {
  let shown = 0;
  const more = h("button", { type: "button", class: "more" });
  const fill = (most: number): void => {
    for (; shown < Math.min(most, items.length); shown++) add(items[shown] as Item);
    if (shown === items.length) {
      observer.disconnect();
      more.remove();
    } else {
      more.textContent = `Show more (${counted(items.length - shown, noun)} left)`;
    }
  };
  const observer = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) fill(shown + step);
  });
  more.addEventListener("click", () => fill(shown + step));
  parent.replaceChildren(holder, more);
  fill(step);
  if (shown < items.length) observer.observe(more);
  return { fill };
}
