/** The inventory of a file as the page shows it. */
import type { BaseUse } from "../../facts/inventory.js";
import { imageOf, onlineCells } from "../bases.js";
import { safe } from "../safe.js";
import type { EndData, Standing, UseData } from "./data.js";

/** Days ahead of an end of life in which it is marked. */
const SOON = 180;
const DAY = 86_400_000;
const LONGEST_IMAGE = 300;

export interface Inventory {
  readonly stages: readonly (string | null)[];
  readonly uses: readonly UseData[];
}

/**
 * @param uses of one file, in its order
 * @param today YYYY-MM-DD: what ended before is marked
 */
export function usesOf(uses: readonly BaseUse[], today: string): Inventory {
  const soon = new Date(Date.parse(today) + SOON * DAY).toISOString().slice(0, 10);
  const stages: (string | null)[] = [];
  const shown = uses.map((use): UseData => {
    // The stages before this one: FROM sees no others.
    const from = use.status === "stage" ? stageNamed(use.raw, stages) : null;
    if (use.kind === "from") stages.push(typeof use.stage === "string" ? safe(use.stage) : null);
    const image = safe(imageOf(use));
    return {
      line: use.line,
      kind: use.kind,
      image: image.length > LONGEST_IMAGE ? `${image.slice(0, LONGEST_IMAGE)}…` : image,
      tier: standingOf(use),
      pinning: use.pinning,
      role: use.role,
      eol: use.eol && { ...endOf(use.eol, today, soon), of: safe(use.eol.of) },
      stage: use.kind === "syntax" || stages.length === 0 ? null : stages.length - 1,
      from,
      isStage: use.status === "stage",
      ...(use.online ? { online: onlineCells(use).map(safe) } : {}),
    };
  });
  return { stages, uses: shown };
}

function standingOf({ tier, status }: BaseUse): Standing {
  if (tier !== null) return tier;
  return status === "unknown" || status === "invalid" ? "unresolved" : "none";
}

function endOf({ date, of }: NonNullable<BaseUse["eol"]>, today: string, soon: string): EndData {
  return { date, of, state: date < today ? "ended" : date < soon ? "soon" : "later" };
}

/** Of two stages with one name the later one counts; `COPY --from=0` is a number. Null for what a variable names. */
function stageNamed(raw: string, stages: readonly (string | null)[]): number | null {
  const named = stages.lastIndexOf(safe(raw.toLowerCase()));
  if (named !== -1) return named;
  const index = /^\d{1,6}$/.test(raw) ? Number(raw) : -1;
  return index >= 0 && index < stages.length ? index : null;
}
