/** Names that are one slip of the fingers away from a Docker Official Image. */
import type { Catalog } from "../catalog.js";
import { DOCKER_HUB, type Reference } from "./reference.js";

/** Shorter names have too many neighbours that are words of their own. */
const SHORTEST = 5;

const NAMESPACE = "library";

/**
 * The official image that a reference on Docker Hub was probably meant to name; null when there is none. A
 * slip is two letters swapped, one dropped, one doubled, or a neighbouring key hit instead or as well; it is in
 * the name (`ngnix`) or in the namespace of an official name (`libary/nginx`).
 */
export function lookalikeOf({ registry, repository }: Reference, catalog: Catalog): { readonly name: string } | null {
  if (registry !== DOCKER_HUB) return null;
  const parts = repository.split("/");
  const [namespace, name] = parts;
  if (parts.length !== 2 || namespace === undefined || name === undefined) return null;
  if (namespace !== NAMESPACE) return catalog.official.has(name) && isSlip(namespace, NAMESPACE) ? { name } : null;
  if (name.length < SHORTEST || catalog.official.has(name)) return null;
  if (catalog.retired.has(name) || catalog.notLookalikes.has(name)) return null;
  for (const official of catalog.official) if (isSlip(name, official)) return { name: official };
  return null;
}

/** True when `typed` is what one slip makes of `meant`. Compares each letter once. */
export function isSlip(typed: string, meant: string): boolean {
  const difference = typed.length - meant.length;
  if (difference < -1 || difference > 1 || typed === meant) return false;
  let at = 0;
  while (at < meant.length && typed[at] === meant[at]) at++;
  const rest = (text: string, from: number): string => text.slice(from);
  if (difference < 0) return rest(typed, at) === rest(meant, at + 1);
  if (difference === 0) {
    const swapped = typed[at] === meant[at + 1] && typed[at + 1] === meant[at];
    if (swapped) return rest(typed, at + 2) === rest(meant, at + 2);
    return areNeighbours(typed[at], meant[at]) && rest(typed, at + 1) === rest(meant, at + 1);
  }
  if (rest(typed, at + 1) !== rest(meant, at)) return false;
  const [before, extra, after] = [typed[at - 1], typed[at], typed[at + 1]];
  return [before, after].some((key) => key === extra || areNeighbours(key, extra));
}

/** The rows of a QWERTY keyboard; each stands half a key to the right of the one above. */
const ROWS = ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"] as const;

/** True for keys that touch each other. */
function areNeighbours(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [rowA, rowB] = [rowOf(a), rowOf(b)];
  if (rowA < 0 || rowB < 0) return false;
  const [upper, lower] = rowA <= rowB ? [a, b] : [b, a];
  const row = Math.min(rowA, rowB);
  const columnDistance = (ROWS[row]?.indexOf(upper) ?? 0) - (ROWS[Math.max(rowA, rowB)]?.indexOf(lower) ?? 0);
  if (rowA === rowB) return Math.abs(columnDistance) === 1;
  return Math.abs(rowA - rowB) === 1 && (columnDistance === 0 || columnDistance === 1);
}

function rowOf(key: string): number {
  return ROWS.findIndex((row) => row.includes(key));
}
