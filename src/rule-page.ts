/** Where rules are described: the only place that knows. */
import manifest from "../package.json" with { type: "json" };

const PAGES = `${manifest.repository.url.replace(/^git\+|\.git$/g, "")}/blob/main/docs/rules`;

/** The address of the page of rule `name`, `https://…`. */
export function rulePage(name: string): string {
  return `${PAGES}/${name}.md`;
}
