import { describe, expect, it } from "vitest";
import { nearest } from "../src/spelling.js";

describe("the nearest name", () => {
  it.each([
    ["one letter too many", "RUNN", ["RUN", "FROM"], "RUN"],
    ["swapped letters", "FORM", ["FROM", "ARG"], "FROM"],
    ["swapped letters in a short word", "RNU", ["RUN", "ENV"], "RUN"],
    ["the case is left aside", "Golden", ["golden", "deny"], "golden"],
    ["a third of a long word", "approvd-bases", ["approved-base", "no-latest"], "approved-base"],
    ["the nearer of two", "exclde", ["include", "exclude"], "exclude"],
    ["the first of two as near", "stageC", ["stageA", "stageB"], "stageA"],
  ])("%s: %s", (_title, word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  it.each([
    ["too far", "return", ["RUN", "USER"]],
    ["a short word with another first letter", "set", ["USER", "ENV"]],
    ["two slips and another first letter", "BASE", ["NAMES", "TASKS"]],
    ["no candidates", "x", []],
    ["a word that nobody would compare", "x".repeat(10_000), ["x".repeat(10_000)]],
  ])("is none: %s", (_title, word, candidates) => {
    expect(nearest(word, candidates)).toBeNull();
  });
});
