import { defineRule } from "../src/rule.js";
import { LABEL_KINDS, labelKinds, type LabelKind } from "../src/facts/label-kinds.js";
import { exportedStage } from "../src/facts/stages.js";

interface Options {
  readonly labels: Readonly<Record<string, LabelKind>>;
  readonly strict: boolean;
}

/** Longer values are cut in messages. */
const LONGEST_QUOTE = 60;

const ours = [
  { labels: { "org.opencontainers.image.authors": "email", "org.opencontainers.image.version": "semver" } },
];

export default defineRule<readonly [Options]>({
  meta: {
    type: "suggestion",
    docs: {
      description: "A label that the image lacks, or whose value is not of the kind that is asked for.",
      reason:
        "Labels say whose image this is, under which licence and from which source, long after the build: `docker inspect`, " +
        "registries and clean-up jobs read them. Only the labels that this file gives to the exported image count, with " +
        "those of the stages that it is built `FROM`; what a base image brings is not known here. Values with variables " +
        "that get theirs at build time are not judged, and of an SPDX expression only the form.",
      category: "bases",
      recommended: "off",
      related: [
        ...["hadolint:DL3049", "hadolint:DL3050", "hadolint:DL3051", "hadolint:DL3052", "hadolint:DL3053"],
        ...["hadolint:DL3054", "hadolint:DL3055", "hadolint:DL3056", "hadolint:DL3058"],
      ],
      examples: {
        bad: [
          {
            title: "A label is missing",
            code: 'FROM alpine:3.24.1\nLABEL org.opencontainers.image.version="1.2.3"\n',
            options: ours,
          },
          {
            title: "A value of another kind",
            code:
              "FROM alpine:3.24.1\nLABEL org.opencontainers.image.authors=platform-team\n" +
              'LABEL org.opencontainers.image.version="1.2"\n',
            options: ours,
          },
          {
            title: "Set in a stage that is not exported",
            code: "FROM golang:1.27.0 AS build\nLABEL owner=team@example.com\nFROM scratch\nCOPY --from=build /app /app\n",
            options: [{ labels: { owner: "email" } }],
          },
        ],
        good: [
          {
            title: "Both there, both of their kind",
            code:
              "FROM alpine:3.24.1\nLABEL org.opencontainers.image.authors=team@example.com \\\n" +
              '      org.opencontainers.image.version="1.2.3"\n',
            options: ours,
          },
          {
            title: "A version that the build passes in",
            code: "FROM alpine:3.24.1\nARG VERSION\nLABEL version=${VERSION}\n",
            options: [{ labels: { version: "semver" } }],
          },
        ],
      },
    },
    messages: {
      missing:
        '`{{name}}` is missing, and the policy wants it. Add `LABEL {{name}}="{{example}}"` to the last stage: {{expected}}.',
      empty: "The label `{{name}}` is empty; the policy asks for {{expected}}, such as `{{example}}`.",
      wrongKind: "`{{value}}` in the label `{{name}}` is not {{expected}}. Write it like `{{example}}`.",
      notAllowed:
        "The policy knows no label `{{name}}` and allows no others. Delete it, or add it to the options of `require-labels`.",
    },
    schema: [
      {
        type: "object",
        properties: {
          labels: {
            type: "object",
            description: "The labels that every exported image has, each with the kind of its value.",
            additionalProperties: { enum: [...LABEL_KINDS], description: "The kind of the value." },
          },
          strict: { type: "boolean", description: "True to report labels that `labels` does not list." },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ labels: {}, strict: false }],
  },
  create: ({ sourceCode, report, options: [{ labels: wanted, strict: isStrict }] }) => ({
    Dockerfile() {
      const { labels, stages } = sourceCode.facts;
      const exported = exportedStage(stages);
      // A named context in the stage's place brings labels of its own.
      if (exported?.context !== null) return;
      for (const [name, kind] of Object.entries(wanted)) {
        const { expected, example, fits } = labelKinds[kind];
        const label = labels.get(name);
        if (!label) {
          report({ loc: exported.from.loc, messageId: "missing", data: { name, expected, example } });
          continue;
        }
        const { value, pair } = label;
        if (value === null || fits(value)) continue;
        const quote = value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value;
        const loc = pair.value?.loc ?? pair.loc;
        const messageId = value.trim() === "" ? "empty" : "wrongKind";
        report({ loc, messageId, data: { name, expected, example, value: quote } });
      }
      if (!isStrict) return;
      for (const { name, pair } of labels.values()) {
        if (!Object.hasOwn(wanted, name)) report({ loc: pair.name.loc, messageId: "notAllowed", data: { name } });
      }
    },
  }),
});
