import { defineRule } from "../src/rule.js";
import type { FactInputs } from "../src/facts/facts.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { isListed } from "../src/facts/listed.js";
import { lookalikeOf } from "../src/facts/lookalike.js";
import { nameOf } from "../src/facts/written.js";
import { origin } from "../src/facts/trust.js";

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "A name on Docker Hub one slip away from an official image.",
      reason:
        "Anybody can register `ngnix`, and some do, to be pulled by those who meant `nginx`. The rule reports a name of five " +
        "letters or more that a swapped, dropped, doubled or neighbouring letter makes of an official image's, and an " +
        "official name under a namespace that is one slip from `library`. Names that the policy lists (golden, verified, " +
        "denied, replaced) are meant as they are.",
      category: "bases",
      recommended: "error",
      examples: {
        bad: [
          { title: "Two letters swapped", code: "FROM ngnix:1.31.4\n" },
          { title: "A letter dropped", code: "FROM postgrs:18.4\n" },
          { title: "A slip in the namespace", code: "FROM libary/redis:8.10.1\n" },
        ],
        good: [
          { title: "The official image", code: "FROM nginx:1.31.4\n" },
          { title: "A namespace of somebody's own", code: "FROM acme/ngnix:1.31.4\n" },
          {
            title: "A name that the policy lists",
            code: "FROM ngnix:1.31.4\n",
            policy: { bases: { verified: ["ngnix"] } },
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      lookalike:
        "`{{name}}` is one slip from the official `{{official}}`; such names trap typos. Use " +
        "`{{wanted}}` or list it under `bases: verified`.",
      useInstead: "Use `{{image}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: (context) => judgeImages(context, judge),
});

function judge(use: KnownImageUse, { policy, catalog }: FactInputs): ImageFinding | null {
  const source = origin(use.reference, policy.registries.mirrors, catalog);
  const meant = lookalikeOf(source, catalog);
  if (!meant || isListed(use.reference, policy) || isListed(source, policy)) return null;
  const { tag } = source;
  const wanted = corrected(nameOf(use), meant.name) + (tag === null ? "" : `:${tag}`);
  return { use, messageId: "lookalike", data: { name: nameOf(use), official: meant.name, wanted }, instead: [wanted] };
}

/** The name with its last part, and a namespace that is a slip of `library`, put right. */
function corrected(name: string, official: string): string {
  const parts = name.split("/");
  const namespace = parts.at(-1) === official ? -2 : -1;
  return parts.with(namespace, namespace === -1 ? official : "library").join("/");
}
