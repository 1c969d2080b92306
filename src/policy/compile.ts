/** A policy file's data -> its layer's settings: patterns compiled, paths resolved, places kept. */
import { relative, resolve } from "node:path";
import { isDate } from "../facts/dates.js";
import { policyError, quoted, type PolicyError } from "./errors.js";
import type { FileSettings, Override } from "./layers.js";
import { compileGlob, type Compiled } from "./match.js";
import { LOCKED_WITH } from "./locks.js";
import type { Exemption, Origin, PolicyPlace } from "./policy.js";
import type { RawExemption, RawOverride, RawPolicy } from "./raw.js";
import type { PolicyText } from "./read.js";
import { compileSettings, imageAt } from "./settings.js";

/** What compiling needs besides the data. */
export interface CompileContext {
  readonly text: PolicyText;
  /** The folder that globs and relative paths start from. */
  readonly folder: string;
  readonly errors: PolicyError[];
}

/** The settings of one file. `data` fits the schema; what is wrong beyond it is added to `context.errors`. */
export function compileFile(data: RawPolicy, context: CompileContext): FileSettings {
  const { text, folder } = context;
  const settings = compileSettings(data, context);
  const origins = new Map<string, Origin>(settings.origins);
  const note = (key: string, container: object, name: string): void =>
    void origins.set(key, text.placeOfKey(container, name));
  for (const key of ["ignore", "context", "builder", "args", "contexts", "exemptions", "overrides"] as const) {
    if (data[key] !== undefined) note(key, data, key);
  }
  for (const key of ["args", "contexts"] as const) {
    const values = data[key] ?? {};
    for (const name of Object.keys(values)) note(`${key}/${name}`, values, name);
  }
  const locked = new Map((data.locked ?? []).map((rule, index) => [rule, text.placeOfValue(data.locked ?? [], index)]));
  for (const [rule, other] of Object.entries(LOCKED_WITH)) {
    const place = locked.get(other);
    if (place && !locked.has(rule)) locked.set(rule, place);
  }
  for (const [rule, place] of locked) origins.set(`locked/${rule}`, place);
  return {
    ...settings,
    origins,
    ...(data.ignore && { ignore: fileTest(data.ignore, data.ignore, context) }),
    ...(data.context !== undefined && { context: resolve(folder, data.context) }),
    ...(data.builder && { builder: data.builder }),
    ...(data.args && { args: new Map(Object.entries(data.args)) }),
    ...(data.contexts && { contexts: compileContexts(data.contexts, context) }),
    ...(data.exemptions && { exemptions: data.exemptions.map((each, index) => exemption(each, index, data, context)) }),
    ...(data.overrides && { overrides: data.overrides.map((each) => override(each, context)) }),
    ...(data.locked && { locked }),
  };
}

function exemption(raw: RawExemption, index: number, data: RawPolicy, context: CompileContext): Exemption {
  const { text, errors } = context;
  if (raw.reason.trim() === "") {
    errors.push(policyError(text.placeOfValue(raw, "reason"), "an exemption needs a `reason`; this one is empty"));
  }
  if (raw.until !== undefined && !isDate(raw.until)) {
    const message = `\`until\` must be a day that exists, written YYYY-MM-DD; ${quoted(raw.until)} is not`;
    errors.push(policyError(text.placeOfValue(raw, "until"), message));
  }
  return {
    rule: raw.rule,
    image: raw.image === undefined ? null : imageAt(raw, "image", context),
    files: raw.files === undefined ? null : filesTest(raw as { files: string | string[] }, context),
    globs: raw.files === undefined ? null : [raw.files].flat(),
    until: raw.until ?? null,
    reason: raw.reason,
    place: text.placeOfValue(data.exemptions ?? [], index),
  };
}

function override(raw: RawOverride, context: CompileContext): Override {
  return { settings: compileSettings(raw, context), matches: filesTest(raw, context) };
}

function filesTest(raw: { readonly files: string | string[] }, context: CompileContext): (file: string) => boolean {
  return typeof raw.files === "string"
    ? fileTest([raw.files], raw, context, "files")
    : fileTest(raw.files, raw.files, context);
}

/** Tests an absolute path against globs, which stand at `key` of a container, or at their own indices in it. */
function fileTest(
  globs: readonly string[],
  container: object,
  context: CompileContext,
  key?: string,
): (file: string) => boolean {
  const { text, folder, errors } = context;
  const tests = globs.flatMap((glob, index) => {
    const compiled: Compiled<(path: string) => boolean> = compileGlob(glob);
    if (compiled.problem === null) return [compiled.value];
    errors.push(policyError(text.placeOfValue(container, key ?? index), compiled.problem));
    return [];
  });
  return (file) => {
    const path = relative(folder, file).replaceAll("\\", "/");
    return tests.some((test) => test(path));
  };
}

/** Folders become absolute; URLs, `docker-image://…` and the like stay. */
function compileContexts(contexts: Record<string, string>, context: CompileContext): Map<string, string> {
  const { text, folder, errors } = context;
  const compiled = new Map<string, string>();
  for (const [name, value] of Object.entries(contexts)) {
    const place: PolicyPlace = text.placeOfValue(contexts, name);
    if (value === "")
      errors.push(policyError(place, `the build context ${quoted(name)} is empty; name a folder or a URL`));
    compiled.set(name, /^(?:[a-zA-Z][a-zA-Z0-9+.-]+:|git@)/.test(value) ? value : resolve(folder, value));
  }
  return compiled;
}
