/** The mounts of a RUN: which content they bring, and what of them is in the cache key. */
import { mountFields } from "../../syntax/mounts.js";
import type { CommandInstruction } from "../../syntax/nodes.js";
import { normalPath } from "../effects/paths.js";
import type { ImageUse } from "../images.js";
import { fromKey, type ContentEdge } from "./copied.js";
import { namesIn, textOf, type State } from "./state.js";

export interface Mount {
  readonly type: string;
  /** Where it is mounted, absolute; null when that is not known. */
  readonly target: string | null;
  /** The content that a bind mount, or a cache that starts `from` something, brings; null for others. */
  readonly content: ContentEdge | null;
  readonly key: string;
  readonly names: readonly string[];
}

/**
 * The mounts in order. `uses` are the images and stages that their `from=` name, in order. The content of caches,
 * secrets and ssh agents is in no key, that they are there is (dockerfile2llb, dispatchRunMounts; ops/exec.go, CacheMap).
 */
export function mountsOf(
  { flags }: CommandInstruction,
  state: State,
  uses: readonly ImageUse[],
  escape: string,
): readonly Mount[] {
  let next = 0;
  return flags.flatMap(({ name, value }): Mount[] => {
    if (name !== "mount" || value === null) return [];
    const fields = new Map<string, string>();
    const names: string[] = [];
    for (const field of mountFields(value)) {
      const text = field.value ?? "true";
      names.push(...namesIn(text));
      fields.set(ALIASES[field.key] ?? field.key, textOf({ text, offsetAt: (index) => index }, state, escape).key);
    }
    const type = (fields.get("type") ?? "bind").toLowerCase();
    const use = fields.get("from") ? (uses[next++] ?? null) : null;
    const target = targetOf(fields.get("target"), state);
    const path = normalPath("/", fields.get("source") ?? "/");
    const content = type === "bind" || (type === "cache" && use) ? contentOf(path, use) : null;
    // Of caches only that they are the usual ones, or not, is in the key.
    const isOwnCache = type === "cache" && (fields.has("id") || (fields.get("sharing") ?? "shared") !== "shared");
    if (type === "cache") for (const field of ["id", "sharing"]) fields.delete(field);
    fields.set("from", content ? fromKey(use) : "");
    fields.set("target", target ?? normalPath(state.workdir.path, fields.get("target") ?? ""));
    const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
    return [{ type, target, content, key: `${isOwnCache ? "own " : ""}${sorted.flat().join("\n")}`, names }];
  });
}

const ALIASES: Readonly<Record<string, string>> = {
  src: "source",
  dst: "target",
  destination: "target",
  ro: "readonly",
  rw: "readwrite",
};

function contentOf(path: string, use: ImageUse | null): ContentEdge {
  if (use === null) return { from: { kind: "context" }, paths: [path] };
  if (use.target) return { from: { kind: "stage", stage: use.target }, paths: [path] };
  return { from: { kind: "image", name: use.text ?? use.raw }, paths: [path] };
}

function targetOf(target: string | undefined, { workdir }: State): string | null {
  if (target === undefined || target.startsWith("?")) return null;
  return target.startsWith("/") || workdir.known ? normalPath(workdir.path, target) : null;
}
