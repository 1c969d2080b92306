/** A policy file and all that it extends -> layers, farthest first. */
import { realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { compileFile } from "./compile.js";
import { didYouMean, listed, pathFrom, policyError, quoted, type PolicyError } from "./errors.js";
import type { FileSettings, Layer } from "./layers.js";
import { PRESETS, type PolicyPlace, type PresetName } from "./policy.js";
import { presetLayer, type RuleSeverities } from "./presets.js";
import type { RawPolicy } from "./raw.js";
import { readPolicyFile, type PolicyText, type ReadResult } from "./read.js";
import { schemaErrors, type Validator } from "./validate.js";

/** Longer chains are refused. */
const MAX_CHAIN = 32;
/** What a package carries at its root. */
const PACKAGE_POLICY = "fromlint.yaml";
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** What the rules bring: the validator of their schema, and their severities in `recommended`. */
export interface KnownRules {
  readonly validate: Validator;
  readonly recommended: RuleSeverities;
}

/** What one load gathers. */
export interface Chain {
  readonly known: KnownRules;
  /** Where the globs of packages start: at the folder of the policy that holds. */
  readonly folder: string;
  readonly layers: Layer[];
  readonly files: string[];
  readonly errors: PolicyError[];
  /** By file without links, or by preset; null while it is being loaded, and for what could not be. */
  readonly byId: Map<string, Layer | null>;
}

/** A file to load. */
interface Source {
  /** Absolute; as the user sees it. */
  readonly file: string;
  /** Where its globs and relative paths start. */
  readonly folder: string;
  readonly inPackage: boolean;
}

/** Adds the file and all that it extends to `chain.layers`; `result` is what reading it gave. */
export function addFile(source: Source, result: ReadResult, chain: Chain, above: readonly string[]): Layer | null {
  const id = realPath(source.file);
  chain.byId.set(id, null);
  chain.files.push(source.file);
  if (result.text === null) {
    chain.errors.push(...result.errors);
    return null;
  }
  const { text } = result;
  const data = fittingData(text, chain);
  if (data === null) return null;
  const closure = new Set<Layer>();
  for (const { name, place } of extended(data, text)) {
    const layer = addExtended(name, place, source, chain, [...above, id]);
    for (const each of layer?.closure ?? []) closure.add(each);
  }
  const settings = compileFile(data, { text, folder: source.folder, errors: chain.errors });
  return add(id, { preset: null, file: source.file, settings, closure }, chain);
}

function add(
  id: string,
  layer: { preset: PresetName | null; file: string; settings: FileSettings; closure: Set<Layer> },
  chain: Chain,
): Layer {
  layer.closure.add(layer);
  chain.layers.push(layer);
  chain.byId.set(id, layer);
  return layer;
}

/** The data without the top-level keys in which something does not fit; null when it is no map at all. */
function fittingData(text: PolicyText, chain: Chain): RawPolicy | null {
  const { errors, keys } = schemaErrors(text, chain.known.validate);
  chain.errors.push(...errors);
  if (keys === null) return null;
  for (const key of keys) Reflect.deleteProperty(text.data as RawPolicy, key);
  return text.data as RawPolicy;
}

/** The entries of `extends`; the preset `recommended` where a file has no such key. */
function extended(data: RawPolicy, text: PolicyText): { readonly name: string; readonly place: PolicyPlace }[] {
  const names = data.extends;
  if (names === undefined) return [{ name: "recommended", place: text.placeOfRoot }];
  return names.map((name, index) => ({ name, place: text.placeOfValue(names, index) }));
}

function addExtended(
  name: string,
  place: PolicyPlace,
  from: Source,
  chain: Chain,
  above: readonly string[],
): Layer | null {
  const fail = (message: string): null => {
    chain.errors.push(policyError(place, message));
    return null;
  };
  const preset = PRESETS.find((each) => each === name);
  if (preset) return chain.byId.get(preset) ?? addPreset(preset, chain);
  const source = isPath(name) ? fileSource(name, from) : packageSource(name, from, chain);
  if ("missing" in source) return fail(source.missing);
  const id = realPath(source.file);
  if (above.includes(id)) return fail(`\`extends\` goes in a circle: ${circle(above, id, place.file)}`);
  const known = chain.byId.get(id);
  if (known !== undefined) return known;
  if (above.length >= MAX_CHAIN) return fail(`the chain of \`extends\` is longer than ${MAX_CHAIN} files`);
  return addFile(source, readPolicyFile(source.file), chain, above);
}

function addPreset(name: PresetName, chain: Chain): Layer {
  const layer = presetLayer(name, chain.known.recommended);
  chain.layers.push(layer);
  chain.byId.set(name, layer);
  return layer;
}

function isPath(name: string): boolean {
  return /^\.{0,2}\//.test(name) || /\.(?:yaml|yml|json)$/.test(name) || isAbsolute(name);
}

function fileSource(name: string, from: Source): Source | { readonly missing: string } {
  const file = resolve(dirname(from.file), name);
  const kind = kindOf(file);
  if (kind === "folder") return { missing: `${quoted(name)} is a folder; name the policy file in it` };
  if (kind === null) return { missing: `there is no file ${quoted(name)}` };
  return { file, folder: from.inPackage ? from.folder : dirname(file), inPackage: from.inPackage };
}

/** As Node resolves packages: `node_modules` of the folder that the file really lies in, then of those above. */
function packageSource(
  name: string,
  from: Source,
  chain: Pick<Chain, "folder">,
): Source | { readonly missing: string } {
  if (!PACKAGE_NAME.test(name)) {
    const near = didYouMean(name, PRESETS);
    return { missing: `${quoted(name)} is neither a preset (${listed(PRESETS)}), nor a file, nor a package${near}` };
  }
  for (let folder = dirname(realPath(from.file)); ; folder = dirname(folder)) {
    const root = join(folder, "node_modules", name);
    if (kindOf(root) === "folder") {
      const file = join(root, PACKAGE_POLICY);
      if (kindOf(file) === "file") return { file, folder: chain.folder, inPackage: true };
      return { missing: `the package ${quoted(name)} has no ${PACKAGE_POLICY} at its root` };
    }
    if (dirname(folder) === folder) break;
  }
  const near = didYouMean(name, PRESETS, "; install it, or begin a file's name with `./`");
  return { missing: `there is no preset and no installed package ${quoted(name)}${near}` };
}

/** The file that an entry of `extends` in `file` (absolute) means; null for a preset, and for what is not there. */
export function extendedFile(name: string, file: string): string | null {
  if (PRESETS.some((preset) => preset === name)) return null;
  const folder = dirname(file);
  const from = { file, folder, inPackage: false };
  const found = isPath(name) ? fileSource(name, from) : packageSource(name, from, { folder });
  return "missing" in found ? null : found.file;
}

function kindOf(path: string): "file" | "folder" | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? null : stats.isDirectory() ? "folder" : "file";
  } catch {
    // ENOTDIR, EACCES, ENAMETOOLONG: whatever it is, there is no policy to be had.
    return null;
  }
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** `a.yaml -> b.yaml -> a.yaml`, as seen from the file that closes the circle. */
function circle(above: readonly string[], id: string, file: string): string {
  const real = realPath(file);
  const files = [...above.slice(above.indexOf(id)), id];
  return files.map((each) => pathFrom(real, each)).join(" -> ");
}
