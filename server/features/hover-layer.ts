/** A layer in words: what its cache key holds, and what re-runs it. */
import { reasonFor, subjectOf, type OutlinedStep } from "../../src/editor.js";
import { code, codeList, prose } from "./markdown.js";

const COST = [
  "costs next to nothing",
  "writes files",
  "computes",
  "expensive: it loads from the network or compiles",
] as const;

/** Parts of a key that are listed. */
const MOST_PARTS = 16;

export function layerText(step: OutlinedStep): string {
  const { instruction, stage, cost, built, key, reruns } = step;
  const keyword = instruction.split(/\s/, 1)[0] ?? "";
  const of = typeof stage === "number" ? `stage ${String(stage)}` : `stage ${code(stage)}`;
  const lines = [
    `**${prose(keyword.toUpperCase())}** in ${of}, ${COST[cost]}`,
    "",
    `Its cache key holds ${codeList(key, MOST_PARTS)}.`,
    "",
  ];
  if (!built) lines.push("The image that is exported does not need this stage.");
  else if (reruns.length === 0) lines.push("Neither a change of the source nor of a lockfile re-runs it.");
  else
    lines.push(
      "Re-run by",
      ...reruns.map((rerun) => {
        const maybe = rerun.certain ? "" : ", if that comes out different";
        return `- ${prose(lowered(subjectOf(rerun.change)))}: ${prose(reasonFor(rerun, step))}${maybe}`;
      }),
    );
  return lines.join("\n");
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
