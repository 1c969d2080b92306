import { defineRule, type Report, type Suggestion } from "../src/rule.js";
import type { Facts } from "../src/facts/facts.js";
import { namedRule } from "../src/facts/rule-names.js";
import type { WaivedRule } from "../src/facts/waivers.js";

export default defineRule({
  meta: {
    type: "suggestion",
    docs: {
      description: "Disable comments and exemptions that are expired, unused, misspelt, or against a locked rule.",
      reason:
        "A waiver that silences nothing today silences the next finding, which nobody has looked at. One with an `until` is " +
        "a promise with a date; from the day after, the finding counts again and this rule says what to delete. " +
        "`# fromlint-disable-next-line RULE[, RULE] [until=2027-01-31] [-- reason]` covers the next instruction, " +
        "`fromlint-disable-stage` the stage that it stands in, `fromlint-disable-file` the file. Exemptions of the policy " +
        "file are reported once a run, at their line there. Comments of hadolint and BuildKit are left alone.",
      category: "file",
      recommended: "warn",
      examples: {
        bad: [
          {
            title: "Expired",
            code: "# fromlint-disable-next-line no-latest until=2026-06-30 -- until the new runner is there\nFROM node:latest\n",
            date: "2026-07-01",
          },
          { title: "A rule that does not exist", code: "# fromlint-disable-next-line no-lastest\nFROM node:latest\n" },
          {
            title: "A rule that the policy locks",
            code: "# fromlint-disable-file no-latest\nFROM node:latest\n",
            policy: { locked: ["no-latest"] },
          },
          {
            title: "A rule that no comment silences",
            code: "# fromlint-disable-file valid-syntax\nFROM node:24.19.0\n",
          },
          { title: "No rule at all", code: "# fromlint-disable-next-line -- TODO\nFROM node:latest\n" },
          {
            title: "A date that does not exist",
            code: "# fromlint-disable-next-line no-latest until=31.1.2027\nFROM node:latest\n",
          },
          {
            title: "A comment that fromlint does not know",
            code: "# fromlint-disable-line no-latest\nFROM node:latest\n",
          },
        ],
        good: [
          {
            title: "In force, with an end and a reason",
            code: "# fromlint-disable-next-line no-latest until=2027-01-31 -- TEAM-123\nFROM node:latest\n",
            date: "2027-01-31",
          },
        ],
      },
    },
    hasSuggestions: true,
    messages: {
      expired:
        "This comment ended on {{date}} and silences nothing any more. Delete it, and fix what is reported instead.",
      unused:
        "`{{rule}}` has nothing to report here, so this comment would only hide a later finding. Delete `{{rule}}` from it.",
      unknownRule:
        "There is no rule `{{rule}}`, so this silences nothing. `fromlint --list-rules` lists the names; or delete it.",
      unknownRuleNear: "There is no rule `{{rule}}`, so this silences nothing. Did you mean `{{meant}}`?",
      locked:
        "`{{rule}}` is locked by the policy, so no comment silences it. Delete `{{rule}}` here; those who keep the policy can add an exemption there.",
      always:
        "`valid-syntax` reports what does not build; no comment silences it. Delete it here, and fix what it reports.",
      noRule: "This comment names no rule, so it silences nothing. Write `# {{comment}} RULE`, or delete it.",
      badDate:
        "`{{date}}` is not a date, so this comment silences nothing. Write the last day that it holds as `until=2027-01-31`.",
      unknownComment:
        "fromlint does not know the comment `{{comment}}`. Write fromlint-disable-next-line, fromlint-disable-stage or fromlint-disable-file, or delete it.",
      expiredExemption:
        "This exemption from `{{rule}}` for {{image}} ended on {{until}} (its reason: {{reason}}). Delete it, or give it a new `until` if it is still needed.",
      unusedExemption:
        "This exemption from `{{rule}}` for {{image}} matches nothing here (its reason: {{reason}}). Delete it: it would only hide a later finding.",
      correct: "Write `{{meant}}`",
    },
    schema: [],
    defaultOptions: [],
  },
  create: ({ sourceCode, report }) => ({
    Dockerfile() {
      const { facts } = sourceCode;
      const all = [...facts.waivers["next-line"], ...facts.waivers.stage, ...facts.waivers.file];
      for (const waiver of all) {
        if (waiver.tool !== "fromlint") continue;
        const { loc, problem } = waiver;
        if (problem) report({ loc, messageId: problem.code, data: problem.data });
        else if (waiver.expired) report({ loc, messageId: "expired", data: { date: waiver.until ?? "" } });
        else for (const rule of waiver.rules) reportRule(rule, facts, report);
      }
    },
  }),
});

function reportRule({ name, loc, range }: WaivedRule, facts: Facts, report: (report: Report) => void): void {
  const rule = namedRule(name, facts);
  if (rule.kind === "known") return;
  if (rule.kind !== "unknown") report({ loc, messageId: rule.kind, data: { rule: name } });
  else if (rule.meant === null) report({ loc, messageId: "unknownRule", data: { rule: name } });
  else {
    const { meant } = rule;
    const fix: Suggestion["fix"] = (fixer) => fixer.replaceTextRange([range[0], range[1]], meant);
    const suggest = [{ messageId: "correct", data: { meant }, fix }];
    report({ loc, messageId: "unknownRuleNear", data: { rule: name, meant }, suggest });
  }
}
