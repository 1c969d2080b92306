import { defineRule } from "../src/rule.js";
import { isToBeReplaced } from "../src/facts/approval.js";
import { endOfLife, type EndOfLife } from "../src/facts/end-of-life.js";
import { catalogued } from "../src/facts/exact-tags.js";
import type { FactInputs } from "../src/facts/facts.js";
import { judgeImages, type ImageFinding } from "../src/facts/judge-images.js";
import type { KnownImageUse } from "../src/facts/images.js";
import { isEnding } from "../src/facts/releases.js";
import { shown, withTag } from "../src/facts/written.js";

type Options = readonly [{ readonly warnDays: number; readonly extended: boolean }];

export default defineRule<Options>({
  meta: {
    type: "problem",
    docs: {
      description: "An image with a release past its end of life, or one that left the official set.",
      reason:
        "After its end of life a release gets no security fixes, and every image built on it carries the holes that are " +
        "found since. Both the product and the distribution below it count: `python:3.12-buster` is a supported Python on a " +
        "Debian that nobody updates. Free extended support (Debian LTS) keeps a release alive; paid support counts with " +
        "`extended`. Images that left the Docker Official Images stay where they are, and are rebuilt no more. The dates " +
        "come from the catalog; `--date` says which day is today.",
      category: "bases",
      recommended: "warn",
      examples: {
        bad: [
          { title: "A release past its end", code: "FROM node:16-alpine\n", date: "2026-11-21" },
          { title: "A living release on a dead distribution", code: "FROM python:3.12-buster\n", date: "2026-11-21" },
          { title: "An image that left the official set", code: "FROM centos:7\n", date: "2026-11-21" },
          {
            title: "A release that ends soon",
            code: "FROM python:3.10\n",
            options: [{ warnDays: 90 }],
            date: "2026-09-30",
          },
        ],
        good: [
          { title: "A living release", code: "FROM node:24.19.0-alpine\n", date: "2026-11-21" },
          { title: "Debian's long-term support is free", code: "FROM debian:12.15\n", date: "2026-11-21" },
          {
            title: "Paid support that the team has",
            code: "FROM ubuntu:20.04\n",
            options: [{ extended: true }],
            date: "2026-11-21",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      ended: "`{{image}}` holds {{of}}, {{state}} (catalog of {{asOf}}). Move to a release that is maintained.",
      endedNearest: "`{{image}}` holds {{of}}, {{state}} (catalog of {{asOf}}). Move to {{nearest}}.",
      endedTag: "`{{image}}` holds {{of}}, {{state}} (catalog of {{asOf}}). Use {{nearest}}: `{{wanted}}`.",
      retired:
        "`{{image}}`: {{of}} left the Docker Official Images on {{date}} (catalog of {{asOf}}) and is rebuilt no more. Move to " +
        "an image that is maintained.",
      retiredRelease:
        "`{{image}}`: {{of}} left the Docker Official Images on {{date}}, and {{release}} ended on {{ended}}: nothing is " +
        "fixed in it (catalog of {{asOf}}). Move to a maintained image.",
      useInstead: "Use `{{image}}`",
    },
    schema: [
      {
        type: "object",
        properties: {
          warnDays: {
            type: "integer",
            minimum: 0,
            description: "Report a release so many days before its end of life.",
          },
          extended: { type: "boolean", description: "Count paid extended support as support." },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ warnDays: 0, extended: false }],
  },
  create: (context) => judgeImages(context, (use, inputs) => judge(use, inputs, context.options[0])),
});

function judge(use: KnownImageUse, inputs: FactInputs, options: Options[0]): readonly ImageFinding[] {
  const { source } = catalogued(use.reference, inputs);
  const ending = endOfLife(source, inputs.catalog, inputs.today, options).filter(isEnding);
  const retired = ending.find(({ kind }) => kind === "retired");
  if (!retired) return ending.map((end) => ofRelease(use, end, inputs));
  const [release] = ending.filter(({ kind }) => kind === "product");
  const data = { image: shown(use), of: retired.of, date: retired.date ?? "", asOf: inputs.catalog.asOf.tags };
  if (!release?.date) return [{ use, messageId: "retired", data }];
  return [{ use, messageId: "retiredRelease", data: { ...data, release: release.of, ended: release.date } }];
}

function ofRelease(use: KnownImageUse, end: EndOfLife, inputs: FactInputs): ImageFinding {
  const { of, nearest, tag } = end;
  const data = { image: shown(use), of, state: stateOf(end), asOf: inputs.catalog.asOf.endOfLife };
  if (nearest === null) return { use, messageId: "ended", data };
  const wanted = tag === null || isToBeReplaced(use, inputs) ? null : withTag(use, tag);
  if (wanted === null) return { use, messageId: "endedNearest", data: { ...data, nearest } };
  return { use, messageId: "endedTag", data: { ...data, nearest, wanted }, instead: [wanted] };
}

function stateOf({ date, endsWithin }: EndOfLife): string {
  if (endsWithin === null) return `without fixes ${date === null ? "any more" : `since ${date}`}`;
  return `whose fixes end on ${date ?? "a day near"}, in ${endsWithin === 1 ? "one day" : `${endsWithin} days`}`;
}
