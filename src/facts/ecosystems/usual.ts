/** What a project of each ecosystem usually has, for messages and suggestions where its files are not known. */
import type { EcosystemName } from "./ecosystem.js";

export interface Usual {
  /** What an install reads, in words. */
  readonly reads: string;
  /** Sources of a COPY that fit, whether the lockfile is there or not; none where more is needed than names tell. */
  readonly sources: readonly string[];
}

export const USUAL: Readonly<Record<EcosystemName, Usual>> = {
  npm: { reads: "package.json and package-lock.json", sources: ["package*.json"] },
  yarn: { reads: "package.json and yarn.lock", sources: ["package.json", "yarn.lock*"] },
  pnpm: { reads: "package.json and pnpm-lock.yaml", sources: ["package.json", "pnpm-*.yaml"] },
  bun: { reads: "package.json and bun.lock", sources: ["package.json", "bun.lock*"] },
  pip: { reads: "the requirements", sources: ["requirements*.txt"] },
  poetry: { reads: "pyproject.toml and poetry.lock", sources: ["pyproject.toml", "poetry.lock*"] },
  uv: { reads: "pyproject.toml and uv.lock", sources: ["pyproject.toml", "uv.lock*"] },
  pipenv: { reads: "Pipfile and Pipfile.lock", sources: ["Pipfile*"] },
  go: { reads: "go.mod and go.sum", sources: ["go.mod", "go.sum*"] },
  cargo: { reads: "Cargo.toml and Cargo.lock", sources: [] },
  maven: { reads: "pom.xml", sources: ["pom.xml"] },
  gradle: { reads: "the build scripts", sources: [] },
  dotnet: { reads: "the project files", sources: [] },
  bundler: { reads: "Gemfile and Gemfile.lock", sources: ["Gemfile*"] },
  composer: { reads: "composer.json and composer.lock", sources: ["composer.*"] },
  mix: { reads: "mix.exs and mix.lock", sources: ["mix.exs", "mix.lock*"] },
};
