/** An ARG or ENV in words: its value, where that comes from, and which images rest on it. */
import { globalValue, valueOf, type Declaration, type DeclaredValue, type VariableUse } from "../../src/editor.js";
import { type LintSource } from "../../src/index.js";
import { code, codeList } from "./markdown.js";
import { placeText } from "./places.js";

/** For a declaration itself. */
export function declarationText(declaration: Declaration, source: LintSource): string {
  const { name, kind, pair } = declaration;
  const value = valueOf(declaration, source);
  const images = source.facts.images.filter(({ provenance }) => provenance.some((from) => from.pair === pair));
  const decided = images.map(({ text, raw }) => text ?? raw);
  const lines = [heading(kind.toUpperCase(), name, value), `- ${originOf(value, "its own line")}`];
  if (images.length > 0)
    lines.push(`- decides ${images.length === 1 ? "the image" : "the images"} ${codeList([...new Set(decided)])}`);
  return lines.join("\n");
}

/** For a place that uses one; null for a variable of which this file tells nothing. */
export function useText({ name, declaration, instruction }: VariableUse, source: LintSource): string | null {
  if (declaration) {
    const value = valueOf(declaration, source);
    const line = declaration.pair.loc.start.line;
    const kind = declaration.kind.toUpperCase();
    return `${heading(kind, name, value)}\n- ${originOf(value, `line ${String(line)}`)}`;
  }
  const isGlobal =
    instruction.type === "From" || source.facts.stages.every(({ from }) => from.range[0] > instruction.range[0]);
  const value = isGlobal ? globalValue(name, source) : null;
  if (value?.from === "none")
    return `${heading("ARG", name, value)}\n- no \`ARG\` before the first \`FROM\` declares it`;
  return value && `${heading("ARG", name, value)}\n- ${originOf(value, "")}`;
}

function heading(kind: string, name: string, { value }: DeclaredValue): string {
  const shown = value === "" ? "empty" : value === null ? "value not known" : code(value);
  return `**${kind}** ${code(name)}: ${shown}\n`;
}

/** `where`: how to name the declaration. */
function originOf({ from, place, value }: DeclaredValue, where: string): string {
  switch (from) {
    case "written":
      return value === null ? `written on ${where}, with a variable that has no value here` : `written on ${where}`;
    case "global":
      return "from the `ARG` of that name before the first `FROM`";
    case "build-arg":
      return "given with `--build-arg`";
    case "policy":
      return `given by \`args\` of the policy${place ? ` (${placeText(place)})` : ""}`;
    case "platform":
      return "set by BuildKit; another platform gives another value";
    case "none":
      return "nothing gives it a value: the build has to, with `--build-arg`";
  }
}
