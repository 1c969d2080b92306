/** The facts of one file, each computed once and only when asked for. */
import type { Catalog } from "../catalog.js";
import type { Policy } from "../policy/policy.js";
import type { DockerfileSource } from "../syntax/source.js";
import { imagesOf, type ImageUse } from "./images.js";
import { labelsOf, type Label } from "./labels.js";
import { globalScope, type GlobalScope } from "./scopes.js";
import { stagesOf, type Stage } from "./stages.js";
import { waiversOf, type Waivers } from "./waivers.js";

/** What the facts rest on besides the text. */
export interface FactInputs {
  readonly policy: Policy;
  readonly catalog: Catalog;
  /** Today, YYYY-MM-DD, UTC. */
  readonly today: string;
  /** `--target`; null for the last stage. */
  readonly target: string | null;
  /** `--build-arg`; they come before the policy's `args`. */
  readonly buildArgs: Readonly<Record<string, string>>;
  /** `--build-context`; they come before the policy's `contexts`. */
  readonly contexts: Readonly<Record<string, string>>;
  /** Names of all rules that there are, for comments that name one. */
  readonly ruleNames: readonly string[];
}

export interface Facts {
  readonly inputs: FactInputs;
  readonly globals: GlobalScope;
  readonly stages: readonly Stage[];
  readonly images: readonly ImageUse[];
  readonly waivers: Waivers;
  /** Labels of the exported image that this file sets, by name. */
  readonly labels: ReadonlyMap<string, Label>;
}

/** A source with its facts: what rules see as `context.sourceCode`. */
export interface LintSource extends DockerfileSource {
  readonly facts: Facts;
}

/** Binds a source to what its facts rest on; nothing is computed yet. */
export function withFacts(source: DockerfileSource, inputs: FactInputs): LintSource {
  const { ast, escape } = source;
  const globals = once(() => globalScope(ast, inputs, escape));
  const stages = once(() => stagesOf(ast, globals(), inputs, escape));
  const images = once(() => imagesOf(ast, stages(), inputs, source));
  const waivers = once(() => waiversOf(ast, stages(), inputs.today, source));
  const labels = once(() => labelsOf(stages(), globals(), inputs, escape));
  const facts: Facts = {
    inputs,
    get globals() {
      return globals();
    },
    get stages() {
      return stages();
    },
    get images() {
      return images();
    },
    get waivers() {
      return waivers();
    },
    get labels() {
      return labels();
    },
  };
  // Copied with its getters: what they compute stays uncomputed.
  return Object.defineProperties({ facts }, Object.getOwnPropertyDescriptors(source)) as LintSource;
}

function once<Value>(compute: () => Value): () => Value {
  let known: { value: Value } | null = null;
  return () => (known ??= { value: compute() }).value;
}
