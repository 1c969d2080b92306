/** Bundler, Composer and Mix. */
import type { Ecosystem } from "./ecosystem.js";

const BUNDLER: Ecosystem = {
  name: "bundler",
  title: "Bundler",
  programs: ["bundle", "bundler"],
  valued: ["--gemfile", "--jobs", "-j", "--path", "--without", "--with", "--retry"],
  folder: ["--gemfile"],
  listed: [],
  manifests: ["Gemfile", "*.gemspec", ".ruby-version", "gems.rb", ".bundle/", ".tool-versions"],
  lockfiles: ["Gemfile.lock", "gems.locked"],
  forms: [
    { words: ["install"], kind: "install", frozen: ["--frozen", "--deployment"], frozenForm: "--frozen" },
    { words: [], kind: "install", frozen: ["--frozen", "--deployment"], frozenForm: "install --frozen" },
    { words: ["add"], kind: "tool" },
  ],
  offline: ["--local"],
  caches: ["/usr/local/bundle/cache"],
  runsScripts: true,
  output: ["vendor", ".bundle"],
};

const COMPOSER: Ecosystem = {
  name: "composer",
  title: "Composer",
  programs: ["composer", "composer.phar"],
  valued: ["-d", "--working-dir", "--apcu-autoloader-prefix"],
  folder: ["-d", "--working-dir"],
  listed: [],
  manifests: ["composer.json", "auth.json"],
  lockfiles: ["composer.lock", "symfony.lock"],
  forms: [
    { words: ["global", "require"], kind: "tool" },
    { words: ["install|i"], kind: "install", frozen: true },
    { words: ["update|u|upgrade"], kind: "install", frozenForm: "composer install" },
    { words: ["require|r"], kind: "tool" },
  ],
  offline: [],
  caches: ["/tmp/cache", "/root/.composer/cache", "/root/.cache/composer"],
  scansSource: ["-o", "-a", "--optimize-autoloader", "--classmap-authoritative"],
  runsScripts: true,
  withoutScripts: ["--no-scripts"],
  output: ["vendor"],
};

const MIX: Ecosystem = {
  name: "mix",
  title: "Mix",
  programs: ["mix"],
  valued: ["--only"],
  folder: [],
  listed: [],
  manifests: ["mix.exs", "apps/*/mix.exs", "config/config.exs"],
  lockfiles: ["mix.lock"],
  forms: [
    { words: ["deps.get"], kind: "install", frozen: ["--check-locked"], frozenForm: "--check-locked" },
    { words: ["local.hex|local.rebar|archive.install"], kind: "tool" },
    { words: ["compile|release|phx.digest|deps.compile"], kind: "build", operands: "ignored" },
  ],
  offline: [],
  caches: ["/root/.hex", "/root/.cache/rebar3"],
  runsScripts: true,
  output: ["deps", "_build"],
};

export const INTERPRETED: readonly Ecosystem[] = [BUNDLER, COMPOSER, MIX];
