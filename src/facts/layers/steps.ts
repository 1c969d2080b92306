/** The build as a graph: the steps of all stages, each with the step that it stands on and the content that it takes. */
import type { CommandInstruction, Instruction, OnbuildInstruction } from "../../syntax/nodes.js";
import type { DockerfileSource } from "../../syntax/source.js";
import type { Facts } from "../facts.js";
import type { ImageUse } from "../images.js";
import { DEFAULT_SHELL, isWindowsImage } from "../shell/dialect.js";
import type { ShellParser } from "../shell/parser.js";
import type { Stage } from "../stages.js";
import { changesBase, declare, OTHER, SAME_BUILD, type Variation } from "./arguments.js";
import { copiedBy, type Copied } from "./copied.js";
import { digest } from "./digest.js";
import { assign, emptyEnvironment, environmentKey } from "./environment.js";
import { exposureOf } from "./exposure.js";
import { mountsOf, type Mount } from "./mounted.js";
import { enter, textOf, type State } from "./state.js";
import type { Step } from "./step.js";
import { workOf } from "./work.js";

/** What the steps rest on. */
export interface LayerInputs {
  readonly source: Pick<DockerfileSource, "text" | "escape">;
  readonly facts: Pick<Facts, "stages" | "images" | "globals" | "inputs">;
  /** Null leaves every RUN unread: it may read and write anything. */
  readonly shell: ShellParser | null;
}

/** ONBUILD instructions that are carried into other stages of the file, all together. */
const MOST_TRIGGERED = 10_000;

/** Where a stage ends: what holds there, and the layer that a stage built FROM it stands on. */
interface End {
  readonly state: State;
  readonly step: Step;
}

/**
 * The steps in the order of the file; what an ONBUILD of a stage's base brings comes before the stage's own
 * (dockerfile2llb, initOnBuildTriggers). With `other` they are those of a build that differs in that.
 */
export function stepsOf(inputs: LayerInputs, other: Variation = SAME_BUILD): readonly Step[] {
  const { facts, source } = inputs;
  const { escape } = source;
  const steps: Step[] = [];
  const ends: End[] = [];
  const uses = usesByNode(facts.images);
  const triggersOf = triggers();
  let triggered = 0;

  const add = (draft: StepDraft, ownKey: () => string, mounts: readonly Mount[] = []): Step => {
    const step = new LazyStep(steps.length, draft, ownKey, mounts, inputs);
    steps.push(step);
    return step;
  };

  for (const stage of facts.stages) {
    const base = stage.base ? (ends[stage.base.index] ?? null) : null;
    let state = base?.state ?? firstState(stage, escape);
    const from = { stage, instruction: stage.from, triggered: false, state, content: [], copied: null };
    let head = add({ ...from, kind: "base", parent: base?.step ?? null }, () => (base ? "" : baseKey(stage, other)));
    const run = (instruction: Instruction, node: Instruction, isTriggered: boolean): void => {
      const found = layerOf(instruction, state, uses.get(node) ?? [], escape);
      if (!found) {
        const next = settled(instruction, state, inputs, other);
        const kind = next === state ? "metadata" : "setting";
        add(
          { stage, instruction, triggered: isTriggered, state, kind, parent: head, content: [], copied: null },
          noKey,
        );
        state = next;
        return;
      }
      const { mounts, copied, kind, next } = found;
      const own = (): string => (other.instructions.has(instruction) ? found.own() + OTHER : found.own());
      const content = copied?.content ?? mounts.flatMap((mount) => (mount.content ? [mount.content] : []));
      const draft = { stage, instruction, triggered: isTriggered, state, kind, parent: head, content, copied };
      head = add(draft, own, mounts);
      const exposure = copied ? exposureOf(copied, (from) => ends[from.index]?.state.exposure ?? 0) : 0;
      state = exposure > next.exposure ? { ...next, exposure } : next;
    };
    for (const instruction of stage.base ? triggersOf(stage.base) : []) {
      if (!instruction.instruction || ++triggered > MOST_TRIGGERED) break;
      run(instruction.instruction, instruction, true);
    }
    for (const instruction of stage.instructions) run(instruction, instruction, false);
    ends.push({ state, step: head });
  }
  return steps;
}

type StepDraft = Omit<Step, "index" | "work" | "own">;

/** A class, as a file has thousands of steps: objects with getters of their own are slow to make. */
class LazyStep implements Step {
  readonly index: number;
  readonly stage: Step["stage"];
  readonly instruction: Instruction;
  readonly triggered: boolean;
  readonly state: State;
  readonly kind: Step["kind"];
  readonly parent: Step | null;
  readonly content: Step["content"];
  readonly copied: Copied | null;
  readonly #ownKey: () => string;
  readonly #mounts: readonly Mount[];
  readonly #inputs: LayerInputs;
  #own: string | null = null;
  #work: Step["work"] | null = null;

  constructor(index: number, draft: StepDraft, ownKey: () => string, mounts: readonly Mount[], inputs: LayerInputs) {
    this.index = index;
    this.stage = draft.stage;
    this.instruction = draft.instruction;
    this.triggered = draft.triggered;
    this.state = draft.state;
    this.kind = draft.kind;
    this.parent = draft.parent;
    this.content = draft.content;
    this.copied = draft.copied;
    this.#ownKey = ownKey;
    this.#mounts = mounts;
    this.#inputs = inputs;
  }

