/** What holds for every Dockerfile under every policy, from the text to the findings and the fixed text. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { analyse, fix, lint } from "../src/index.js";
import { parse } from "../src/syntax/parse.js";
import { dockerfiles } from "./robustness/dockerfiles.js";
import { circumstances } from "./robustness/policies.js";
import { everyRule, noRule, optionsFor, starts, unsoundFindings, unsoundFixes } from "./robustness/soundness.js";

vi.setConfig({ testTimeout: 120_000 });

describe("for any Dockerfile and any policy", () => {
  it("no rule fails, and messages, related places, fixes and suggestions lie in the text", () => {
    fc.assert(
      fc.property(dockerfiles, circumstances, (text, given) => {
        expect(unsoundFindings(text, optionsFor(given))).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  it("fixes come to rest, break nothing, and leave every byte alone that they do not name", () => {
    fc.assert(
      fc.property(dockerfiles, circumstances, (text, given) => {
        expect(unsoundFixes(text, optionsFor(given), noRule)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("so do the first suggestions of all rules", () => {
    fc.assert(
      fc.property(dockerfiles, circumstances, (text, given) => {
        expect(unsoundFixes(text, optionsFor(given), everyRule)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it("the inventory has every FROM, and each use's text stands where it says", () => {
    fc.assert(
      fc.property(dockerfiles, circumstances, (text, given) => {
        const lines = text.replace(/^\ufeff/, "").split("\n");
        const { target, ...rest } = given;
        const uses = analyse(text, target === null ? rest : { ...rest, target });
        const withImage = parse(text).ast.instructions.filter((each) => each.type === "From" && each.image !== null);
        expect(uses.filter(({ kind }) => kind === "from")).toHaveLength(withImage.length);
        for (const { line, column, endLine, endColumn, raw } of uses) {
          const here = lines.slice(line - 1, endLine);
          here.push((here.pop() ?? "").slice(0, endColumn - 1));
          expect(here.join("\n").slice(column - 1)).toBe(raw);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("no FROM is lost and none is made up", () => {
    fc.assert(
      fc.property(dockerfiles, (text) => {
        const { ours, reference } = starts(text);
        expect(ours).toEqual(reference);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("for any text at all", () => {
  it("linting and fixing end with a result", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), dockerfiles), (text) => {
        const { messages, errorCount, warningCount } = lint(text);
        expect(messages).toHaveLength(errorCount + warningCount);
        expect(fix(text).messages.filter((message) => message.fix)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
