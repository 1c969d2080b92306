/** An exemption put into a policy file by an editor: everything else stays as it is. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { addExemption, policyWithExemption } from "../../src/policy/add-exemption.js";
import { loadPolicyText } from "../../src/policy/load.js";

const EXEMPTION = { rule: "no-latest", image: "node:latest", files: "web/Dockerfile", reason: "reason" };
const ITEM = (indent: string): string =>
  `${indent}- rule: no-latest\n${indent}  image: "node:latest"\n${indent}  files: "web/Dockerfile"\n${indent}  reason: "reason"\n`;
const FLOW = '{ "rule": "no-latest", "image": "node:latest", "files": "web/Dockerfile", "reason": "reason" }';

function added(text: string): string | null {
  const edit = addExemption(text, EXEMPTION);
  return edit && text.slice(0, edit.range[0]) + edit.text + text.slice(edit.range[1]);
}

describe("an exemption is put", () => {
  it.each([
    ["into an empty file", "", `exemptions:\n${ITEM("  ")}`],
    ["below nothing but comments", "# ours\n", `# ours\nexemptions:\n${ITEM("  ")}`],
    [
      "behind the other keys",
      "rules:\n  no-latest: warn # for now\n",
      `rules:\n  no-latest: warn # for now\nexemptions:\n${ITEM("  ")}`,
    ],
    ["behind a last line without an end", "builder: buildah", `builder: buildah\nexemptions:\n${ITEM("  ")}`],
    [
      "behind the last one, comments kept",
      "exemptions:\n  # old images\n  - rule: no-latest # a\n    reason: b # c\n\n# next\nbuilder: buildah\n",
      `exemptions:\n  # old images\n  - rule: no-latest # a\n    reason: b # c\n${ITEM("  ")}\n# next\nbuilder: buildah\n`,
    ],
    [
      "at the indentation of the list",
      "exemptions:\n- rule: no-latest\n  reason: |\n    two\n    lines\n",
      `exemptions:\n- rule: no-latest\n  reason: |\n    two\n    lines\n${ITEM("")}`,
    ],
    [
      "behind a key without a value",
      "exemptions: # none\nbuilder: buildah\n",
      `exemptions: # none\n${ITEM("  ")}builder: buildah\n`,
    ],
    ["into an empty list", "exemptions: []\n", `exemptions: [${FLOW}]\n`],
    [
      "into a list in brackets",
      "exemptions: [{ rule: stage-names, reason: a }] # b\n",
      `exemptions: [{ rule: stage-names, reason: a }, ${FLOW}] # b\n`,
    ],
    ["into JSON", '{\n  "builder": "buildah"\n}\n', `{\n  "builder": "buildah", "exemptions": [${FLOW}]\n}\n`],
    ["into empty JSON", "{}", `{"exemptions": [${FLOW}]}`],
    [
      "into JSON that has some",
      '{"exemptions":[{"rule":"stage-names","reason":"a"}]}',
      `{"exemptions":[{"rule":"stage-names","reason":"a"}, ${FLOW}]}`,
    ],
    ["in place of null", '{"exemptions": null}', `{"exemptions": [${FLOW}]}`],
    ["before the end of the document", "builder: buildah\n...\n", `builder: buildah\nexemptions:\n${ITEM("  ")}...\n`],
    [
      "with the line ends of the file",
      "builder: buildah\r\n",
      `builder: buildah\r\nexemptions:\n${ITEM("  ")}`.replace(/(?<!\r)\n/g, "\r\n"),
    ],
  ])("%s", (_title, text, expected) => {
    expect(added(text)).toBe(expected);
  });
});

it.each([
  ["no YAML", "a: [1\n"],
  ["a list", "- a\n"],
  ["exemptions of another kind", "exemptions: soon\n"],
  ["an alias, which two places share", "x: &x []\nexemptions: *x\n"],
  ["two documents", "a: 1\n---\nb: 2\n"],
])("nothing is put into %s", (_title, text) => {
  expect(added(text)).toBeNull();
});

it("a new file says it alone, and can be loaded", () => {
  const text = policyWithExemption({ ...EXEMPTION, image: null, files: null });
  expect(text).toBe('exemptions:\n  - rule: no-latest\n    reason: "reason"\n');
  expect(loadPolicyText("/project/fromlint.yaml", text).policy?.layers.at(-1)?.settings.exemptions).toHaveLength(1);
});

it("whatever the rest of a policy says, it is said still", () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string()),
    fc.dictionary(fc.string(), fc.string()),
  );
  const exemption = fc.record({ rule: fc.constant("no-latest"), reason: fc.string() });
  const policy = fc.record({ a: value, exemptions: fc.array(exemption), z: value }, { requiredKeys: [] });
  fc.assert(
    fc.property(policy, fc.constantFrom(2, 4), fc.boolean(), fc.string(), (data, indent, indentSeq, reason) => {
      const text = stringify(data, { indent, indentSeq });
      const edit = addExemption(text, { ...EXEMPTION, reason });
      // It says null rather than anything wrong; for what people's tools write it never has to.
      expect(edit).not.toBeNull();
    }),
  );
});
