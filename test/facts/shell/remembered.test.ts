/** Scripts that are read once, though they stand in many places. */
import * as unbash from "unbash";
import { describe, expect, it } from "vitest";
import { remembering } from "../../../src/facts/shell/remembered.js";

/** The parser, and how often it was really asked. */
function counted() {
  const asked: string[] = [];
  const parser = remembering({
    ...unbash,
    parse: (text) => {
      asked.push(text);
      return unbash.parse(text);
    },
  });
  return { parser, asked };
}

describe("remembering", () => {
  it("reads the same script once", () => {
    const { parser, asked } = counted();
    const first = parser.parse("npm ci && npm test");
    expect(parser.parse("npm ci && npm test")).toBe(first);
    expect(parser.parse("npm ci")).not.toBe(first);
    expect(asked).toEqual(["npm ci && npm test", "npm ci"]);
  });

  it("gives what the parser gives", () => {
    const text = 'if [ -f a ]; then rm "$a"; fi';
    const commands = (script: ReturnType<typeof unbash.parse>): unknown => JSON.parse(JSON.stringify(script));
    expect(commands(remembering(unbash).parse(text))).toEqual(commands(unbash.parse(text)));
  });

  it("keeps no long script", () => {
    const { parser, asked } = counted();
    const text = `echo ${"a".repeat(20_000)}`;
    expect(parser.parse(text)).not.toBe(parser.parse(text));
    expect(asked).toHaveLength(2);
  });

  it("does not keep ever more of them", () => {
    const { parser, asked } = counted();
    for (let index = 0; index < 100; index++) parser.parse(`echo ${index} ${"a".repeat(5000)}`);
    parser.parse(`echo 0 ${"a".repeat(5000)}`);
    expect(asked).toHaveLength(101);
    parser.parse(`echo 0 ${"a".repeat(5000)}`);
    expect(asked).toHaveLength(101);
  });
});
