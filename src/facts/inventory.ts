/** The image uses of a file as plain data: what `fromlint bases` shows and `analyse()` returns. */
import type { Role, Tier } from "../policy/policy.js";
import { endOfLife } from "./end-of-life.js";
import type { LintSource } from "./facts.js";
import type { ImageKind, ImageStatus, ImageUse } from "./images.js";
import { pinningLevel, type Level } from "./pinning.js";
import { formatReference, repositoryName } from "./reference.js";
import { origin, tierOf } from "./trust.js";

/** One image use. Lines and columns are 1-based, the end is exclusive. */
export interface BaseUse {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly kind: ImageKind;
  readonly raw: string;
  readonly status: ImageStatus;
  /** Canonical, such as `docker.io/library/node:22`; null where no image is known. */
  readonly reference: string | null;
  readonly registry: string | null;
  readonly repository: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
  /** The stage that the use stands in, by name or number; null for `# syntax`. */
  readonly stage: string | number | null;
  readonly role: Role;
  readonly tier: Tier | null;
  readonly pinning: Level | null;
  /** What ends, or ended, first; null where no date is known. */
  readonly eol: { readonly date: string; readonly of: string } | null;
  readonly unresolved: readonly string[];
  readonly provenance: readonly BaseProvenance[];
  /** What its registry says; left out where it was not asked. */
  readonly online?: BaseOnline;
}

/** What a registry says of an image: of the digest where one is written, else of the tag. */
export interface BaseOnline {
  readonly status: "found" | "gone" | "unknown";
  /** Why nothing was found, as a clause; else null. */
  readonly reason: string | null;
  /** Of the index where there is one. */
  readonly digest: string | null;
  /** Compressed bytes of the layers, for one platform. */
  readonly size: number | null;
  /** `linux/amd64`, `linux/arm/v7`, … */
  readonly platforms: readonly string[];
  /** When that image was made: ISO 8601, UTC. */
  readonly created: string | null;
  /** The newest tag in its release line, itself where none is newer; null where that cannot be told. */
  readonly newest: string | null;
}

export interface BaseProvenance {
  readonly variable: string;
  readonly value: string;
  readonly source: "default" | "build-arg" | "policy" | "platform";
  /** Where the ARG is written; null for a value without one. */
  readonly line: number | null;
  readonly column: number | null;
}

/** Every image use of `source` in the order of the file; `file` is put into each as it is. */
export function inventoryOf(source: LintSource, file: string): BaseUse[] {
  return source.facts.images.map((use) => {
    const { start, end } = use.loc;
    const { reference } = use;
    return {
      file,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      kind: use.kind,
      raw: use.raw,
      status: use.status,
      reference: reference && formatReference(reference),
      registry: reference?.registry ?? null,
      repository: reference?.repository ?? null,
      tag: reference?.tag ?? null,
      digest: reference?.digest ?? null,
      stage: use.stage && (use.stage.name ?? use.stage.index),
      role: use.role,
      ...known(use, source),
      unresolved: use.unresolved,
      provenance: use.provenance.map(({ variable, value, source: from, pair }) => {
        return {
          variable,
          value,
          source: from,
          line: pair?.loc.start.line ?? null,
          column: pair?.loc.start.column ?? null,
        };
      }),
    };
  });
}

function known({ reference }: ImageUse, source: LintSource): Pick<BaseUse, "tier" | "pinning" | "eol"> {
  if (!reference) return { tier: null, pinning: null, eol: null };
  const { policy, catalog, today } = source.facts.inputs;
  const behind = origin(reference, policy.registries.mirrors, catalog);
  const image = catalog.image(repositoryName(behind));
  const ends = endOfLife(behind, catalog, today)
    .flatMap(({ date, of }) => (date === null ? [] : [{ date, of }]))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return {
    tier: tierOf(reference, policy, catalog).tier,
    pinning: pinningLevel(behind, image),
    eol: ends[0] ?? null,
  };
}
