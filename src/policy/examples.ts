/** fromlint.test.yaml: images that a policy must let pass, and such that it must not. */
import { basename, dirname, join } from "node:path";
import { policyError, quoted, type PolicyError } from "./errors.js";
import { ROLES, type PolicyPlace, type Role } from "./policy.js";
import { readPolicyFile, type PolicyText } from "./read.js";

export interface PolicyExample {
  readonly image: string;
  readonly role: Role;
  readonly expected: "pass" | "fail";
  /** The rule that has to report it; null for any. */
  readonly rule: string | null;
  readonly place: PolicyPlace;
}

export type Examples =
  | { readonly examples: readonly PolicyExample[]; readonly errors: null }
  | { readonly examples: null; readonly errors: readonly PolicyError[] };

/** `fromlint.yaml` -> `fromlint.test.yaml`, beside it. */
export function examplesFile(policy: string): string {
  return join(dirname(policy), basename(policy).replace(/\.(?:yaml|json)$/, ".test.yaml"));
}

/**
 * Reads the examples at an absolute path:
 *
 *     pass: { final: ["golden/node:22.23"] }
 *     fail: { build: ["alpine:latest", { image: "node:22", rule: pin-precision }] }
 *
 * `ruleNames` are those that there are. Whatever is wrong is an error with its place, never thrown.
 */
export function readExamples(file: string, ruleNames: readonly string[]): Examples {
  const { text, errors } = readPolicyFile(file);
  if (errors !== null) return { examples: null, errors };
  const found: PolicyExample[] = [];
  const problems: PolicyError[] = [];
  const { data } = text;
  const wrong = (place: PolicyPlace, message: string): void => void problems.push(policyError(place, message));
  if (!isMap(data)) wrong(text.placeOfRoot, "examples are `pass` and `fail`, each with images by role");
  else
    for (const [expected, roles] of Object.entries(data)) {
      if (expected !== "pass" && expected !== "fail") {
        wrong(text.placeOfKey(data, expected), `${quoted(expected)} is neither \`pass\` nor \`fail\``);
      } else if (!isMap(roles)) {
        wrong(text.placeOfValue(data, expected), `write images by role: ${ROLES.join(", ")}`);
      } else {
        for (const [role, images] of Object.entries(roles)) {
          if (!isRole(role))
            wrong(text.placeOfKey(roles, role), `${quoted(role)} is no role; there are ${ROLES.join(", ")}`);
          else if (!Array.isArray(images)) wrong(text.placeOfValue(roles, role), "write a list of images");
          else found.push(...examplesOf(images, { expected, role }, text, ruleNames, wrong));
        }
      }
    }
  if (problems.length === 0 && found.length === 0) wrong(text.placeOfRoot, "there is no example in this file");
  return problems.length > 0 ? { examples: null, errors: problems } : { examples: found, errors: null };
}

function examplesOf(
  images: readonly unknown[],
  kind: Pick<PolicyExample, "expected" | "role">,
  text: PolicyText,
  ruleNames: readonly string[],
  wrong: (place: PolicyPlace, message: string) => void,
): PolicyExample[] {
  return images.flatMap((item: unknown, index): PolicyExample[] => {
    const place = text.placeOfValue(images, index);
    const { image, rule = null, ...rest }: Record<string, unknown> = isMap(item) ? item : { image: item };
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) wrong(place, `${quoted(unknown)} is not known here; there are \`image\` and \`rule\``);
    else if (typeof image !== "string" || image === "" || /\s/.test(image))
      wrong(place, "an example is an image, such as `node:22.23.2`");
    else if (rule !== null && !(typeof rule === "string" && ruleNames.includes(rule)))
      wrong(place, `there is no rule ${quoted(JSON.stringify(rule))}`);
    else if (rule !== null && kind.expected === "pass")
      wrong(place, "an image that passes is reported by no rule; leave out `rule`");
    else return [{ ...kind, image, rule, place }];
    return [];
  });
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
