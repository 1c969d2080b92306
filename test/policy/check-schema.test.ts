/** Our reader of the policy's schema beside ajv, which knows all of JSON Schema. */
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { leanSchema } from "../../scripts/schema.js";
import { assertKnown, validatorOf } from "../../src/policy/check-schema.js";
import { readPolicyBytes } from "../../src/policy/read.js";
import { policySchema, type JsonSchema } from "../../src/policy/schema.js";
import { schemaErrors, type SchemaError, type Validator } from "../../src/policy/validate.js";
import { RULES } from "./known.js";

const options = { allErrors: true, verbose: true, strict: true, strictTypes: false, strictTuples: false } as const;

function ajvOf(schema: JsonSchema): Validator {
  return new Ajv(options).compile(schema) as Validator;
}

/** What is told to people. */
function told(data: unknown, validate: Validator): readonly string[] {
  const { text, errors } = readPolicyBytes("fromlint.json", Buffer.from(JSON.stringify(data, null, 1)));
  return (errors ?? schemaErrors(text, validate).errors).map((each) => JSON.stringify(each));
}

describe.each([
  ["all rules", policySchema(rules)],
  ["rules with options of every kind", policySchema(RULES)],
])("with %s", (_title, schema) => {
  const lean = leanSchema(schema);
  const [ours, theirs] = [validatorOf(lean), ajvOf(lean)];

  it("says of any data what ajv says", () => {
    let invalid = 0;
    fc.assert(
      fc.property(policies, (data) => {
        expect(told(data, ours)).toEqual(told(data, theirs));
        invalid += ours(data) ? 0 : 1;
        expect(ours(data)).toBe(theirs(data));
      }),
      { numRuns: 500 },
    );
    expect(invalid).toBeGreaterThan(100);
    expect(invalid).toBeLessThan(500);
  });
});

const leaf = fc.oneof(
  fc.constantFrom<unknown>(...["node", "", "major", "error", "final", "official", "recommended", "2026-12-31", "x/**"]),
  fc.constantFrom<unknown>(null, true, false, 0, 1, 2, 3.5, -1, [], {}),
);

/** Names that a policy has somewhere, one that is in none, and some that objects have by themselves. */
const name = fc.constantFrom(
  ...["extends", "bases", "golden", "image", "tags", "replaces", "verified", "allow", "final", "build", "pinning"],
  ...["require", "rules", "no-latest", "require-labels", "volatile-arg-late", "labels", "names", "after", "where"],
  ...["stage", "overrides", "files", "exemptions", "rule", "reason", "until", "locked", "registries", "mirrors"],
  ...["insecure", "args", "contexts", "builder", "ignore", "unknown", "constructor", "toString", "a/b~c"],
);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  ),
}));

const image = fc.oneof(fc.constantFrom("node", "x/**"), value);
const rule = fc.constantFrom("no-latest", "require-labels", "volatile-arg-late", "no-such-rule");
const setting = fc.oneof(fc.constantFrom("error", "warn", 2), fc.array(value, { maxLength: 3 }), value);

/** Mostly of the form of a policy, so that not only the first key is wrong. */
const policies = fc.oneof(
  value,
  fc.record(
    {
      extends: fc.oneof(fc.constant(["recommended"]), value),
      bases: fc.record({ golden: fc.array(fc.record({ image, tags: value }, { requiredKeys: [] })), allow: value }),
      pinning: fc.array(fc.record({ image, require: fc.constantFrom("major", "mayor", 1) }, { requiredKeys: [] })),
      exemptions: fc.array(fc.record({ rule, image, reason: leaf, until: leaf }, { requiredKeys: [] })),
      rules: fc.dictionary(rule, setting),
      overrides: fc.array(fc.record({ files: fc.array(image), rules: fc.dictionary(rule, setting) })),
      builder: fc.constantFrom("buildkit", "kaniko", "docker"),
    },
    { requiredKeys: [] },
  ),
);

/** Each keyword with data that fits and data that does not. */
const KEYWORDS: readonly [title: string, schema: JsonSchema, data: readonly unknown[]][] = [
  ["type", { type: "string" }, ["a", 1]],
  ["several types", { type: ["integer", "null"] }, [1, null, 1.5, "1", Infinity]],
  ["number", { type: "number" }, [1.5, "1"]],
  ["boolean", { type: "boolean" }, [false, 0]],
  ["enum", { enum: ["a", 1] }, ["a", 1, "1", null]],
  ["properties", { type: "object", properties: { a: { type: "string" } } }, [{ a: "x" }, { a: 1 }, { b: 1 }, []]],
  ["no more properties", { type: "object", additionalProperties: false }, [{}, { toString: 1, "a/b": 2 }]],
  ["other properties", { type: "object", additionalProperties: { type: "null" } }, [{ a: null }, { a: 1, "~": 2 }]],
  ["required", { type: "object", required: ["a", "b"] }, [{ a: 1, b: 1 }, {}]],
  ["items", { type: "array", items: { type: "string" } }, [["a"], ["a", 1, 2]]],
  ["items by place", { type: "array", items: [{ type: "string" }, { enum: [1] }] }, [["a", 1, 3], ["a", 2], [1]]],
  ["how many items", { type: "array", minItems: 1, maxItems: 2 }, [[], [1], [1, 2, 3]]],
  ["how long", { type: "string", minLength: 2 }, ["ab", "𝒳", ""]],
  ["how much", { type: "number", minimum: 1 }, [1, 0]],
  ["if", { if: { type: "array" }, then: { maxItems: 0 }, else: { type: "string" } }, [[], [1], "a", 1]],
  ["anyOf", { anyOf: [{ type: "string" }, { type: "integer" }] }, ["a", 1, 1.5]],
  ["oneOf", { oneOf: [{ type: "number" }, { type: "integer" }] }, [1.5, 1, "a"]],
  ["$ref", { $ref: "#/definitions/a", definitions: { a: { type: "string" } } }, ["a", 1]],
];

describe("each keyword", () => {
  it.each(KEYWORDS)("%s", (_title, schema, data) => {
    const [ours, theirs] = [
      validatorOf(schema),
      new Ajv({ ...options, allowUnionTypes: true, strictRequired: false }).compile(schema),
    ];
    for (const each of data) {
      expect(ours(each), JSON.stringify(each)).toBe(theirs(each));
      expect(essence(ours.errors)).toEqual(essence(theirs.errors as readonly SchemaError[] | null));
    }
    expect(new Set(data.map(ours)).size).toBe(2);
  });
});

/** Where an error is and what it is about; ajv has more to say of some, and its own order. */
function essence(errors: readonly SchemaError[] | null | undefined): readonly string[] {
  const kept = (errors ?? []).filter(({ keyword }) => keyword !== "if");
  return kept.map(({ instancePath, schemaPath, keyword }) => `${instancePath} ${schemaPath} ${keyword}`).sort();
}

describe("a keyword that is not known", () => {
  it.each<[string, JsonSchema]>([
    ["at the top", { pattern: "a" }],
    ["in a property", { properties: { a: { pattern: "a" } } }],
    ["in a branch", { anyOf: [{ pattern: "a" }] }],
    ["in a definition", { definitions: { a: { pattern: "a" } } }],
  ])("%s is refused when the schema is written", (_title, schema) => {
    expect(() => {
      assertKnown(schema);
    }).toThrow("check-schema.ts does not know pattern");
  });

  it("may be the name of a property", () => {
    assertKnown({ properties: { pattern: { type: "string" } } });
  });
});
