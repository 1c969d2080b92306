/** How often what a COPY or ADD brings changes. */
import { isAnyManifestSource } from "../ecosystems/manifests.js";
import { isGlob } from "../ecosystems/glob.js";
import { endingOf, endings } from "../endings.js";
import type { Volatility } from "../shell/commands/model.js";
import type { Stage } from "../stages.js";
import type { Copied } from "./copied.js";

/** Files that set a program up; they change less often than the code. */
const SETTINGS = endings(
  "conf cnf cfg ini env properties yaml yml toml json xml crt pem pub list repo service sh bash sql txt htm html css png svg ico",
);

/** Packages, keys and signatures, and archives whose name tells a version: another version has another name. */
const PACKAGES = /\.(?:deb|rpm|apk|whl|gem|gpg|asc|sig|key|sha\d+)$|\d+\.\d+.*\.(?:tar|t[gbx]z2?|gz|bz2|xz|zst|zip)$/i;

/** The same without an ending: `.editorconfig`, `.nvmrc`, `Makefile`, `LICENSE`; not `.git` and what builds leave. */
const SETTINGS_BY_NAME =
  /^(?:\.(?!(?:git|next|nuxt|output|svelte-kit|build)$)\w[\w-]*|makefile|justfile|[A-Z]\w*file|LICEN[CS]E|NOTICE|README|VERSION)(?:\.md|\.rst)?$/;

/** The volatility of its most volatile source. `exposure` tells that of what stands in another stage at its end. */
export function exposureOf({ content, sources }: Copied, exposure: (stage: Stage) => number): Volatility {
  let most = 0;
  for (const { from } of content) {
    if (from.kind === "stage") most = Math.max(most, exposure(from.stage));
    else if (from.kind === "image" || from.kind === "url") most = Math.max(most, 2);
    else if (from.kind === "inline") most = Math.max(most, 6);
  }
  if (content.some(({ from }) => from.kind === "context")) {
    for (const source of sources) most = Math.max(most, source === null ? 7 : volatilityOf(source));
  }
  return most as Volatility;
}

/** 4 for manifests and lockfiles, 6 for settings, scripts and packages, 7 for folders and all else. */
export function volatilityOf(source: string): 4 | 6 | 7 {
  if (isAnyManifestSource(source)) return 4;
  const name = source.slice(source.lastIndexOf("/") + 1);
  if (name === "" || name === "." || isGlob(name)) return 7;
  return SETTINGS.has(endingOf(name)) || SETTINGS_BY_NAME.test(name) || PACKAGES.test(name) ? 6 : 7;
}
