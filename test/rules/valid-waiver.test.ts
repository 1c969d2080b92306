import rule from "../../rules/valid-waiver.js";
import { defineRule } from "../../src/rule.js";
import { testRule } from "./rule-test.js";

/** Stands in for the rule of that name: it reports every FROM of `latest`. */
const noLatest = defineRule({
  meta: {
    type: "problem",
    docs: { description: "", reason: "", category: "bases", recommended: "error", examples: { bad: [], good: [] } },
    messages: { latest: "latest" },
    schema: [],
    defaultOptions: [],
  },
  create: ({ report }) => ({
    From({ image }) {
      if (image?.text.endsWith(":latest")) report({ loc: image.loc, messageId: "latest" });
    },
  }),
});

const FROM = "FROM node:latest\n";

testRule(
  "valid-waiver",
  rule,
  {
    valid: [
      { name: "a comment in force that silences something", code: `# fromlint-disable-next-line no-latest\n${FROM}` },
      {
        name: "on its last day",
        code: `# fromlint-disable-next-line no-latest until=2027-01-31 -- TEAM-123\n${FROM}`,
        date: "2027-01-31",
      },
      { name: "for the stage", code: `FROM node:1\n${FROM}# fromlint-disable-stage no-latest\n` },
      { name: "for the file, from its end", code: `${FROM}# fromlint-disable-file no-latest\n` },
      {
        name: "hadolint's and BuildKit's comments, whatever they name",
        code: `# check=skip=Nonsense\n# hadolint ignore=DL9999\nFROM node:1\n`,
      },
      {
        name: "a comment that only mentions us",
        code: "# fromlint keeps an eye on this file\n# see fromlint-disable-file\nFROM node:1\n",
      },
    ],
    invalid: [
      {
        name: "expired the day before, at the comment",
        code: `# fromlint-disable-next-line no-latest until=2026-06-30 -- soon\n${FROM}`,
        date: "2026-07-01",
        errors: [
          {
            messageId: "expired",
            message:
              "This comment ended on 2026-06-30 and silences nothing any more. Delete it, and fix what is reported instead.",
            line: 1,
            column: 1,
            endColumn: 64,
          },
        ],
      },
      {
        name: "in force and with nothing to silence, at the rule's name",
        code: "# fromlint-disable-next-line no-latest\nFROM node:1\n",
        errors: [
          {
            messageId: "unused",
            message: /^`no-latest` has nothing to report here/,
            line: 1,
            column: 30,
            endColumn: 39,
          },
        ],
      },
      {
        name: "twice over the same finding: the wider one is not needed",
        code: `# fromlint-disable-file no-latest\n# fromlint-disable-next-line no-latest\n${FROM}`,
        errors: [{ messageId: "unused", line: 1 }],
      },
      {
        name: "a rule with a slip, which is put right",
        code: `# fromlint-disable-next-line no-lastest\n${FROM}`,
        errors: [
          {
            messageId: "unknownRuleNear",
            message: "There is no rule `no-lastest`, so this silences nothing. Did you mean `no-latest`?",
            column: 30,
            endColumn: 40,
            suggestions: [`# fromlint-disable-next-line no-latest\n${FROM}`],
          },
        ],
      },
      {
        name: "a rule that is near to none",
        code: "# fromlint-disable-file something\nFROM node:1\n",
        errors: [{ messageId: "unknownRule", message: /`something`/ }],
      },
      {
        name: "of several rules only the wrong ones",
        code: `# fromlint-disable-next-line no-latest, something, no-tag -- why\n${FROM}`,
        errors: [
          { messageId: "unknownRule", column: 41 },
          { messageId: "unknownRule", column: 52 },
        ],
      },
      {
        name: "a rule that the policy locks",
        code: `# fromlint-disable-next-line no-latest\n${FROM}`,
        policy: { locked: ["no-latest"] },
        errors: [{ messageId: "locked", message: /^`no-latest` is locked by the policy/, line: 1, column: 30 }],
      },
      {
        name: "no rule",
        code: `# fromlint-disable-next-line -- later\n${FROM}`,
        errors: [{ messageId: "noRule", message: /Write `# fromlint-disable-next-line RULE`/ }],
      },
      {
        name: "a date that is none",
        code: `# fromlint-disable-next-line no-latest until=2026-02-30\n${FROM}`,
        errors: [{ messageId: "badDate", message: /^`2026-02-30` is not a date/ }],
      },
      {
        name: "a comment of another name",
        code: `# fromlint-disable-line no-latest\n${FROM}`,
        errors: [{ messageId: "unknownComment", message: /`fromlint-disable-line`/ }],
      },
      {
        name: "a comment with a slip",
        code: `# fromlint-disabel-file no-latest\n${FROM}`,
        errors: [{ messageId: "unknownComment", message: /`fromlint-disabel-file`/ }],
      },
    ],
  },
  { "no-latest": noLatest },
);

testRule(
  "valid-waiver",
  rule,
  {
    valid: [{ name: "no comment", code: "RUNN true\n" }],
    invalid: [
      {
        name: "a comment against valid-syntax",
        code: "# fromlint-disable-file valid-syntax\nRUNN true\n",
        errors: [{ messageId: "always", message: /^`valid-syntax` reports what does not build/ }],
      },
    ],
  },
  { "valid-syntax": noLatest },
);
