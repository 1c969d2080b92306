/** Installs that also need the source: how they are split in two, in words. */
import type { Install } from "../ecosystems/install.js";

const SPLIT: Readonly<Record<string, string>> = {
  poetry: "`poetry install --no-root` with pyproject.toml and poetry.lock alone, then the source and `poetry install`",
  uv: "`uv sync --no-install-project` with pyproject.toml and uv.lock alone, then the source and `uv sync`",
  composer:
    "`composer install --no-scripts --no-autoloader` with composer.json and composer.lock alone, then the source and `composer dump-autoload`",
};

/** The two steps to write instead; null where the install needs none of the source, or cannot be split. */
export function splitOf({ readsSource, ecosystem }: Install): string | null {
  return readsSource || ecosystem.name === "composer" ? (SPLIT[ecosystem.name] ?? null) : null;
}
