/** The edit that keeps the downloads of a build from one build to the next. */
import type { Edit } from "../../rule.js";
import type { EcosystemName } from "../ecosystems/ecosystem.js";
import type { LintSource } from "../facts.js";
import { repositoryName } from "../reference.js";
import { entryOf } from "../layers/environment.js";
import type { Layers } from "../layers/layers.js";
import { basesOf } from "../stages.js";
import type { SourceBeforeBuild } from "./source-before-build.js";

export interface CacheMount {
  readonly flag: string;
  readonly edit: Edit;
}

interface Downloads {
  /** Where they are kept, for root. */
  readonly folder: string;
  /** Images that have it so: their own ones, by repository. */
  readonly images: RegExp;
  /** Variables that put it elsewhere. */
  readonly moved: readonly string[];
  /** Programs that need the downloads when the image runs. */
  readonly runner: RegExp;
}

const JDK = "docker.io/library/(?:eclipse-temurin|openjdk|amazoncorretto|ibm-semeru-runtimes|sapmachine)";
const JVM = { runner: /\b(?:mvnw?|gradlew?)\b/ };

const DOWNLOADS: Readonly<Partial<Record<EcosystemName, readonly Downloads[]>>> = {
  go: [
    {
      folder: "/go/pkg/mod",
      images: /^docker\.io\/library\/golang$/,
      moved: ["GOPATH", "GOMODCACHE"],
      runner: /\bgo\b/,
    },
  ],
  cargo: [
    {
      folder: "/usr/local/cargo/registry",
      images: /^docker\.io\/library\/rust$/,
      moved: ["CARGO_HOME"],
      runner: /\bcargo\b/,
    },
  ],
  maven: [
    {
      ...JVM,
      folder: "/root/.m2/repository",
      images: new RegExp(`^(?:docker\\.io/library/maven|${JDK})$`),
      moved: ["MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_CONFIG"],
    },
  ],
  gradle: [
    {
      ...JVM,
      folder: "/home/gradle/.gradle",
      images: /^docker\.io\/library\/gradle$/,
      moved: ["GRADLE_USER_HOME", "GRADLE_OPTS"],
    },
    { ...JVM, folder: "/root/.gradle", images: new RegExp(`^${JDK}$`), moved: ["GRADLE_USER_HOME", "GRADLE_OPTS"] },
  ],
  dotnet: [
    {
      folder: "/root/.nuget/packages",
      images: /^mcr\.microsoft\.com\/dotnet\/(?:core\/)?sdk$/,
      moved: ["NUGET_PACKAGES"],
      runner: /\bdotnet["',\s]+(?:run|watch)\b/,
    },
  ],
};

/**
 * `--mount=type=cache,…` for the RUN of a build, where its image tells the folder; null where it does not, where a
 * later step of the stage or the image itself needs what is in it, and for builders without mounts.
 */
export function cacheMount(found: SourceBeforeBuild, layers: Layers, source: LintSource): CacheMount | null {
  const { step, install } = found;
  const { images, inputs } = source.facts;
  if (inputs.policy.builder === "legacy" || inputs.policy.builder === "kaniko" || step.state.windows) return null;
  let first = step.stage;
  while (first.base) first = first.base;
  const use = images.find(({ kind, node }) => kind === "from" && node === first.from);
  const name = use?.reference ? repositoryName(use.reference) : "";
  const known = DOWNLOADS[install.ecosystem.name]?.find((one) => one.images.test(name));
  if (!known || install.command.user !== null || !/^(?:root|0)?$/.test(step.state.user ?? "")) return null;
  const { environment } = step.state;
  const isMoved = [...known.moved, "HOME"].some((one) => entryOf(environment, one) ?? install.command.env.has(one));
  const isTold = install.command.args.some(({ prefix }) =>
    /maven\.repo\.local|^-g$|^--(?:gradle-user-home|packages)\b/.test(prefix),
  );
  if (isMoved || isTold || isNeededLater(found, known, layers)) return null;
  const flag = `--mount=type=cache,target=${known.folder}`;
  const [, end] = step.instruction.keyword.range;
  return { flag, edit: { range: [end, end], text: ` ${flag}` } };
}

/** What lies in a cache mount is gone behind its RUN. An image that does not say what it runs may be there to build. */
function isNeededLater({ step, install }: SourceBeforeBuild, { runner }: Downloads, { steps }: Layers): boolean {
  const behind = steps.filter(({ index, stage }) => {
    return index > step.index && (stage === step.stage || basesOf(stage).includes(step.stage));
  });
  if (behind.some(({ work }) => work.installs.some(({ ecosystem }) => ecosystem === install.ecosystem))) return true;
  const starts = behind.filter(({ instruction: { type } }) => type === "Cmd" || type === "Entrypoint");
  if (starts.some(({ instruction }) => runner.test(instruction.args?.text ?? ""))) return true;
  return step.stage.exported && starts.length === 0;
}
