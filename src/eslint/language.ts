/** The language `fromlint/dockerfile`: how ESLint reads a Dockerfile, and under which policy. */
import { forEachChild, parse as parseShell } from "unbash";
import { openCatalog, type Catalog } from "../catalog.js";
import { contextOf } from "../context/context-of.js";
import { withFacts } from "../facts/facts.js";
import type { Lock } from "../facts/locked.js";
import { inputsFor, sourceOf } from "../lint.js";
import type { LockError } from "../lock/load.js";
import type { PolicyError } from "../policy/errors.js";
import type { Policy } from "../policy/policy.js";
import type { DockerfileSource } from "../syntax/source.js";
import { lockFor } from "./locks.js";
import { eslintRules } from "./rules.js";
import { validateOptions, type DockerfileOptions } from "./options.js";
import { policyOf } from "./policies.js";
import { hosted, type HostedSource } from "./source-code.js";
import { utcDay } from "../today.js";

/** The part of ESLint's file that is read: text without its byte order mark. */
interface File {
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly bom: boolean;
}

interface Context {
  readonly languageOptions: DockerfileOptions;
}

interface Parsed {
  readonly ok: true;
  readonly ast: DockerfileSource["ast"];
  readonly source: DockerfileSource;
  readonly policy: Policy;
  readonly isIgnored: boolean;
  readonly lock: Lock | null;
}

interface NotParsed {
  readonly ok: false;
  readonly errors: readonly { readonly message: string; readonly line: number; readonly column: number }[];
}

/** ESLint's `Language`. Lines and columns are 1-based, as everywhere in fromlint. */
export const dockerfile = {
  fileType: "text",
  lineStart: 1,
  columnStart: 1,
  nodeTypeKey: "type",
  visitorKeys: { Dockerfile: ["instructions"], Onbuild: ["instruction"] },
  defaultLanguageOptions: {},
  validateLanguageOptions: validateOptions,

  /** Every text is a Dockerfile of a kind, with its faults as findings; a broken policy or lock is ESLint's parsing error. */
  parse({ path, body, bom }: File, { languageOptions }: Context): Parsed | NotParsed {
    const found = policyOf(path, languageOptions.policy?.file ?? null);
    if (found.errors !== null) return { ok: false, errors: found.errors.map(brokenPolicy) };
    const { policy, isIgnored } = found;
    const locked = isIgnored ? null : lockFor(path, policy);
    if (locked?.errors) return { ok: false, errors: locked.errors.map(brokenLock) };
    const text = typeof body === "string" ? body : new TextDecoder().decode(body);
    const source = sourceOf(bom ? `\ufeff${text}` : text);
    return { ok: true, ast: source.ast, source, policy, isIgnored, lock: locked?.lock ?? null };
  },

  createSourceCode(
    { path }: File,
    { source, policy, isIgnored, lock }: Parsed,
    { languageOptions }: Context,
  ): HostedSource {
    const { date, target, buildArgs, contexts, context } = languageOptions;
    const held = context === undefined ? policy : { ...policy, context };
    const inputs = inputsFor(held, {
      filePath: path,
      rules: eslintRules,
      policies: [held],
      catalog: (catalog ??= openCatalog()),
      today: date ?? utcDay(),
      target: target ?? null,
      buildArgs: buildArgs ?? {},
      contexts: contexts ?? {},
      shell: { parse: parseShell, forEachChild },
      contextFor: contextOf(path),
      lock,
    });
    return hosted(withFacts(source, inputs), { isIgnored, filePath: path });
  },
};

let catalog: Catalog | null = null;

function brokenPolicy({ file, line, column, message }: PolicyError): NotParsed["errors"][number] {
  const text = `The policy is broken, so this file is not linted: ${file}:${line}:${column}: ${message}`;
  return { message: text, line: 1, column: 1 };
}

function brokenLock({ file, line, message }: LockError): NotParsed["errors"][number] {
  return {
    message: `The lock file is broken, so this file is not linted: ${file}:${line}: ${message}`,
    line: 1,
    column: 1,
  };
}
