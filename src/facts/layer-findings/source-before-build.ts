/** Builds of compiled projects that fetch their dependencies on the way, behind a copy of the source. */
import type { EcosystemName } from "../ecosystems/ecosystem.js";
import { normalPath } from "../effects/paths.js";
import type { ProjectFiles } from "../project-files.js";
import { belowFolder, pathsInContext, type ContextCopy } from "./context-copies.js";
import { placedInstalls, type PlacedInstall } from "./dependency-installs.js";
import { entryOf } from "../layers/environment.js";
import type { Layers } from "../layers/layers.js";
import { bringsSource } from "./source-copies.js";

/** How dependencies are fetched by themselves, in words; Gradle has no task that only downloads (gradle/gradle#14051). */
export const FETCHES: Readonly<
  Partial<Record<EcosystemName, { readonly manifests: string; readonly command: string | null }>>
> = {
  go: { manifests: "go.mod and go.sum", command: "go mod download" },
  cargo: { manifests: "Cargo.toml and Cargo.lock", command: null },
  maven: { manifests: "pom.xml", command: "mvn dependency:go-offline" },
  gradle: { manifests: "the build scripts", command: null },
  dotnet: { manifests: "the project files", command: "dotnet restore" },
};

/** What runs or tests a project, rather than building it, is left alone. */
const BUILDS =
  /^(?:build|b|install|package|verify|compile|deploy|publish|pack|assemble|bootJar|jar|shadowJar|installDist|war)$/;

export interface SourceBeforeBuild extends PlacedInstall {
  readonly copy: ContextCopy;
}

export function sourceBeforeBuild(layers: Layers, files: ProjectFiles | null): readonly SourceBeforeBuild[] {
  return placedInstalls(layers).flatMap((placed) => {
    const { install, earlier, folder, mayBeMade, step, copies } = placed;
    const { ecosystem, command } = install;
    if (install.kind !== "build" || !FETCHES[ecosystem.name] || earlier || mayBeMade || install.offline) return [];
    if (
      folder === null ||
      !command.args.some(({ text }) => BUILDS.test((text ?? "").slice((text ?? "").lastIndexOf(":") + 1)))
    )
      return [];
    // Another stage may hand over what was fetched; a mount keeps it.
    if (step.content.length > 0 || keepsDownloads(placed) || takesFetched(placed, layers)) return [];
    const copy = copies.find((one) => belowFolder(folder, one.place) !== null && bringsSource(one, placed, files));
    return copy && hasDependencies(placed, folder, files) ? [{ ...placed, copy }] : [];
  });
}

/** True with a cache mount: where packages are kept, or anywhere that is not told. */
function keepsDownloads({ step }: PlacedInstall): boolean {
  return step.instruction.flags.some(
    ({ name, value }) => name === "mount" && /\btype=(?:cache|bind)\b/.test(value?.text ?? ""),
  );
}

/** True when the stage copies from another one or an image, or builds on a stage of this file: packages may come so. */
function takesFetched({ step }: PlacedInstall, { byStage }: Layers): boolean {
  const steps = byStage[step.stage.index] ?? [];
  return steps.some(
    ({ index, content }) =>
      index < step.index && content.some(({ from }) => from.kind === "stage" || from.kind === "image"),
  );
}

/** True when the project is known to have a manifest, and dependencies, as far as that tells from files. */
function hasDependencies(
  { install, copies, step }: PlacedInstall,
  folder: string,
  files: ProjectFiles | null,
): boolean {
  const { ecosystem, command } = install;
  const find = (name: string): string | null => {
    for (const copy of copies) {
      const paths = pathsInContext(copy, normalPath(folder, name), files);
      const path = paths.find((one) => files !== null || copy.sources.includes(one));
      if (path !== undefined) return path;
    }
    return null;
  };
  if (ecosystem.name === "go") {
    if (command.env.get("GO111MODULE") === "off" || entryOf(step.state.environment, "GO111MODULE")?.value === "off")
      return false;
    const manifest = find("go.mod");
    if (manifest === null) return false;
    return files === null || (find("vendor") === null && /\brequire\b/.test(files.read(manifest) ?? ""));
  }
  if (files === null) return true;
  if (ecosystem.name === "cargo") {
    const manifest = find("Cargo.toml");
    const text = manifest === null ? null : files.read(manifest);
    return text !== null && /^\[(?:[\w.-]*-)?dependencies|^\[workspace/m.test(text) && find("vendor") === null;
  }
  if (ecosystem.name === "maven") return find("pom.xml") !== null;
  if (ecosystem.name === "gradle")
    return find("build.gradle") !== null || find("build.gradle.kts") !== null || find("settings.gradle") !== null;
  return true;
}
