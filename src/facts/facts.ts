/** The facts of one file, each computed once and only when asked for. */
import type { Catalog } from "../catalog.js";
import { once } from "../once.js";
import type { Policy } from "../policy/policy.js";
import type { DockerfileSource } from "../syntax/source.js";
import { imagesOf, type ImageUse } from "./images.js";
import { labelsOf, type Label } from "./labels.js";
import { layersOf, type Layers } from "./layers/layers.js";
import type { Lock } from "./locked.js";
import { projectFiles, type BuildContext, type ProjectFiles } from "./project-files.js";
import type { RegistryFacts } from "./registry-facts.js";
import { globalScope, type GlobalScope } from "./scopes.js";
import type { ShellParser } from "./shell/parser.js";
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
  /** Reads the shell commands of RUN; without it every RUN counts as not understood. */
  readonly shell?: ShellParser | null;
  /** The build context, where there may be one to look into. */
  readonly context?: () => BuildContext | null;
  /** The lock file that holds; null where there is none. */
  readonly lock?: Lock | null;
  /** What registries were found to hold; null where nobody asked them. */
  readonly registry?: RegistryFacts | null;
}

export interface Facts {
  readonly inputs: FactInputs;
  readonly globals: GlobalScope;
  readonly stages: readonly Stage[];
  readonly images: readonly ImageUse[];
  readonly waivers: Waivers;
  /** Labels of the exported image that this file sets, by name. */
  readonly labels: ReadonlyMap<string, Label>;
  /** The build as steps, each with what its cache key rests on, and what it reads and writes. */
  readonly layers: Layers;
  /** The project's files; null where the build context is not known. */
  readonly files: ProjectFiles | null;
}

/** A source with its facts: what rules see as `context.sourceCode`. */
export interface LintSource extends DockerfileSource {
  /** @internal How it is worked out changes; what others may rest on is `analyse`. */
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
  const files = once(() => projectFiles(ast, inputs.context?.() ?? null));
  const layers = once(() => layersOf({ source, facts, shell: inputs.shell ?? null }));
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
    get layers() {
      return layers();
    },
    get files() {
      return files();
    },
  };
  // On top of the source, not a copy of it: what its getters compute stays uncomputed.
  return Object.create(source, { facts: { value: facts, enumerable: true } }) as LintSource;
}
