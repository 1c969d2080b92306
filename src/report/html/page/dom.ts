/** Elements. Text is set as text and never parsed, so nothing in it becomes markup. */

type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | boolean>>;

/** An attribute that is false is left out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

export function s<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** Puts new children in; what had the focus gets it back, known by its `data-key`. */
export function redraw(holder: HTMLElement, ...children: readonly Node[]): void {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && holder.contains(active) ? active.dataset.key : undefined;
  holder.replaceChildren(...children);
  if (key === undefined) return;
  const again = [...holder.querySelectorAll<HTMLElement>("[data-key]")].find((each) => each.dataset.key === key);
  again?.focus({ preventScroll: true });
}

/** An element of the page's own markup. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** `1 file`, `1,200 files`. */
export function counted(count: number, noun: string): string {
  return `${numeral(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The same for every reader, so that two people see one page. */
export function numeral(count: number): string {
  return count.toLocaleString("en");
}
