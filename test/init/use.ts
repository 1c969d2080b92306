import { openCatalog } from "../../src/catalog.js";
import { parseReference } from "../../src/facts/reference.js";
import { withFacts } from "../../src/facts/facts.js";
import { initUses, type InitUse } from "../../src/init/uses.js";
import { inputsFor, sourceOf } from "../../src/lint.js";
import { presetPolicy } from "../../src/policy/presets.js";
import { rules } from "../../rules/index.js";

const catalog = openCatalog();

/** A use of `image` as a Dockerfile with `FROM image` gives it, with other values where they are given. */
export function use(image: string, given: Partial<InitUse> = {}): InitUse {
  if (!("reference" in parseReference(image))) throw new Error(`${image} is no reference`);
  const policy = presetPolicy("recommended");
  const options = { filePath: "/Dockerfile", rules, policies: [policy], catalog, today: "2026-11-21" };
  const source = withFacts(sourceOf(`FROM ${image}\n`), inputsFor(policy, options));
  const [found] = initUses(source, "Dockerfile");
  if (!found) throw new Error(`${image} is no use`);
  return { ...found, ...given };
}
