/** The schema of the policy file, for editors and for the validator. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { rules } from "../../rules/index.js";
import { schemaFiles } from "../../scripts/schema.js";
import { policySchema, type JsonSchema } from "../../src/policy/schema.js";
import { known, RULES } from "./known.js";

const root = resolve(import.meta.dirname, "../..");

describe("the schema", () => {
  const schema = policySchema(RULES);

  it("is a JSON Schema of draft 7", () => {
    expect(new Ajv().validateSchema(schema)).toBe(true);
  });

  it("describes every key, so that editors have something to show", () => {
    expect(undescribed(schema)).toEqual([]);
  });

  it("knows every rule by name, with what it reports", () => {
    const { definitions } = schema as { definitions: { rules: { properties: Record<string, JsonSchema> } } };
    const { properties } = definitions.rules;
    expect(Object.keys(properties)).toEqual(Object.keys(RULES).sort());
    expect(properties["no-latest"]).toMatchObject({ description: "No latest." });
  });

  it("lets through what it lets through in JSON policies: their own schema", () => {
    expect(known.validate({ $schema: "./node_modules/fromlint/schema.json" })).toBe(true);
  });
});

describe("the generated files", () => {
  it("are what follows from the rules (else: npm run generate)", () => {
    for (const [path, text] of schemaFiles(rules)) {
      expect(existsSync(join(root, path)) && readFileSync(join(root, path), "utf8") === text, path).toBe(true);
    }
  });
});

/** The properties without description, as paths; a reference has that of its definition. */
function undescribed(schema: JsonSchema): string[] {
  const definitions = schema.definitions as Readonly<Record<string, JsonSchema>>;
  const missing: string[] = [];
  const pending: [path: string, schema: unknown][] = [["", schema]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [path, value] = next;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      pending.push([`${path}/${key}`, child]);
      if (key !== "properties") continue;
      for (const [name, property] of Object.entries(child as Record<string, JsonSchema>)) {
        const { $ref, description } = property as { $ref?: string; description?: string };
        const shown = $ref === undefined ? description : definitions[$ref.replace("#/definitions/", "")]?.description;
        if (!shown) missing.push(`${path}/properties/${name}`);
      }
    }
  }
  return missing;
}
