import { defineRule, type Fixer, type Edit } from "../src/rule.js";
import { platformFlag, type PlatformFlag } from "../src/facts/platform-flag.js";
import type { Stage } from "../src/facts/stages.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "A FROM that is tied to one platform, or that asks for the platform it gets anyway.",
      reason:
        "`FROM --platform=linux/amd64` gives an amd64 image on every machine: `docker build --platform linux/arm64` then " +
        "yields an image that says arm64 and holds amd64, or runs under emulation. Leave the flag out and pick the platform " +
        "when building; `$BUILDPLATFORM` is for stages that cross-compile. A stage that is for one platform says so in its " +
        "name. `$TARGETPLATFORM` is what every FROM gets, so the flag only hides that.",
      category: "bases",
      recommended: "warn",
      related: ["buildkit:FromPlatformFlagConstDisallowed", "buildkit:RedundantTargetPlatform", "hadolint:DL3029"],
      examples: {
        bad: [
          { title: "One platform for all", code: "FROM --platform=linux/amd64 node:24.19.0 AS build\n" },
          { title: "The platform that FROM takes anyway", code: "FROM --platform=$TARGETPLATFORM node:24.19.0\n" },
        ],
        good: [
          { title: "The platform of the build", code: "FROM node:24.19.0 AS build\n" },
          {
            title: "A stage that runs on the builder and cross-compiles",
            code: "FROM --platform=$BUILDPLATFORM golang:1.27.0 AS build\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build\n",
          },
          {
            title: "Stages that name their platform",
            code:
              "FROM --platform=linux/amd64 debian:12.15 AS tools-amd64\n" +
              "FROM --platform=linux/arm64 debian:12.15 AS tools-arm64\n" +
              "FROM tools-${TARGETARCH}\n",
          },
          {
            title: "A default that a build may override",
            code: "ARG P=linux/amd64\nFROM --platform=$P node:24.19.0\n",
          },
        ],
      },
    },
    fixable: "code",
    hasSuggestions: true,
    messages: {
      constant:
        "`--platform={{platform}}` ties this stage to {{platform}} whatever the build asks for. Leave it out, or, if that is meant, put {{name}} into the stage's name.",
      redundant: "`--platform={{platform}}` is what `FROM` does without the flag. Leave it out.",
      remove: "Leave `--platform={{platform}}` out",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      for (const stage of sourceCode.facts.stages) {
        const found = platformFlag(stage, sourceCode);
        if (!found) continue;
        const { flag, text, constant, isTarget } = found;
        const data = { platform: text, name: constant?.architecture ?? constant?.os ?? "" };
        const fix = (fixer: Fixer): Edit => removal(found, stage, sourceCode.text, fixer);
        if (isTarget) {
          report({ loc: flag.loc, messageId: "redundant", data, fix });
        } else if (constant && !isNamed(stage, constant)) {
          report({ loc: flag.loc, messageId: "constant", data, suggest: [{ messageId: "remove", data, fix }] });
        }
      }
    },
  }),
});

/** As BuildKit has it: the system or the architecture anywhere in the stage's name. */
function isNamed({ name }: Stage, { os, architecture }: NonNullable<PlatformFlag["constant"]>): boolean {
  return name !== null && (name.includes(os) || (architecture !== null && name.includes(architecture)));
}

/** The flag with the blanks behind it; a line break behind it stays. */
function removal({ flag }: PlatformFlag, { from }: Stage, text: string, fixer: Fixer): Edit {
  const [start, end] = flag.range;
  const next = from.image?.range[0] ?? end;
  const blanks = /^[\t ]*/.exec(text.slice(end, next))?.[0].length ?? 0;
  return fixer.removeRange([start, end + blanks]);
}
