/** Severities as written, and `--rule`. */
import { describe, expect, it } from "vitest";
import { readRuleArguments, severityNumber, severityWord } from "../../src/policy/severity.js";
import { known } from "./known.js";

const NAMES = Object.keys(known.recommended);

describe("a severity", () => {
  it.each([
    ["off", 0],
    ["warn", 1],
    ["error", 2],
    [0, 0],
    [1, 1],
    [2, 2],
  ] as const)("%j is %j", (written, number) => {
    expect(severityNumber(written)).toBe(number);
    expect(severityNumber(severityWord(number))).toBe(number);
  });

  it.each([["Error"], [3], [-1], [1.5], [true], [null], ["toString"], [["error"]], [""]])("%j is none", (written) => {
    expect(severityNumber(written)).toBeNull();
  });
});

describe("--rule", () => {
  it("sets the severity of rules; of two for one rule the later holds", () => {
    const { severities } = readRuleArguments(["no-latest=off", "pin-precision=2", "no-latest=warn"], NAMES);
    expect([...(severities ?? [])]).toEqual([
      ["no-latest", 1],
      ["pin-precision", 2],
    ]);
  });

  it.each([
    ["no-latest", "--rule `no-latest` has no severity; write --rule NAME=SEVERITY"],
    ["no-lates=off", "--rule: there is no rule `no-lates`; did you mean `no-latest`?"],
    ["xyz=off", "--rule: there is no rule `xyz`; `fromlint --list-rules` shows them all"],
    [
      "no-latest=eror",
      "--rule no-latest: `eror` is no severity; it is one of `off`, `warn`, `error`, `0`, `1`, `2`; did you mean `error`?",
    ],
    ["no-latest=", "--rule no-latest: `` is no severity; it is one of `off`, `warn`, `error`, `0`, `1`, `2`"],
    ["=off", "--rule: there is no rule ``; `fromlint --list-rules` shows them all"],
    ["a\u001b[2J=off", "--rule: there is no rule `a\\x1b[2J`; `fromlint --list-rules` shows them all"],
  ])("%j is refused", (text, error) => {
    expect(readRuleArguments([text], NAMES)).toEqual({ severities: null, error });
  });
});
