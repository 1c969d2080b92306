import { defineRule, type Suggestion } from "../src/rule.js";
import type { ImageUse } from "../src/facts/images.js";
import { officialName } from "../src/facts/reference.js";
import type { Stage } from "../src/facts/stages.js";

/** BuildKit gives both another meaning (reservedStageNames). */
const RESERVED: ReadonlySet<string> = new Set(["scratch", "context"]);

export default defineRule({
  meta: {
    type: "problem",
    docs: {
      description: "Stage names that stand for something else: two stages, a reserved word, or an image.",
      reason:
        "BuildKit takes a second stage of the same name without a word, and every later `FROM` and `COPY --from` gets that " +
        "one. `scratch` and `context` already mean the empty image and the build context. And a stage hides the image of its " +
        "name: below `FROM golang:1.27.0 AS golang`, `FROM golang` is that stage with everything in it.",
      category: "bases",
      recommended: "error",
      related: ["buildkit:DuplicateStageName", "buildkit:ReservedStageName", "hadolint:DL3024"],
      examples: {
        bad: [
          {
            title: "Two stages of one name",
            code: "FROM debian:12.15 AS build\nRUN make\nFROM golang:1.27.0 AS build\nRUN go build\n",
          },
          { title: "Case makes no difference", code: "FROM debian:12.15 AS build\nFROM golang:1.27.0 AS Build\n" },
          { title: "A reserved name", code: "FROM alpine:3.24.1 AS scratch\n" },
          {
            title: "The stage, where the image was meant",
            code: "FROM golang:1.27.0 AS golang\nRUN go build -o /tool\nFROM golang\nCOPY --from=golang /tool /tool\n",
          },
        ],
        good: [
          { title: "Names of their own", code: "FROM debian:12.15 AS deb-build\nFROM golang:1.27.0 AS go-build\n" },
          {
            title: "The image by its tag, the stage by its name",
            code: "FROM golang:1.27.0 AS build\nRUN go build -o /tool\nFROM golang:1.27.0\nCOPY --from=build /tool /tool\n",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      duplicate:
        "There is a stage `{{name}}` already, on line {{line}}. Below here `{{name}}` means this one; give it a name of its own.",
      reserved:
        "`{{name}}` cannot name a stage: the word stands for {{meaning}}. Call the stage by what it does, e.g. `build`.",
      imageMeant:
        "This is the stage `{{name}}` of line {{line}}, not the image `{{name}}`. Write `{{image}}` for the image, or rename the stage so that readers need not guess.",
      useImage: "Write `{{image}}`, the image",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { stages, images } = sourceCode.facts;
      const first = new Map<string, Stage>();
      for (const stage of stages) {
        const { name, from } = stage;
        const loc = from.name?.loc;
        if (name === null || !loc) continue;
        if (RESERVED.has(name)) {
          report({
            loc,
            messageId: "reserved",
            data: { name, meaning: name === "scratch" ? "the empty image" : "the build context" },
          });
        }
        const earlier = first.get(name);
        if (earlier) {
          const { line } = earlier.from.loc.start;
          const related = [{ message: `The first stage \`${name}\``, loc: earlier.from.loc }];
          report({ loc, messageId: "duplicate", data: { name, line }, related });
        } else first.set(name, stage);
      }

      const builtOn = new Map<Stage, number>();
      for (const { kind, target } of images) {
        if (kind === "from" && target) builtOn.set(target, (builtOn.get(target) ?? 0) + 1);
      }
      const imageOf = new Map(images.flatMap((use) => (use.kind === "from" ? [[use.stage, use] as const] : [])));
      for (const use of images) {
        const { target, loc } = use;
        const base = use.kind === "from" && target ? imageOf.get(target) : undefined;
        const name = base && isNamedLikeImage(base) ? (target?.name ?? null) : null;
        // What several stages build on is there to be built on.
        if (!target || !base || name === null || (builtOn.get(target) ?? 0) > 1) continue;
        const data = { name, line: target.from.loc.start.line, image: base.raw };
        const related = [{ message: `The stage \`${name}\``, loc: target.from.loc }];
        report({ loc, messageId: "imageMeant", data, suggest: suggestionsFor(use, base), related });
      }
    },
  }),
});

/** `FROM golang:1.27.0 AS golang`; without a tag the stage is the image and more, so either may be meant. */
function isNamedLikeImage({ status, reference, stage }: ImageUse): boolean {
  if (status !== "external" || !reference || (reference.tag === null && reference.digest === null)) return false;
  return officialName(reference) === stage?.name;
}

/** The image as it is written above; where a variable makes the stage's name there is nothing to replace. */
function suggestionsFor({ raw, text, range }: ImageUse, base: ImageUse): Suggestion[] {
  if (raw !== text) return [];
  const fix: Suggestion["fix"] = (fixer) => fixer.replaceTextRange([range[0], range[1]], base.raw);
  return [{ messageId: "useImage", data: { image: base.raw }, fix }];
}
