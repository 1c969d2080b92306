/** Completion of images and their tags. */
import {
  imageCandidates,
  parseReference,
  safe,
  tagCandidates,
  valueIn,
  type ImageCandidate,
  type ImagePlace,
  type Range,
  type TagCandidate,
} from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { MOST_ITEMS, NOTHING, type Completion, type Completions } from "./completion-item.js";

export function imageCompletions(place: ImagePlace, offset: number, source: LintSource): Completions {
  const [start, end] = place.range;
  const word = source.text.slice(start, end);
  if (word.includes("\n")) return NOTHING;
  const typed = source.text.slice(start, offset);
  if (typed.includes("@")) return NOTHING;
  const colon = tagColon(word);
  const names = nameCompletions(place, typed, colon < 0 || offset > start + colon ? end : start + colon, source);
  if (colon < 0 || offset <= start + colon) return names;
  const tags = tagCompletions(
    word.slice(0, colon),
    [start + colon + 1, end],
    source.text.slice(start + colon + 1, offset),
    place,
    source,
  );
  // `registry:50` may be a port as well.
  const isPort = !typed.includes("/");
  const more = isPort ? names.items.filter(({ text }) => text.startsWith(typed)) : [];
  return { items: [...more, ...tags.items], isIncomplete: tags.isIncomplete || (isPort && names.isIncomplete) };
}

/** The colon before the tag: the last one, where no slash follows. -1 without one. */
function tagColon(word: string): number {
  const [name = ""] = word.split("@", 1);
  const colon = name.lastIndexOf(":");
  return colon > name.lastIndexOf("/") ? colon : -1;
}

function nameCompletions(place: ImagePlace, typed: string, nameEnd: number, source: LintSource): Completions {
  const [start, end] = place.range;
  const all = imageCandidates(place, source);
  const fitting: { readonly candidate: ImageCandidate; readonly filter: string | null }[] = [];
  for (const candidate of all) {
    if (fits(typed, candidate.text)) fitting.push({ candidate, filter: null });
    else {
      const filter = candidate.replaces.find((pattern) => fits(typed, pattern));
      if (filter !== undefined) fitting.push({ candidate, filter });
    }
  }
  const items = fitting.slice(0, MOST_ITEMS).map(({ candidate, filter }) => {
    const range: Range = [start, candidate.kind === "stage" || tagColon(candidate.text) >= 0 ? end : nameEnd];
    return itemOf(candidate, filter, range);
  });
  // A golden image is also found by what it replaces, which another letter may decide.
  const isIncomplete = fitting.length > MOST_ITEMS || fitting.some(({ candidate }) => candidate.replaces.length > 0);
  return { items, isIncomplete };
}

/** True when the letters of `typed` are in `text`, in their order: what editors find likely holds no less. */
function fits(typed: string, text: string): boolean {
  const [letters, lower] = [typed.toLowerCase(), text.toLowerCase()];
  let at = 0;
  for (let index = 0; index < lower.length && at < letters.length; index++) {
    if (lower[index] === letters[at]) at++;
  }
  return at === letters.length;
}

function itemOf({ kind, text, detail }: ImageCandidate, filter: string | null, range: Range): Completion {
  const shown = kind === "stage" || kind === "context" ? kind : "image";
  return { label: text, kind: shown, range, text, detail: safe(detail), filter, deprecated: false };
}

/** `name` is what stands before the colon; in FROM with variables, which are put in. */
function tagCompletions(
  name: string,
  range: Range,
  typed: string,
  { kind }: ImagePlace,
  source: LintSource,
): Completions {
  const parsed = parseReference(kind === "from" ? (valueIn(name, source) ?? "") : name);
  if (!("reference" in parsed)) return NOTHING;
  const { tags, isCut } = tagCandidates(parsed.reference, typed, MOST_ITEMS, source);
  return { items: tags.map((tag) => tagItem(tag, range)), isIncomplete: isCut };
}

function tagItem({ tag, level, ends, past }: TagCandidate, range: Range): Completion {
  const end = ends === null ? (past ? ", ended" : "") : past ? `, ended ${ends}` : `, ends ${ends}`;
  return { label: tag, kind: "tag", range, text: tag, detail: safe(`${level}${end}`), filter: null, deprecated: past };
}
