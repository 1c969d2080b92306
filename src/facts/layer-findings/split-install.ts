/** Installs that also need the source: how they are split in two, in words. */
import type { Install } from "../ecosystems/install.js";

const SPLIT: Readonly<Record<string, string>> = {
  poetry: "pyproject.toml and poetry.lock, install with `--no-root`, copy the rest and install that",
  uv: "pyproject.toml and uv.lock, sync with `--no-install-project`, copy the rest and sync again",
  composer: "composer.* first, add `--no-scripts --no-autoloader`, then the rest and `composer dump-autoload`",
};

/** What to copy and run in two steps instead; null where the install needs none of the source, or cannot be split. */
export function splitOf({ readsSource, ecosystem }: Install): string | null {
  return readsSource || ecosystem.name === "composer" ? (SPLIT[ecosystem.name] ?? null) : null;
}
