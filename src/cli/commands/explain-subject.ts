/** What `fromlint explain` was asked about: a rule or an image. */
import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { rules } from "../../../rules/index.js";
import type { Catalog } from "../../catalog.js";
import { interpolate } from "../../engine.js";
import { officialName, parseReference, type Reference } from "../../facts/reference.js";
import { isDockerfileName } from "../../files/dockerfile-names.js";
import { nearest } from "../../spelling.js";
import { RunError } from "../run-error.js";

export type Subject =
  | { readonly kind: "rules"; readonly names: readonly string[] }
  | { readonly kind: "image"; readonly reference: Reference; readonly text: string };

/**
 * A rule's name, bare or as ESLint has it (`fromlint/no-latest`), a code of hadolint or BuildKit that a rule stands for,
 * or the reference of an image. Throws RunError, with what to do, for anything else.
 */
export function subjectOf(text: string, catalog: Catalog, cwd: string): Subject {
  const names = Object.keys(rules);
  const bare = text.replace(/^fromlint\//, "");
  if (names.includes(bare)) return { kind: "rules", names: [bare] };
  const standing = rulesFor(text);
  if (standing.length > 0) return { kind: "rules", names: standing };
  const path = pathProblem(text, cwd);
  if (path !== null) throw new RunError(path);
  if (text === "scratch") {
    throw new RunError("scratch is no image: `FROM scratch` starts from nothing, so every policy lets it stand.");
  }
  const parsed = parseReference(text);
  if (!("reference" in parsed)) throw new RunError(noImage(text, parsed.problem, names));
  const { reference } = parsed;
  const meant = isKnown(reference, catalog) ? null : nearest(bare, names);
  if (meant !== null && !/[:@]/.test(text)) {
    const image = text.includes("/") ? "" : ` An image of that name is docker.io/library/${text}.`;
    throw new RunError(`There is no rule \`${bare}\`. Did you mean \`${meant}\`?${image}`);
  }
  return { kind: "image", reference, text };
}

/** Rules that stand for a code of another linter: `DL3006`, `hadolint:DL3006`, `UndefinedArgInFrom`. */
function rulesFor(code: string): string[] {
  if (!/^(?:hadolint:|buildkit:)?[A-Z]\w+$/.test(code)) return [];
  return Object.entries(rules).flatMap(([name, { meta }]) => {
    const codes = (meta.docs.related ?? []).flatMap((each) => [each, each.slice(each.indexOf(":") + 1)]);
    return codes.includes(code) ? [name] : [];
  });
}

function isKnown(reference: Reference, { official, retired }: Catalog): boolean {
  const name = officialName(reference);
  return name !== null && (official.has(name) || retired.has(name));
}

/** Why a path is no image, with the command for it; null for what is no file here. */
function pathProblem(text: string, cwd: string): string | null {
  const kind = kindOf(resolve(cwd, text));
  const isDockerfile = isDockerfileName(basename(text));
  if (kind === "file" || (isDockerfile && kind !== "folder")) {
    const what = isDockerfile ? "a Dockerfile" : "a file";
    return (
      `${text} is ${what}, not an image: \`fromlint ${text}\` lints it, \`fromlint bases ${text}\` lists its images, ` +
      "and `fromlint explain IMAGE` explains one of them."
    );
  }
  // A folder may have the name of an image; only a path that can be nothing else is meant as one.
  if (kind === "folder" && (/^[./]/.test(text) || text.endsWith("/") || text === "")) {
    return `${text} is a folder, not an image: \`fromlint bases ${text}\` lists the images that are used in it.`;
  }
  return null;
}

function kindOf(path: string): "file" | "folder" | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? (found.isDirectory() ? "folder" : "file") : null;
  } catch {
    return null;
  }
}

type Problem = Extract<ReturnType<typeof parseReference>, { problem: object }>["problem"];

function noImage(text: string, { code, data }: Problem, names: readonly string[]): string {
  if (text.includes("$")) {
    return `${text} rests on a variable, so it may be any image. Put the value in its place: fromlint explain node:22.`;
  }
  const rule = nearest(text, names);
  if (rule !== null) return `There is no rule \`${text}\`. Did you mean \`${rule}\`?`;
  const message = rules["valid-reference"]?.meta.messages[code] ?? "";
  return `${text} is neither a rule nor an image. ${interpolate(message, { ...data, raw: text })}`;
}
