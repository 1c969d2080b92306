/** Who owns a repository on its code host, from the address that git has for it. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { repositoryOf } from "./repository.js";

/** A configuration is short; what is longer is not read. */
const MOST_BYTES = 256 * 1024;

/**
 * `acme` for a folder (absolute path) of a repository whose `origin` is `git@github.com:Acme/shop.git` or
 * `https://github.com/Acme/shop`, in lower case, as registries have it. Null where that cannot be told.
 */
export function repositoryOwner(folder: string): string | null {
  const [, origin = ""] = /^[ \t]*\[remote "origin"\]([^[]*)/m.exec(gitConfig(repositoryOf(folder))) ?? [];
  const [, url = ""] = /^[ \t]*url[ \t]*=[ \t]*(\S+)[ \t]*$/m.exec(origin) ?? [];
  const [, owner = ""] =
    /^(?:[a-z+]+:\/\/(?:[^/@]+@)?[^/]+\/|[\w.-]+@[\w.-]+:)([\w-][\w.-]*)\/[^/]+\/?$/i.exec(url) ?? [];
  return owner === "" ? null : owner.toLowerCase();
}

function gitConfig(root: string): string {
  try {
    const file = join(root, ".git", "config");
    const stats = statSync(file);
    return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}