  get own(): string {
    return (this.#own ??= this.#ownKey());
  }

  get work(): Step["work"] {
    return (this.#work ??= workOf(this, this.#mounts, this.#inputs));
  }
}

const noKey = (): string => "";

/** A step with a key of its own; null for an instruction that has none. */
interface Layer {
  readonly kind: "layer" | "link";
  readonly own: () => string;
  readonly mounts: readonly Mount[];
  readonly copied: Copied | null;
  /** What holds behind it. */
  readonly next: State;
}

function layerOf(instruction: Instruction, state: State, uses: readonly ImageUse[], escape: string): Layer | null {
  switch (instruction.type) {
    case "Run": {
      const mounts = mountsOf(instruction, state, uses, escape);
      return { kind: "layer", own: () => runKey(instruction, state, mounts), mounts, copied: null, next: state };
    }
    case "Copy":
    case "Add": {
      const copied = copiedBy(instruction, state, uses[0] ?? null, escape);
      return { kind: copied.link ? "link" : "layer", own: copied.own, mounts: [], copied, next: state };
    }
    case "Workdir": {
      const path = instruction.words[0] ? textOf(instruction.words[0], state, escape) : null;
      const workdir = path ? enter(state.workdir, path) : state.workdir;
      if (workdir.path === "/") return null;
      // The folder is made, also where it is there already.
      return {
        kind: "layer",
        own: () => digest("mkdir", workdir.path, state.user ?? ""),
        mounts: [],
        copied: null,
        next: { ...state, workdir },
      };
    }
    default:
      return null;
  }
}

/** The state behind an instruction that makes no layer; the same one where it is not changed. */
function settled(instruction: Instruction, state: State, { facts, source }: LayerInputs, other: Variation): State {
  const { escape } = source;
  const isOther = other.instructions.has(instruction);
  switch (instruction.type) {
    case "Env": {
      // All values see what holds before the instruction.
      let { environment } = state;
      for (const { name, value } of instruction.pairs) {
        const key = textOf(name, state, escape).key;
        const text = value ? textOf(value, state, escape) : { text: "", key: "", known: "" };
        const entry = { name: key, value: text.text, key: text.key, known: text.known, source: "env" } as const;
        environment = assign(environment, isOther ? { ...entry, value: null, key: text.key + OTHER } : entry);
      }
      return { ...state, environment };
    }
    case "Arg": {
      let next = state;
      for (const pair of instruction.pairs) {
        const seen = isOther ? { ...other, argument: pair.name.text } : other;
        next = { ...next, environment: declare(pair, next, facts.inputs, facts.globals, seen, escape) };
      }
      return next;
    }
    case "User": {
      const user = instruction.words[0] ? textOf(instruction.words[0], state, escape).key : state.user;
      return { ...state, user: isOther ? `${user ?? ""}${OTHER}` : user };
    }
    case "Shell":
      return {
        ...state,
        shell: [...(instruction.exec?.map(({ text }) => text) ?? state.shell), ...(isOther ? [OTHER] : [])],
      };
    case "Workdir": {
      const path = instruction.words[0] ? textOf(instruction.words[0], state, escape) : null;
      const workdir = path ? enter(state.workdir, path) : state.workdir;
      return { ...state, workdir: isOther ? { path: `/${OTHER}`, known: false } : workdir };
    }
    default:
      return state;
  }
}

/** Shell form, exec form and heredocs as BuildKit hands them on; comments in continuations are gone already. */
function runKey(run: CommandInstruction, state: State, mounts: readonly Mount[]): string {
  const words = run.exec
    ? ["exec", ...run.exec.map(({ text }) => text)]
    : ["shell", ...state.shell, "\n", run.args?.text ?? ""];
  const bodies = run.heredocs.flatMap(({ name, content }) => [name, content]);
  const flags = run.flags
    .filter(({ name }) => name !== "mount")
    .flatMap(({ name, value }) => [name, value?.text ?? ""]);
  const keys = mounts.map(({ key }) => key).sort();
  return digest(
    "run",
    ...words,
    "\n",
    ...bodies,
    "\n",
    ...flags,
    "\n",
    ...keys,
    state.workdir.path,
    state.user ?? "",
    environmentKey(state.environment),
  );
}

function firstState(stage: Stage, escape: string): State {
  const image = stage.expansion?.text ?? "";
  const isScratch = image === "scratch" && stage.context === null;
  const platform = stage.from.flags.find(({ name }) => name === "platform")?.value?.text ?? "";
  return {
    environment: emptyEnvironment(),
    user: isScratch ? "root" : null,
    workdir: { path: "/", known: isScratch },
    shell: DEFAULT_SHELL,
    windows: escape === "`" || isWindowsImage(image) || platform.startsWith("windows"),
    exposure: 0,
  };
}

/** An image stands for its content: what its name points to is not in the file. */
function baseKey(stage: Stage, other: Variation): string {
  const { expansion, from, context } = stage;
  const platform = from.flags.find(({ name }) => name === "platform")?.value?.text ?? "";
  const image = (expansion?.unresolved.length ?? 0) > 0 ? (from.image?.text ?? "") : (expansion?.text ?? "");
  return digest("from", context ?? image, platform, changesBase(stage, other) ? OTHER : "");
}

/** The ONBUILD instructions of a stage, looked for once. */
function triggers(): (stage: Stage) => readonly OnbuildInstruction[] {
  const known = new Map<Stage, readonly OnbuildInstruction[]>();
  return (stage) => {
    let found = known.get(stage);
    if (!found) known.set(stage, (found = stage.instructions.filter((one) => one.type === "Onbuild")));
    return found;
  };
}

/** The images and stages that an instruction names, in order; those of an ONBUILD under the ONBUILD. */
function usesByNode(images: readonly ImageUse[]): ReadonlyMap<unknown, readonly ImageUse[]> {
  const found = new Map<unknown, ImageUse[]>();
  for (const use of images) {
    if (use.kind === "from" || use.kind === "syntax") continue;
    const list = found.get(use.node);
    if (list) list.push(use);
    else found.set(use.node, [use]);
  }
  return found;
}
