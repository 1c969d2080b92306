/** The tags of a repository (distribution-spec, "Listing Tags"): page by page, as far as a Link leads. */
import { found, unknown, type Answer } from "./answer.js";
import { failure, isFailure } from "./failure.js";
import { own, parseObject } from "./json.js";
import { statusFailure, type Questioner } from "./manifest.js";
import type { Question } from "./ask.js";

/** What most registries give at most. */
const PAGE = 1000;
export const TAG = /^\w[\w.-]{0,127}$/;

/** All tags, in the registry's order, each once. An emptied repository has none. */
export async function askTags(
  { ask, limits, signal }: Questioner,
  { registry, repository }: { readonly registry: string; readonly repository: string },
): Promise<Answer<readonly string[]>> {
  const tags = new Set<string>();
  const seen = new Set<string>();
  let path: Question["path"] = `tags/list?n=${String(PAGE)}`;
  for (let page = 0; page < limits.pages; page++) {
    const question = {
      method: "GET",
      repository,
      path,
      accept: "application/json",
      mostBytes: limits.tagsBytes,
    } as const;
    const asked = await ask({ ...question, signal });
    if (isFailure(asked)) return unknown(asked);
    const { status, body, headers } = asked.response;
    if (status === 400 && page === 0 && path !== "tags/list") {
      // Some let a page be no longer than they like.
      path = "tags/list";
      continue;
    }
    if (status === 404 && own(parseObject(body), "errors") !== undefined) return { status: "gone", what: "repository" };
    if (status !== 200) return unknown(statusFailure({ registry, repository }, status));
    const listed = own(parseObject(body), "tags");
    if (listed !== null && !Array.isArray(listed)) {
      return unknown(failure(`${registry} answers for ${repository} with something that is no list of tags`));
    }
    // What is no tag cannot be pulled, and may be anything.
    for (const tag of listed ?? []) if (typeof tag === "string" && TAG.test(tag)) tags.add(tag);
    if (tags.size > limits.tags) break;
    const link = nextLink(headers.link);
    if (link === null) return found([...tags]);
    if (seen.has(link)) return unknown(failure(`${registry} lists the tags of ${repository} in a circle`));
    seen.add(link);
    path = { next: link, base: asked.url };
  }
  return unknown(failure(`${registry} lists more tags of ${repository} than can be read`));
}

/** The target of `<…>; rel="next"` (RFC 8288); null without one. */
function nextLink(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header.join(", ") : (header ?? "");
  if (text.length > 8192) return null;
  for (const [, target = "", parameters = ""] of text.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*"?next\b/i.test(parameters)) return target;
  }
  return null;
}
