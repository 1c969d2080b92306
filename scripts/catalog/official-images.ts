/** Reads the folder library/ of docker-library/official-images. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Groups of tags that point at the same image, each tag in one group. */
export type AliasGroups = readonly (readonly string[])[];

/**
 * Name of each official image -> its alias groups.
 *
 * @param folder a checkout of docker-library/official-images
 * @throws Error when the folder has no library/ or a file in it cannot be understood
 */
export function readOfficialImages(folder: string): Map<string, AliasGroups> {
  const library = join(folder, "library");
  const names = readdirSync(library, { withFileTypes: true }).filter((entry) => entry.isFile());
  if (names.length === 0) throw new Error(`${library} is empty`);
  return new Map(
    names.map(({ name }) => {
      try {
        return [name, aliasGroups(readStanzas(readFileSync(join(library, name), "utf8")))];
      } catch (error) {
        throw new Error(`library/${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }),
  );
}

/** A paragraph of a library file: field name -> value, continuation lines joined. */
export type Stanza = ReadonlyMap<string, string>;

/**
 * bashbrew's format (RFC 822): paragraphs of `Field: value`, lines that start with a space continue the one
 * above, lines that start with `#` are comments.
 *
 * @throws Error at a line that is none of these
 */
export function readStanzas(text: string): Stanza[] {
  const stanzas: Map<string, string>[] = [];
  let stanza: Map<string, string> | null = null;
  let field = "";
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith("#")) continue;
    if (line.trim() === "") {
      stanza = null;
      continue;
    }
    if (/^\s/.test(line)) {
      if (!stanza) throw new Error(`line ${index + 1} continues nothing`);
      stanza.set(field, `${stanza.get(field) ?? ""} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(":");
    if (colon < 1) throw new Error(`line ${index + 1} is no "Field: value"`);
    if (!stanza) stanzas.push((stanza = new Map<string, string>()));
    field = line.slice(0, colon);
    stanza.set(field, line.slice(colon + 1).trim());
  }
  return stanzas;
}

/**
 * Tags are aliases of one another when the very same stanzas have them: a shared tag that stands in several
 * stanzas (one an operating system) is another image than the tags of each.
 */
export function aliasGroups(stanzas: readonly Stanza[]): AliasGroups {
  return partition(
    stanzas.map((stanza) =>
      ["Tags", "SharedTags"].flatMap((field) => (stanza.get(field) ?? "").split(",").map((tag) => tag.trim())).filter(Boolean),
    ),
  );
}

/**
 * Splits overlapping groups so that each tag is in one: tags that are in the same of the given groups stay
 * together. What was in several comes last.
 */
export function partition(groups: AliasGroups): AliasGroups {
  const places = new Map<string, number[]>();
  for (const [index, group] of groups.entries()) {
    for (const tag of new Set(group)) places.set(tag, [...(places.get(tag) ?? []), index]);
  }
  const together = new Map<string, { shared: boolean; tags: string[] }>();
  for (const [tag, indices] of places) {
    const group = together.get(indices.join());
    if (group) group.tags.push(tag);
    else together.set(indices.join(), { shared: indices.length > 1, tags: [tag] });
  }
  const sorted = [...together.values()].sort((a, b) => Number(a.shared) - Number(b.shared));
  return sorted.map(({ tags }) => tags);
}
