/** One step of a build: an instruction of a stage, what it does and what its cache key rests on. */
import type { Instruction } from "../../syntax/nodes.js";
import type { Install } from "../ecosystems/install.js";
import type { Effects } from "../effects/effects.js";
import type { RunScript } from "../shell/command.js";
import type { Cost, Volatility } from "../shell/commands/model.js";
import type { Stage } from "../stages.js";
import type { ContentEdge, Copied } from "./copied.js";
import type { State } from "./state.js";

/** What a step does; worked out when first asked for, since a RUN has to be read for it. */
export interface Work {
  readonly cost: Cost;
  readonly volatility: Volatility;
  /** For proofs: all that it may read and write. */
  readonly effects: Effects;
  /** For messages: the files in the image that it is about, perhaps with `*`; null for any file. */
  readonly inputs: readonly string[] | null;
  /** The commands of a RUN; null for other instructions. */
  readonly script: RunScript | null;
  /** What its commands install, fetch and build, in order. */
  readonly installs: readonly Install[];
}

export interface Step {
  /** 0-based, over all steps of the file; a step stands behind all that it rests on. */
  readonly index: number;
  readonly stage: Stage;
  readonly instruction: Instruction;
  /** True for an instruction that an ONBUILD of the stage's base brings; its text stands there. */
  readonly triggered: boolean;
  /** What holds before it. */
  readonly state: State;
  /**
   * `layer`: has a cache key and a result of its own. `link`: the same, but its key does not rest on the step before.
   * `setting`: changes what later keys hold. `metadata`: in no key. `base`: FROM.
   */
  readonly kind: "base" | "layer" | "link" | "setting" | "metadata";
  /** The layer, or base, that it stands on; null for a FROM of an image. */
  readonly parent: Step | null;
  /** Digest of its own part of the key: its text, environment, user, folder and what content it names. Worked out when first asked for. */
  readonly own: string;
  /** What it takes from the context, other stages and images. */
  readonly content: readonly ContentEdge[];
  /** For COPY and ADD. */
  readonly copied: Copied | null;
  readonly work: Work;
}
