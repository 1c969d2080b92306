/** The search field and the filters, and the same in the address, so that a view can be passed on. */
import type { FileData, RuleData, Standing } from "../data.js";
import { h, numeral } from "./dom.js";
import { countsOf, EVERYTHING, foldersOf, MOST_CHOICES, TIERS, type Filter } from "./filter.js";

type Key = keyof Filter;
type Option = readonly [value: string, label: string];

export interface Filters {
  readonly current: () => Filter;
  /** Changes some of them and shows what follows. */
  readonly set: (changes: Partial<Filter>) => void;
}

/** Milliseconds without a key before a search starts. */
const PAUSE = 120;

/** @param changed is called with what holds from now on */
export function createFilters(
  form: Element,
  files: readonly FileData[],
  rules: readonly RuleData[],
  changed: (filter: Filter) => void,
): Filters {
  const choices = choicesOf(files, rules);
  let filter = fromAddress(choices);
  const search = h("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false" });
  const selects = choices.map(({ key, label, options }) => {
    const all = options.map(([value, text]) => h("option", { value }, text));
    const select = h("select", { id: `filter-${key}` }, h("option", { value: "" }, "All"), ...all);
    select.addEventListener("change", () => set({ [key]: select.value }));
    return { key, label, select };
  });
  const reset = h("button", { type: "button", id: "reset" }, "Show everything");
  reset.addEventListener("click", () => {
    set(EVERYTHING);
    search.focus();
  });
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set({ text: search.value }), PAUSE);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.replaceChildren(
    field("search", "Search", search),
    ...selects.map(({ key, label, select }) => field(`filter-${key}`, label, select)),
    reset,
  );
  const show = (): void => {
    if (search.value !== filter.text) search.value = filter.text;
    for (const { key, select } of selects) choose(select, filter[key]);
    reset.disabled = Object.values(filter).every((value) => value === "");
  };
  const set = (changes: Partial<Filter>): void => {
    clearTimeout(waiting);
    filter = { ...filter, ...changes };
    show();
    toAddress(filter);
    changed(filter);
  };
  addEventListener("hashchange", () => {
    filter = fromAddress(choices);
    show();
    changed(filter);
  });
  show();
  return { current: () => filter, set };
}

interface Choice {
  readonly key: Key;
  readonly label: string;
  readonly options: readonly Option[];
}

/** Only what there is to choose between; of very many images the most used. */
function choicesOf(files: readonly FileData[], rules: readonly RuleData[]): Choice[] {
  const uses = files.flatMap((file) => file.uses.filter(({ isStage }) => !isStage));
  const tiers = countsOf(uses.map(({ tier }) => tier));
  const images = [...countsOf(uses.map(({ image }) => image))]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_CHOICES)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const all: Choice[] = [
    { key: "rule", label: "Rule", options: rules.map(({ name, count }) => [name, withCount(name, count)]) },
    {
      key: "severity",
      label: "Severity",
      options:
        rules.length === 0
          ? []
          : [
              ["error", "Errors"],
              ["warning", "Warnings"],
            ],
    },
    {
      key: "tier",
      label: "Tier",
      options: (Object.keys(TIERS) as Standing[]).flatMap((tier) => {
        const count = tiers.get(tier);
        return count === undefined ? [] : [[tier, withCount(TIERS[tier], count)]];
      }),
    },
    { key: "image", label: "Image", options: images.map(([image, count]) => [image, withCount(image, count)]) },
    { key: "folder", label: "Folder", options: foldersOf(files).map((folder) => [folder, folder]) },
  ];
  return all.filter(({ options }) => options.length > 0);
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h("div", { class: "field" }, h("label", { for: id }, label), control);
}

/** What is chosen in the picture, such as a Dockerfile as a folder, need not be listed yet; from then on it is. */
function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  if (select.value === value) return;
  select.append(h("option", { value }, value));
  select.value = value;
}

function withCount(name: string, count: number): string {
  return `${name} (${numeral(count)})`;
}

/** What is not there to choose is left out; a folder or an image need not be listed to be chosen. */
function fromAddress(choices: readonly Choice[]): Filter {
  const given = new URLSearchParams(location.hash.slice(1));
  const filter: Record<Key, string> = { ...EVERYTHING, text: given.get("text") ?? "" };
  for (const { key, options } of choices) {
    const value = given.get(key) ?? "";
    if (options.some(([known]) => known === value) || key === "folder" || key === "image") filter[key] = value;
  }
  return filter;
}

function toAddress(filter: Filter): void {
  const chosen = Object.entries(filter as unknown as Record<string, string>).filter(([, value]) => value !== "");
  const hash = new URLSearchParams(chosen).toString();
  history.replaceState(null, "", hash === "" ? "#" : `#${hash}`);
}
